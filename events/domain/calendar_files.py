"""A calendar entry as RFC 5545 bytes, by icalendar: some 5 MB that a process without calendar files does without."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from icalendar import Alarm, Calendar, Event, vDatetime, vDuration, vInt, vText, vUri
from icalendar.parser import Contentline

from .calendars import Entry

PRODUCT = "-//Vertskap//Calendar//EN"
LINE_OCTETS = 75

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_IDENTITY = {
    "UID": b"", "SEQUENCE": b"0", "DTSTAMP": b"19700101T000000Z", "LAST-MODIFIED": b"19700101T000000Z",
}  # fmt: skip
_URI_SAFE = "%:/?#[]@!$&'()*+,;=~-._"  # RFC 3986, 2.2 and 2.3; a percent sign is an escape already made


def written(entry: Entry) -> bytes:
    """One event, no METHOD, no ORGANIZER, no ATTENDEE, times in UTC."""
    return _calendar_of(_event_of(entry))


def written_together(name: str, entries: Iterable[Entry], *, refresh: timedelta) -> bytes:
    """Several in one calendar that is subscribed to, with its name and pace (RFC 7986 §5.1, §5.7)."""
    return _calendar_of(*map(_event_of, entries), head=_subscribed(on_one_line(name, " "), refresh))


def _event_of(entry: Entry) -> bytes:
    stamp = entry.stamped_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").encode()
    own = (_Text(entry.uid).to_ical(), b"%d" % entry.sequence, stamp, stamp)
    content = _event_of_nobody(_in_utc(entry))
    for (name, nobodys), value in zip(_IDENTITY.items(), own, strict=True):
        content = content.replace(_line(name, nobodys), _line(name, value), 1)
    return content


def _calendar_of(*events: bytes, head: bytes | None = None) -> bytes:
    return b"".join([head or _head(), *events, b"END:VCALENDAR\r\n"])


def _in_utc(entry: Entry) -> Entry:
    """The entry without its identity, and in UTC: two moments an hour apart on the night that has an hour twice
    are equal to Python.
    """
    starts_at, ends_at = entry.starts_at.astimezone(UTC), entry.ends_at.astimezone(UTC)
    return replace(entry, uid="", sequence=0, stamped_at=_NEVER, starts_at=starts_at, ends_at=ends_at)


@lru_cache(maxsize=128)
def _event_of_nobody(entry: Entry) -> bytes:
    """The event without an identity. All guests' events differ in four lines only; the rest is made once.

    No text can hold such a line, for line breaks in texts are escaped.
    """
    return _event(entry).to_ical()


def _line(name: str, value: bytes) -> bytes:
    """A content line between its line breaks, folded where it is too long (RFC 5545, 3.1)."""
    line = name.encode() + b":" + value
    return b"\r\n" + (line if len(line) <= LINE_OCTETS else Contentline(line.decode()).to_ical()) + b"\r\n"


@lru_cache(maxsize=1)
def _head() -> bytes:
    return _without_end(_calendar())


@lru_cache(maxsize=128)
def _subscribed(name: str, refresh: timedelta) -> bytes:
    calendar = _calendar()
    calendar["NAME"] = calendar["X-WR-CALNAME"] = _Text(name)
    calendar["REFRESH-INTERVAL"] = vDuration(refresh, params={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(refresh)
    return _without_end(calendar)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText(PRODUCT)
    calendar["CALSCALE"] = vText("GREGORIAN")
    return calendar


def _without_end(calendar: Calendar) -> bytes:
    return calendar.to_ical().removesuffix(b"END:VCALENDAR\r\n")


def _event(entry: Entry) -> Event:
    event = Event()
    stamp = _moment(entry.stamped_at)
    event["UID"] = vText(entry.uid)
    event["SEQUENCE"] = vInt(entry.sequence)
    event["DTSTAMP"] = stamp
    event["LAST-MODIFIED"] = stamp
    event["DTSTART"] = _moment(entry.starts_at)
    event["DTEND"] = _moment(entry.ends_at)
    event["STATUS"] = vText("CANCELLED" if entry.is_cancelled else "CONFIRMED")
    texts = {
        "SUMMARY": on_one_line(entry.summary, " "),
        "LOCATION": on_one_line(entry.location, ", "),
        "DESCRIPTION": _clean(entry.description).strip(),
    }
    for name, text in texts.items():
        if text:
            event[name] = _Text(text, params={"LANGUAGE": entry.language})
    if entry.url:
        event["URL"] = vUri(quote(entry.url, safe=_URI_SAFE))
    if entry.alarm_minutes is not None and not entry.is_cancelled:
        event.subcomponents.append(_alarm(entry.alarm_minutes, texts["SUMMARY"]))
    return event


def _alarm(minutes: int, text: str) -> Alarm:
    """RFC 5545, 3.6.6: what a DISPLAY alarm must have, and no more."""
    alarm = Alarm()
    alarm["ACTION"] = vText("DISPLAY")
    alarm["TRIGGER"] = vDuration(timedelta(minutes=-minutes))
    alarm["DESCRIPTION"] = _Text(text)
    return alarm


class _Text(vText):
    """TEXT of RFC 5545, 3.3.11. The library's own reads a typed backslash before N as a line break."""

    def to_ical(self) -> bytes:
        return self.translate(_ESCAPED).encode()


def _moment(moment: datetime) -> vDatetime:
    return vDatetime(moment.astimezone(UTC))


def _clean(text: str) -> str:
    """Every kind of line break as one newline, and nothing a calendar file may not hold (RFC 5545, 3.1)."""
    return _UNWRITABLE.sub("", _LINE_BREAK.sub("\n", text))


def on_one_line(text: str, joint: str) -> str:
    lines = (" ".join(line.split()) for line in _clean(text).split("\n"))
    return joint.join(line for line in lines if line)
