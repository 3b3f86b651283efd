"""Calendar files and calendar invitations for guests: RFC 5545 bytes from stored values. The same entry gives the
same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who invites or is invited, with a mail address as `addresses.clean_email` gives it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The two of a calendar invitation (RFC 5546, 3.2.2): its mailbox is the organizer's, so a program must read it.

    partstat is where the guest stands: NEEDS-ACTION, ACCEPTED, DECLINED or TENTATIVE. made_at is when the message is
    made, which orders messages of the same revision (RFC 5545, 3.8.7.2).
    """

    organizer: Person
    attendee: Person
    partstat: str
    made_at: datetime


def calendar_file(entry: Entry) -> bytes:
    """The file a guest downloads: one event, no METHOD, no ORGANIZER, no ATTENDEE, times in UTC."""
    from .calendar_files import written

    return written(entry)


def calendar_feed(name: str, entries: Iterable[Entry], *, refresh: timedelta) -> bytes:
    """The calendar others look at again and again: as the files, in one, with a name and how often to look."""
    from .calendar_files import written_together

    return written_together(name, entries, refresh=refresh)


def request(entry: Entry, asking: Asking) -> bytes:
    """METHOD:REQUEST for the one guest: asks, or updates what was asked before with the same UID."""
    from .calendar_asking import asked

    return asked(entry, asking, "REQUEST")


def cancel(entry: Entry, asking: Asking) -> bytes:
    """METHOD:CANCEL for the one guest; the entry has the old times and a sequence above the last one that was sent."""
    from .calendar_asking import asked

    return asked(replace(entry, is_cancelled=True), asking, "CANCEL")
