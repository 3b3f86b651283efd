"""A calendar invitation as RFC 5546 bytes: the guest's file with a method and the two it is between."""

from datetime import UTC, datetime
from functools import lru_cache

from icalendar import vUri
from icalendar.parser import Contentline, Parameters

from .addresses import mailto
from .calendar_files import on_one_line, written
from .calendars import Asking, Entry, Person

_HEAD = b"\r\nCALSCALE:GREGORIAN\r\n"
_START = b"\r\nDTSTART:"  # once in a file, for a folded line begins with a space


def asked(entry: Entry, asking: Asking, method: str) -> bytes:
    """The file with METHOD, ORGANIZER, exactly one ATTENDEE, and the moment the message is made as DTSTAMP."""
    people = b"\r\n".join((_organizer(asking.organizer), _attendee(asking.attendee, asking.partstat)))
    stamps = [b"\r\nDTSTAMP:%s\r\n" % _utc(moment) for moment in (entry.stamped_at, asking.made_at)]
    content = written(entry).replace(_HEAD, _HEAD + b"METHOD:%s\r\n" % method.encode(), 1)
    return content.replace(*stamps, 1).replace(_START, b"\r\n" + people + _START, 1)


def _utc(moment: datetime) -> bytes:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").encode()


@lru_cache(maxsize=64)
def _organizer(person: Person) -> bytes:
    return _address("ORGANIZER", person, {})


def _attendee(person: Person, partstat: str) -> bytes:
    return _address("ATTENDEE", person, {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": partstat, "RSVP": "TRUE"})


def _address(name: str, person: Person, parameters: dict[str, str]) -> bytes:
    """A CAL-ADDRESS (RFC 5545, 3.3.3). A name may hold what parameters cannot: RFC 6868 says how to write it.

    A backslash is left out: parameters know none, and other programs read one as the start of something.
    """
    called = on_one_line(person.name.replace("\\", " "), " ")
    shown = Parameters({**({"CN": called} if called else {}), **parameters})
    return Contentline.from_parts(name, shown, vUri(mailto(person.address))).to_ical()
