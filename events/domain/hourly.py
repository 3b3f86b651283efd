"""How many mails may still leave within the hour: passes are drawn before mails are sent, and count for an hour after.

A pass that nobody gives back, for its worker was killed, counts as if all its mails had been sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
KEPT_BACK_FROM = 50  # smaller caps are too small to keep anything back


@dataclass(frozen=True, slots=True)
class Pass:
    """Leave for so many mails. It counts until a moment; a used one has no name, for nobody gives it back."""

    name: str
    until: datetime
    mails: int


@dataclass(frozen=True, slots=True)
class Room:
    """How many mails may leave now, and how many of them that no guest waits for."""

    in_all: int
    for_campaigns: int


def in_force(passes: Sequence[Pass], now: datetime) -> list[Pass]:
    return [each for each in passes if each.until > now]


def room(passes: Sequence[Pass], cap: int, now: datetime) -> Room:
    """A tenth of a cap from 50 is kept for mails that guests wait for."""
    left = cap - sum(each.mails for each in in_force(passes, now))
    kept_back = cap // 10 if cap >= KEPT_BACK_FROM else 0
    return Room(max(0, left), max(0, left - kept_back))


def shared_out(room: Room, *, awaited: int, others: int) -> tuple[int, int]:
    """(how many of the mails that guests wait for, how many of the others) go now."""
    first = min(awaited, room.in_all)
    return first, min(others, max(0, room.for_campaigns - first))


def draw(passes: Sequence[Pass], name: str, mails: int, *, now: datetime, grace: timedelta) -> list[Pass]:
    """The passes with one more; grace is the longest that its last mail can be on its way."""
    return [*in_force(passes, now), Pass(name, now + HOUR + grace, mails)]


def settle(passes: Sequence[Pass], name: str, used: int, *, now: datetime) -> list[Pass]:
    """The passes after a worker has told how many of its mails left, all of them before now.

    Used ones that end within the same minute become one, so that the list stays short.
    """
    until = _whole_minute(now + HOUR)
    kept = [each for each in in_force(passes, now) if each.name != name]
    used += sum(each.mails for each in kept if not each.name and each.until == until)
    others = [each for each in kept if each.name or each.until != until]
    return [*others, Pass("", until, used)] if used else others


def next_at(passes: Sequence[Pass], cap: int, now: datetime) -> datetime | None:
    """When the next mail that no guest waits for may leave; None if it may now."""
    if room(passes, cap, now).for_campaigns:
        return None
    ends = sorted(each.until for each in in_force(passes, now))
    return next((at for at in ends if room(passes, cap, at).for_campaigns), None)


def _whole_minute(moment: datetime) -> datetime:
    begun = moment.replace(second=0, microsecond=0)
    return begun if begun == moment else begun + timedelta(minutes=1)
