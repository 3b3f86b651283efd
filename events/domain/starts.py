"""Bibs, waves and own start times: who gets which, in which order.

Whoever is without what an order goes by (an ambition, a best time) counts as the slowest; who is alike otherwise stands
by name, so that the same people always get the same. A drawn order follows from its seed alone and can be drawn again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count
from random import Random

from .ranges import Ranges

BIGGEST_BIB = 99_999
MOST_SEED = 999_999


class Order(StrEnum):
    """How a field is put in a row."""

    NAME = "name"
    START = "start"  # as they start already
    BIB = "bib"
    SLOWEST = "slowest"  # by ambition, the slowest first
    FASTEST = "fastest"  # by ambition, the fastest first
    SEEDED = "seeded"  # by the best time known, the fastest last
    DRAWN = "drawn"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """Somebody in the field; name is for sorting, race_class the class's place in the organiser's order."""

    key: Hashable
    name: str = ""
    bib: int | None = None
    at: datetime | None = None
    wave: Hashable = None
    ambition_ms: int | None = None
    best_ms: int | None = None
    last_bib: int | None = None
    race_class: int | None = None


class NotNumbers(ValueError):
    """What stands where bibs are written; word is the part that is no number and no stretch of them."""

    def __init__(self, word: str):
        super().__init__(word)
        self.word = word


class TooFewBibs(ValueError):
    """The numbers ran out below BIGGEST_BIB."""


def read_numbers(text: str) -> Ranges:
    """ "13, 100-120" as Ranges. Raises NotNumbers."""
    words = [word for word in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip())) if word]
    for word in words:
        if not Ranges(word):
            raise NotNumbers(word)
    return Ranges(",".join(words))


def in_order(runners: Iterable[Runner], order: Order, seed: int = 0) -> list[Runner]:
    """The field in a row."""
    by_name = sorted(runners, key=lambda each: (each.name, str(each.key)))
    if order is Order.DRAWN:
        Random(seed).shuffle(by_name)  # noqa: S311  a draw that can be repeated, no secret
        return by_name
    return sorted(by_name, key=_ORDERS[order])


def _slowest_first(runner: Runner) -> tuple[bool, int]:
    return runner.ambition_ms is not None, -(runner.ambition_ms or 0)


_ORDERS = {
    Order.NAME: lambda each: 0,
    Order.START: lambda each: (each.at is None, each.at.timestamp() if each.at else 0),
    Order.BIB: lambda each: (each.bib is None, each.bib or 0),
    Order.SLOWEST: _slowest_first,
    Order.FASTEST: lambda each: (each.ambition_ms is None, each.ambition_ms or 0),
    Order.SEEDED: lambda each: (each.best_ms is not None, -(each.best_ms or 0), _slowest_first(each)),
    Order.CLASS: lambda each: (each.race_class is None, each.race_class or 0, _slowest_first(each)),
}


def give_bibs(
    row: Sequence[Runner],
    *,
    first: int = 1,
    kept_free: Ranges | None = None,
    keeps_last: bool = False,
    only_without: bool = True,
    taken: Collection[int] = (),
) -> dict[Hashable, int]:
    """{key: bib} of everybody in the row: one each, from `first` on, in the row's order.

    kept_free and taken are given to nobody. With keeps_last whoever had a bib last time has it again while it is free,
    the first in the row first. With only_without those who have one keep it. Raises TooFewBibs.
    """
    kept_free = kept_free or Ranges()
    given = {each.key: each.bib for each in row if only_without and each.bib}
    used = {*taken, *given.values()}
    for each in row:
        last = each.last_bib
        if keeps_last and each.key not in given and last and last not in used and last not in kept_free:
            given[each.key] = last
            used.add(last)
    numbers = (number for number in count(max(first, 1)) if number not in used and number not in kept_free)
    for each in row:
        if each.key not in given:
            given[each.key] = next_number = next(numbers)
            if next_number > BIGGEST_BIB:
                raise TooFewBibs
    return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Starts every so many seconds from first_at on, with a pause after so many starters; 0 is no pause."""

    first_at: datetime
    seconds: int
    pause_after: int = 0
    pause_seconds: int = 0

    def at(self, number: int) -> datetime:
        """The moment of the start with this number, from 0."""
        pauses = number // self.pause_after if self.pause_after else 0
        return self.first_at + timedelta(seconds=number * self.seconds + pauses * self.pause_seconds)


