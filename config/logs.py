"""Logs that hold no token, mail address, query string or whole IP address."""

import json
import logging
import re
import traceback
from ipaddress import ip_address, ip_network

from django.views.debug import SafeExceptionReporterFilter

SECRET_PATHS = re.compile(r"/(i|c|u|p|live|phone)/[^/\s\"'?]+")
TOKENS = re.compile(r"[0-9A-Za-z]{34,}")  # wherever they stand
MAIL_ADDRESSES = re.compile(r"[^\s<>\"'=,;:/]+(?:@|%40)[^\s<>\"',;/]+")
IP_ADDRESSES = re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b|(?<![\w:])[0-9A-Fa-f:]{2,}:[0-9A-Fa-f.]*(?![\w:])")
NETWORK_BITS = {4: 24, 6: 48}
QUERIES = re.compile(r"(/[^\s\"'?]*)\?[^\s\"']*")


def cleaned(text: str) -> str:
    """The text with personal links, mail addresses and query strings put out of sight, and IP addresses cut."""
    text = SECRET_PATHS.sub(r"/\1/…", text)
    text = TOKENS.sub("…", text)
    text = QUERIES.sub(r"\1", text)
    text = MAIL_ADDRESSES.sub("…@…", text)
    return IP_ADDRESSES.sub(lambda match: cut(match[0], NETWORK_BITS) or match[0], text)


def cut(address: str | None, bits: dict[int, int]) -> str | None:
    """An IP address with no more than so many bits by version, IPv4 read out of IPv6; None for what is no address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return None
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ip_network((ip, bits[ip.version]), strict=False).network_address)


def network_of(address: str | None) -> str:
    """An IP address cut to its network: 192.0.2.0, 2001:db8:1::; "–" for what is no address."""
    return cut(address, NETWORK_BITS) or "–"


class WithoutPersonalData(logging.Filter):
    """Cleans the finished sentence, and of a traceback keeps places and kinds, never values."""

    def filter(self, record):
        record.msg = cleaned(record.getMessage())
        record.args = ()
        if record.exc_info and record.exc_info[0]:
            kind, _error, trace = record.exc_info
            places = " < ".join(
                f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}"
                for frame in reversed(traceback.extract_tb(trace)[-6:])
            )
            record.msg += f" [{kind.__name__} at {places}]"
            record.exc_info = record.exc_text = None
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, name, message, and what the record carries in `facts`."""

    def format(self, record):
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "name": record.name,
            "message": record.getMessage(),
        }
        return json.dumps({**line, **getattr(record, "facts", {})}, ensure_ascii=False)


class ReportWithoutPersonalData(SafeExceptionReporterFilter):
    """Error reports carry no form fields and no local variables."""

    def is_active(self, request):
        return True

    def get_post_parameters(self, request):
        return {}

    def get_traceback_frame_variables(self, request, tb_frame):
        return []


def logging_in(form: str) -> dict:
    """Django's LOGGING, in lines of JSON ("json") or as people read them ("plain")."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"private": {"()": "config.logs.WithoutPersonalData"}},
        "formatters": {
            "json": {"()": "config.logs.JsonLines"},
            "plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["private"]},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "vertskap": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # the rest has its line from us, with the route instead of the path
            "django.server": {"handlers": [], "propagate": False},
            "axes": {"level": "ERROR"},
            "flufl.bounce": {"level": "CRITICAL"},  # what it stumbles over is in the mail
        },
    }
