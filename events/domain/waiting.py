"""The waiting list: who is next, why nobody is, and what happens when somebody is moved.

Whoever comes together stands together: a unit of the line is one person, or a party that is not to be split, whose
members share one number. The line is strict: while the first unit finds no room, nobody behind it is let past.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Why(StrEnum):
    """Why nobody is promoted just now."""

    NOBODY_WAITS = "nobody_waits"
    CANCELLED = "cancelled"
    OVER = "over"
    AFTER_CUT_OFF = "after_cut_off"
    FULL = "full"
    PARTY_IS_LARGER = "party_is_larger"


@dataclass(frozen=True, slots=True)
class Shift:
    """A unit gets `number`; the numbers from `low` to `high` of the others change by `by`."""

    number: int
    low: int
    high: int
    by: int


def cut_off_at(starts_at: datetime, hours: int) -> datetime:
    """From this moment free places are given by hand only."""
    return starts_at - timedelta(hours=hours)


def units_let_in(free: int | None, units: Sequence[int]) -> int:
    """How many units from the front get places, given the heads in each; None free places are enough for all."""
    if free is None:
        return len(units)
    for count, heads in enumerate(units):
        if heads > free:
            return count
        free -= heads
    return len(units)


def why_nobody(
    free: int | None,
    units: Sequence[int],
    *,
    now: datetime,
    cut_off_at: datetime,
    is_cancelled: bool = False,
    is_over: bool = False,
) -> Why | None:
    """The reason, the plainest first; None when the first in line is let in."""
    if not units:
        return Why.NOBODY_WAITS
    if is_cancelled:
        return Why.CANCELLED
    if is_over:
        return Why.OVER
    if free == 0:
        return Why.FULL
    if now >= cut_off_at:
        return Why.AFTER_CUT_OFF
    return None if units_let_in(free, units) else Why.PARTY_IS_LARGER


def may_take_some(free: int | None, heads: int, *, ahead: int) -> int:
    """How many places a party may take now if it lets itself be split; 0 when there is nothing to ask it."""
    return free if free and not ahead and free < heads else 0


def place_of(units: Sequence[int], at: int) -> int:
    """The place in line of the unit at this position (from 0): one more than the heads before it."""
    return sum(units[:at]) + 1


def unit_at(units: Sequence[int], place: int) -> int:
    """The position of the unit that stands at a place in line; the last for a place beyond the end."""
    for at, heads in enumerate(units):
        place -= heads
        if place < 1:
            return at
    return len(units) - 1


def moved(numbers: Sequence[int], number: int, at: int) -> Shift:
    """How the unit with this number comes to the position (from 0) of another, given the line's numbers in order.

    The others keep their order.
    """
    there = numbers[at]
    if there < number:
        return Shift(there, there, number - 1, 1)
    return Shift(there, number + 1, there, -1)
