"""Addresses at which the big web calendars add an activity. They are told of the activity, never of the guest."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from .calendars import Entry

ABOUT_LENGTH = 300  # signs of what it is about: addresses stay short
GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"
OFFICE = "https://outlook.office.com/calendar/0/deeplink/compose"


def addresses(entry: Entry) -> list[tuple[str, str]]:
    """[(the calendar's own name, address)] for an entry whose texts hold nothing personal."""
    return [
        ("Google", _google(entry)),
        ("Outlook.com", _microsoft(OUTLOOK, entry)),
        ("Microsoft 365", _microsoft(OFFICE, entry)),
    ]


def _google(entry: Entry) -> str:
    fields = {
        "action": "TEMPLATE",
        "text": entry.summary,
        "dates": f"{_utc(entry.starts_at):%Y%m%dT%H%M%SZ}/{_utc(entry.ends_at):%Y%m%dT%H%M%SZ}",
        "location": entry.location,
        "details": _about(entry),
    }
    return f"{GOOGLE}?{urlencode(fields)}"


def _microsoft(address: str, entry: Entry) -> str:
    fields = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": entry.summary,
        "startdt": f"{_utc(entry.starts_at):%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{_utc(entry.ends_at):%Y-%m-%dT%H:%M:%SZ}",
        "location": entry.location,
        "body": _about(entry),
    }
    return f"{address}?{urlencode(fields)}"


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _about(entry: Entry) -> str:
    text = entry.description
    return text if len(text) <= ABOUT_LENGTH else text[: ABOUT_LENGTH - 1].rstrip() + "…"
