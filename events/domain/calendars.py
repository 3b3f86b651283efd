"""Calendar files for guests: RFC 5545 bytes from stored values. The same entry gives the same bytes."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from icalendar import Alarm, Calendar, Event, vDatetime, vDuration, vInt, vText, vUri

PRODUCT = "-//Vertskap//Calendar//EN"

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_OWN_LINE = re.compile(rb"(?m)^(UID|SEQUENCE|DTSTAMP|LAST-MODIFIED):[^\r]*\r\n")
_PLAIN_UID = re.compile(r"[A-Za-z0-9@.-]{1,70}")  # needs no escape, and with its name no fold
_NO_UID, _NO_STAMP = "none", datetime(2000, 1, 1, tzinfo=UTC)
_URI_SAFE = "%:/?#[]@!$&'()*+,;=~-._"  # RFC 3986, 2.2 and 2.3; a percent sign is an escape already made


class NaiveMoment(ValueError):
    """A moment came without a time zone."""

    def __init__(self, field: str):
        super().__init__(field)
        self.field = field


class EndsBeforeItStarts(ValueError):
    """An entry must last (RFC 5545, 3.8.2.2)."""

    def __init__(self, *, starts_at: datetime, ends_at: datetime):
        super().__init__(starts_at, ends_at)
        self.starts_at, self.ends_at = starts_at, ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One activity as one guest's calendar shows it. Moments are aware; texts are plain, without markup.

    uid, sequence and stamped_at (the moment of the stored revision) are kept by the caller: they are never
    made here. Entries are forwarded and shown to colleagues, so description and url carry no personal link.
    """

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    is_cancelled: bool = False
    language: str = "nb"
    alarm_minutes: int | None = None

    def __post_init__(self):
        for field in ("stamped_at", "starts_at", "ends_at"):
            if getattr(self, field).utcoffset() is None:
                raise NaiveMoment(field)
        # In UTC: within one zone Python compares wall clocks, and one night has an hour twice.
        if self.ends_at.astimezone(UTC) <= self.starts_at.astimezone(UTC):
            raise EndsBeforeItStarts(starts_at=self.starts_at, ends_at=self.ends_at)


def calendar_file(entry: Entry) -> bytes:
    """The file a guest downloads: one event, no METHOD, no ORGANIZER, no ATTENDEE, times in UTC."""
    return _calendar(_event(entry)).to_ical()


def copies(entry: Entry) -> Callable[[str, int, datetime], bytes]:
    """calendar_file for many guests of one activity: built once, then uid, sequence and stamp are put in."""
    shell = calendar_file(replace(entry, uid=_NO_UID, sequence=0, stamped_at=_NO_STAMP))

    def copy(uid: str, sequence: int, stamped_at: datetime) -> bytes:
        if not _PLAIN_UID.fullmatch(uid):
            return calendar_file(replace(entry, uid=uid, sequence=sequence, stamped_at=stamped_at))
        stamp = b":" + _moment(stamped_at).to_ical() + b"\r\n"
        own = {b"UID": f":{uid}\r\n".encode(), b"SEQUENCE": f":{sequence}\r\n".encode()}
        own |= {b"DTSTAMP": stamp, b"LAST-MODIFIED": stamp}
        return _OWN_LINE.sub(lambda line: line[1] + own[line[1]], shell)

    return copy


def etag(body: bytes) -> str:
    """A strong entity tag (RFC 9110, 8.8.3) of a file, with its quotes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def _calendar(*events: Event) -> Calendar:
    calendar = Calendar()
    calendar["VERSION"] = vText("2.0")
    calendar["PRODID"] = vText(PRODUCT)
    calendar["CALSCALE"] = vText("GREGORIAN")
    calendar.subcomponents.extend(events)
    return calendar


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
        "SUMMARY": _on_one_line(entry.summary, " "),
        "LOCATION": _on_one_line(entry.location, ", "),
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


def _on_one_line(text: str, joint: str) -> str:
    lines = (" ".join(line.split()) for line in _clean(text).split("\n"))
    return joint.join(line for line in lines if line)