def give_slots(
    row: Sequence[Runner], pace: Pace, *, only_without: bool = False, taken: Collection[datetime] = ()
) -> dict[Hashable, datetime]:
    """{key: moment} of everybody in the row, each later than the one before.

    Moments in taken are given to nobody. With only_without those who have one keep it, and the others follow the last.
    """
    given = {each.key: each.at for each in row if only_without and each.at}
    used = {*taken, *given.values()}
    last = max(given.values(), default=None)
    moments = (at for at in map(pace.at, count()) if at not in used and (last is None or at > last))
    return given | {each.key: next(moments) for each in row if each.key not in given}


def next_slot(taken: Collection[datetime], *, first_at: datetime, seconds: int, now: datetime) -> datetime:
    """The start for one more: behind the last, and when that has passed, the next one to come."""
    step = timedelta(seconds=seconds)
    after_last = max(taken) + step if taken else first_at
    if after_last > now:
        return after_last
    steps = (now - after_last) // step + 1
    return after_last + steps * step


def shifted(at: Mapping[Hashable, datetime], key: Hashable, place: int) -> dict[Hashable, datetime]:
    """{key: moment} of those whose moment is another when one moves to a place in the row, from 1.

    The moments stay as they are, pauses too: whoever stands between moves up or down by one.
    """
    row = sorted(at, key=lambda each: at[each])
    moments = [at[each] for each in row]
    row.remove(key)
    row.insert(min(max(place, 1), len(moments)) - 1, key)
    return {each: moment for each, moment in zip(row, moments, strict=True) if at[each] != moment}


def fill_waves(
    row: Sequence[Runner], waves: Sequence[tuple[Hashable, int | None]], *, by_class: bool = False
) -> dict[Hashable, Hashable]:
    """{key: wave} in the row's order, as many in each as in the others where there is room.

    waves are (wave, how many it takes or None) in the order of their starts. With by_class a class stays together as
    far as a wave has room for it. Whoever finds no room is left out.
    """
    groups = _classes(row) if by_class else []
    heads: Counter = Counter()
    given: dict[Hashable, Hashable] = {}
    room = {wave: len(row) if most is None else most for wave, most in waves}
    for group in groups:
        fits = [wave for wave in room if room[wave] - heads[wave] >= len(group)]
        if fits:
            wave = min(fits, key=lambda each: heads[each])
            given |= {each.key: wave for each in group}
            heads[wave] += len(group)
    left = [each for each in row if each.key not in given]
    for number, wave in enumerate(room):
        share = -(-len(left) // (len(room) - number))
        takes, left = _take(left, min(share, room[wave] - heads[wave]))
        given |= {each.key: wave for each in takes}
        heads[wave] += len(takes)
    for wave in room:  # what the even shares did not find room for
        takes, left = _take(left, room[wave] - heads[wave])
        given |= {each.key: wave for each in takes}
    return given


def _take(row: list[Runner], many: int) -> tuple[list[Runner], list[Runner]]:
    return row[: max(many, 0)], row[max(many, 0) :]


def _classes(row: Iterable[Runner]) -> list[list[Runner]]:
    found = defaultdict(list)
    for each in row:
        found[each.race_class].append(each)
    return list(found.values())


def fits_class(*, gender: str, age: int | None, of_class: tuple[str, int | None, int | None]) -> bool:
    """Whether somebody is of a class (gender, from age, to age); what is not known fits only where nothing is asked."""
    wanted, youngest, oldest = of_class
    if wanted and gender != wanted:
        return False
    if youngest is None and oldest is None:
        return True
    return age is not None and (youngest or 0) <= age <= (oldest if oldest is not None else age)
