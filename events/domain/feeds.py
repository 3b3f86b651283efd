"""A guest's private calendar: what stands in it, for how long, and whether it is still the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from .calendars import Entry

REFRESH = timedelta(hours=4)  # how often calendars are asked to look; most look when they like
FORMAT = 1  # raise it when the same entries are written differently: what calendars have kept is then read anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One answer for the feed. left_at: when a guest who was coming stopped, None for who is coming or never was."""

    entry: Entry
    is_coming: bool
    left_at: datetime | None = None


def entries(kept: Iterable[Kept], *, cancelled_for: timedelta, now: datetime) -> list[Entry]:
    """What stands in the feed, in order of time.

    What the guest is coming to, for as long as the feed is there; what was called off, or the guest no longer comes
    to, stands as cancelled for a while since that revision, so that calendars take it away. It stays longer where
    nothing else is left, for a calendar must hold something (RFC 5545 §3.6). None of it rings: a calendar that is only
    looked at has alarms of its own.
    """
    known = [(_as_shown(each), _cancelled_since(each)) for each in kept if each.is_coming or each.left_at]
    fresh = [entry for entry, since in known if since is None or now < since + cancelled_for]
    shown = fresh or [entry for entry, _since in known]
    return sorted(shown, key=lambda entry: (entry.starts_at, entry.uid))


def _as_shown(kept: Kept) -> Entry:
    return replace(kept.entry, alarm_minutes=None, is_cancelled=kept.entry.is_cancelled or not kept.is_coming)


def _cancelled_since(kept: Kept) -> datetime | None:
    if not kept.is_coming:
        return kept.left_at
    return kept.entry.stamped_at if kept.entry.is_cancelled else None


def fingerprint(name: str, shown: Sequence[Entry]) -> str:
    """The same for the same calendar, without writing it: 32 hexadecimal digits for an ETag."""
    return sha256(repr((FORMAT, name, shown)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
