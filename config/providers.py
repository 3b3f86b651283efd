"""A mail provider with an interface of its own, chosen by EMAIL_URL=anymail+<provider>://; the extra `anymail`."""

from collections.abc import Mapping
from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

SCHEME = "anymail+"
PREFIX = "ANYMAIL_"


def provider_in(email_url: str) -> str:
    """ "postmark" of anymail+postmark://, "" of any other address. What cannot work stops the start with a sentence."""
    scheme = email_url.partition("://")[0].lower()
    if not scheme.startswith(SCHEME):
        return ""
    provider = scheme.removeprefix(SCHEME).replace("-", "_")
    if find_spec("anymail") is None:
        raise ImproperlyConfigured(
            "EMAIL_URL names a mail provider, but django-anymail is not installed. "
            "Install it with: pip install --require-hashes -r requirements/anymail.txt."
        )
    if not provider.isidentifier() or find_spec(f"anymail.backends.{provider}") is None:
        raise ImproperlyConfigured(
            f"EMAIL_URL names the mail provider {provider!r}, which django-anymail does not know. "
            "For example: anymail+postmark://."
        )
    return provider


def backend_of(provider: str) -> str | None:
    return f"anymail.backends.{provider}.EmailBackend" if provider else None


def anymail_settings(environ: Mapping[str, str], *, timeout: int) -> dict:
    """Whatever the environment has as ANYMAIL_…, such as ANYMAIL_POSTMARK_SERVER_TOKEN; opens and clicks are nobody's
    business (P14).
    """
    named = {name.removeprefix(PREFIX): value for name, value in environ.items() if name.startswith(PREFIX)}
    return {
        "IGNORE_UNSUPPORTED_FEATURES": True,  # not every provider keeps our id, or lets us say "do not track"
        "REQUESTS_TIMEOUT": timeout,
        **named,
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
    }
