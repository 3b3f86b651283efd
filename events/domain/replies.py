"""Calendar replies as facts: who says what to which entry (RFC 5546, 3.2.3).

Read for what calendars really send: without ORGANIZER (Exchange), with zone names of Windows, with MAILTO in capitals.
Never taken from a reply: its title, its times, its STATUS.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from .answers import Choice
from .raw_mail import RawMail, bytes_of, cleaned, file_name, parameter, type_of

MOST_ENTRIES, MOST_PEOPLE = 10, 50
_WANTED = frozenset({"BEGIN", "END", "METHOD", "UID", "ATTENDEE", "SEQUENCE", "DTSTAMP", "COMMENT", "RECURRENCE-ID"})
_STAMP = re.compile(r"(\d{8})T(\d{6})Z?")
_CHOICES = {"ACCEPTED": Choice.COMING, "DECLINED": Choice.NOT_COMING, "TENTATIVE": Choice.UNSURE}


class Method(StrEnum):
    """What a calendar mail wants; whatever else there is, is not for us."""

    REPLY = "REPLY"
    COUNTER = "COUNTER"  # another time is proposed: for a person to read
    REFRESH = "REFRESH"  # the invitation is to be sent again
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person as the reply names them; partstat is ACCEPTED, DECLINED, TENTATIVE, DELEGATED or NEEDS-ACTION."""

    address: str
    partstat: str
    delegated_to: str = ""

    @property
    def choice(self) -> Choice | None:
        """What it means for the answer; None for what changes nothing, and for DELEGATED, which a person decides."""
        return _CHOICES.get(self.partstat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said to one entry. stamped_at is None where the reply does not say when it was written."""

    uid: str
    attendees: tuple[Attendee, ...] = ()
    sequence: int = 0
    stamped_at: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CalendarMail:
    """A mail from a calendar: one entry as a rule, more where somebody's calendar does as it likes."""

    method: Method
    said: tuple[Said, ...] = ()


def read_calendar(mail: RawMail) -> CalendarMail | None:
    """What the mail's calendar part says; None where it has none with a method. A reply goes before all else."""
    found = [calendar for part in mail.parts() if _is_calendar(part) and (calendar := _read(part))]
    return min(found, key=lambda calendar: list(Method).index(calendar.method), default=None)


def _is_calendar(part) -> bool:
    """By media type, or by name: some servers make a file of what they do not know."""
    return type_of(part) in {"text/calendar", "application/ics"} or file_name(part).lower().endswith(".ics")


def _read(part) -> CalendarMail | None:
    from .calendar_lines import lines_in

    reader = _Reader()
    try:
        for line in lines_in(bytes_of(part).replace(b"\0", b"").decode("utf-8", "replace"), _WANTED):
            reader.take(*line)
    except Exception:  # whatever a stranger's bytes do to the library
        return None
    method = (reader.method or parameter(part, "method")).strip().upper()
    if method in {"", "PUBLISH"}:
        return None  # a file somebody passes on
    return CalendarMail(Method(method) if method in set(Method) else Method.OTHER, reader.said)


@dataclass(slots=True)
class _Reader:
    """Collects what the lines of the entries say; those of alarms and zones inside them are others'."""

    method: str = ""
    inside: list = field(default_factory=list)
    entries: list = field(default_factory=list)

    def take(self, name, parameters, value):
        if name == "BEGIN":
            self.inside.append(value.upper())
            if self.inside[-1] == "VEVENT" and len(self.entries) < MOST_ENTRIES:
                self.entries.append({"attendees": []})
        elif name == "END":
            del self.inside[-1:]
        elif name == "METHOD":
            self.method = self.method or value
        elif self.inside[-1:] == ["VEVENT"] and self.entries:
            self._of_entry(self.entries[-1], name, parameters, value)

    @staticmethod
    def _of_entry(entry, name, parameters, value):
        if name == "ATTENDEE":
            if len(entry["attendees"]) < MOST_PEOPLE:
                entry["attendees"].append(_attendee(parameters, value))
        else:
            entry.setdefault(name, value)

    @property
    def said(self) -> tuple[Said, ...]:
        """One per UID: of several the newest, and of one day's exception none where the whole is answered."""
        best = {}
        for entry in self.entries:
            uid = entry.get("UID", "")
            if uid and (uid not in best or _order(entry) > _order(best[uid])):
                best[uid] = entry
        return tuple(_said(entry) for entry in best.values())


def _order(entry) -> tuple:
    said = _said(entry)
    return ("RECURRENCE-ID" not in entry, said.sequence, said.stamped_at or datetime.min.replace(tzinfo=UTC))


def _said(entry) -> Said:
    return Said(
        uid=entry.get("UID", ""),
        attendees=tuple(entry["attendees"]),
        sequence=_number(entry.get("SEQUENCE", "")),
        stamped_at=_moment(entry.get("DTSTAMP", "")),
        comment=entry.get("COMMENT", "").strip(),
    )


def _attendee(parameters, value) -> Attendee:
    partstat = parameters.get("PARTSTAT", "").strip().upper()
    return Attendee(
        address=cleaned(value) or cleaned(parameters.get("EMAIL", "")),
        partstat=partstat if partstat in {*_CHOICES, "DELEGATED"} else "NEEDS-ACTION",
        delegated_to=cleaned(parameters.get("DELEGATED-TO", "")),
    )


def _number(text: str) -> int:
    """SEQUENCE; 0 for what is none, and never more than the database takes."""
    return min(int(text), 2**31 - 1) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _moment(text: str) -> datetime | None:
    """DTSTAMP, which is in UTC whatever it says (RFC 5545, 3.8.7.2)."""
    match = _STAMP.fullmatch(text.strip())
    try:
        return datetime.strptime("".join(match.groups()), "%Y%m%d%H%M%S").replace(tzinfo=UTC) if match else None
    except ValueError:
        return None
