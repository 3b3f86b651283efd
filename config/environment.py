"""The environment as our settings read it: empty is not set, and what cannot be read is named in a sentence."""

import os
import warnings
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

GUESTS = {"i", "c", "u", "p", "live", "phone", "static", "healthz", "privacy", "i18n", "hooks"}  # how addresses begin


class Environment(environ.Env):
    """What cannot be read stops the start with ImproperlyConfigured, which names the variable and an example."""

    def __init__(self):
        super().__init__()
        self._look()

    def _look(self):
        """`EMAIL_URL=` in a compose file says nothing; an empty address of the site must not mean development."""
        self.ENVIRON = {name: value for name, value in os.environ.items() if value or name == "SITE_URL"}

    def read_file(self, path):
        """An .env, also as Windows' Notepad saves it; the real environment wins."""
        self.read_env(path, overwrite=False, encoding="utf-8-sig")
        self._look()

    def int(self, var, default=environ.Env.NOTSET):
        try:
            return super().int(var, default=default)
        except ValueError:
            raise ImproperlyConfigured(f"{var} must be a whole number, not {self.ENVIRON[var]!r}.") from None

    def address(self, var, kind, example, **how):
        """kind: db_url, email_url or cache_url. The sentence never repeats the value, which may hold a password."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # they would tell the password
                read = getattr(self, kind)(var, **how)
        except (ImproperlyConfigured, KeyError, ValueError):
            read = {}
        if not {"ENGINE", "EMAIL_BACKEND", "BACKEND"} & set(read):
            raise ImproperlyConfigured(f"{var} cannot be used: look at its beginning. It is written like {example}.")
        return read

    def one_of(self, var, choices, default):
        value = self(var, default=default)
        if value not in choices:
            raise ImproperlyConfigured(f"{var} must be one of {', '.join(choices)}, not {value!r}.")
        return value

    def time_zone(self, var, default):
        value = self(var, default=default)
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ImproperlyConfigured(f"{var} must be a time zone like Europe/Oslo, not {value!r}.") from None
        return value

    def office_path(self, var, default):
        """With a slash at its end; never where guests' addresses begin, which it would hide."""
        parts = self(var, default=default).strip("/").split("/")
        if not parts[0] or parts[0] in GUESTS:
            raise ImproperlyConfigured(f"{var} must be a path of its own, like admin; guests' addresses begin so.")
        return "/".join(parts) + "/"
