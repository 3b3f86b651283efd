"""What others may see of a runner's result: the one place that decides it.

The name only of who agreed (P5), else the bib or "a guest"; who hides the time has finished and no more; who did not
finish is never more public than who did (P8); of children under 13 neither name, time nor place (friidrett.no). What is
not shown decides nothing that is: neither the order of the list nor the gaps in it, nor its places (`ranking.is_ranked`
leaves those who hide out of them, for a hole between 6 and 8 says who was seventh).
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .ranking import FEWEST_IN_A_CLASS, YOUNGEST_RANKED, Status

LISTED = (Status.OK, Status.NC, Status.DNF, Status.DSQ)  # in this order; who did not start is in no list of results


class Order(StrEnum):
    """By what guests see the list sorted."""

    TIME = "time"
    NAME = "name"
    COMPANY = "company"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A runner with all we know. status is None as long as nothing is known; place is the one to be shown.

    shows_place is the runner's own choice, None when there is none; place_of is None where it is not known.
    """

    key: Hashable
    name: str
    sort_key: str
    bib: int | None = None
    company: str = ""
    race_class: str = ""
    status: Status | None = None
    time_ms: int | None = None
    place: int | None = None
    place_of: int | None = None
    class_place: int | None = None
    class_place_of: int | None = None
    age: int | None = None
    agrees_to_name: bool = False
    hides_time: bool = False
    shows_place: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A runner as others see it. name is "" where it is not shown; a finisher without time_ms has just finished."""

    key: Hashable
    name: str = ""
    bib: int | None = None
    company: str = ""
    race_class: str = ""
    status: Status | None = None
    time_ms: int | None = None
    gap_ms: int | None = None
    place: int | None = None
    place_of: int | None = None
    class_place: int | None = None
    class_place_of: int | None = None


def is_child(age: int | None) -> bool:
    """Too young for a place, a name or a time in a list."""
    return age is not None and age < YOUNGEST_RANKED


def is_named(one: Outcome) -> bool:
    return bool(one.name) and one.agrees_to_name and not is_child(one.age)


def shows_time(one: Outcome) -> bool:
    return one.status is Status.OK and not one.hides_time and not is_child(one.age)


def place_is_shown(choice: bool | None, places: bool) -> bool:
    """The runner's own choice, else the race's."""
    return places if choice is None else choice


def shown(
    outcomes: Iterable[Outcome], order: Order, *, places: bool = True, with_those_on_the_way: bool = False
) -> list[Shown]:
    """The list as others see it, in the order of the race; who did not finish stands below.

    Gaps are to the fastest time in the list. Those of whom nothing is known yet stand last, when they are wanted.
    """
    listed = [one for one in outcomes if _is_listed(one) or (with_those_on_the_way and one.status is None)]
    fastest = min((one.time_ms for one in listed if shows_time(one)), default=None)
    return [_shown(one, places, fastest) for one in sorted(listed, key=_by(order))]


def _is_listed(one):
    """Somebody who did not finish, and hides the time or is a child, is not listed at all (P8)."""
    return one.status is Status.OK or (one.status in LISTED and not one.hides_time and not is_child(one.age))


def _shown(one, places, fastest):
    """Company and class are of somebody named: each of them may tell who it is."""
    timed = {}
    if shows_time(one):
        timed = {"time_ms": one.time_ms, "gap_ms": one.time_ms - fastest}
        if place_is_shown(one.shows_place, places) and one.place:
            timed |= {"place": one.place, "place_of": one.place_of}
            timed |= _in_class(one) if is_named(one) else {}
    who = {"name": one.name, "company": one.company, "race_class": one.race_class} if is_named(one) else {}
    return Shown(key=one.key, bib=one.bib, status=one.status, **who, **timed)


def _in_class(one):
    """No place in a class of so few that it would be no place."""
    if not one.class_place or (one.class_place_of or 0) < FEWEST_IN_A_CLASS:
        return {}
    return {"class_place": one.class_place, "class_place_of": one.class_place_of}


def _by(order):
    """A sorting by what is shown, and by nothing else."""
    ranks = [*LISTED, None]

    def key(one):
        named = is_named(one)
        name = (not named, one.sort_key if named else "", one.bib is None, one.bib or 0, str(one.key))
        first = {
            Order.TIME: (not shows_time(one), one.time_ms if shows_time(one) else 0),
            Order.NAME: (),
            Order.COMPANY: (not (named and one.company), one.company.casefold() if named else ""),
        }[order]
        return (ranks.index(one.status), *first, *name)

    return key
