"""Calendar files for guests: RFC 5545 bytes from stored values. The same entry gives the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
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


def calendar_file(entry: Entry) -> bytes:
    """The file a guest downloads: one event, no METHOD, no ORGANIZER, no ATTENDEE, times in UTC."""
    from .calendar_files import written

    return written(entry)


def calendar_feed(name: str, entries: Iterable[Entry], *, refresh: timedelta) -> bytes:
    """The calendar others look at again and again: as the files, in one, with a name and how often to look."""
    from .calendar_files import written_together

    return written_together(name, entries, refresh=refresh)
