"""Places, gaps, personal bests and contests of a race, from official times that are there already.

Times are whole milliseconds. What readers see decides: places, gaps and bests are worked out of the rounded times, so
that their arithmetic adds up. A time is rounded up to the precision shown (World Athletics: any fraction counts as the
next longer).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

YOUNGEST_RANKED = 13  # years on 31 December of the race's year; younger ones have finished, without a place
FEWEST_IN_A_CLASS = 3  # a class with fewer finishers shows no places


class Status(StrEnum):
    """What became of somebody in a race, as the sport writes it; below the finishers in this order."""

    OK = "OK"
    NC = "NC"  # outside the competition
    DNF = "DNF"
    DSQ = "DSQ"
    DNS = "DNS"
    UNCLEAR = "unclear"  # nobody has decided yet


class Precision(StrEnum):
    """To what times are rounded up, and shown."""

    SECOND = "second"
    TENTH = "tenth"
    HUNDREDTH = "hundredth"

    @property
    def step_ms(self) -> int:
        return {"second": 1000, "tenth": 100, "hundredth": 10}[self.value]


class Best(StrEnum):
    """How a result stands to the runner's own earlier ones on the same course version."""

    DEBUT = "debut"
    PERS = "pers"
    EQUAL = "tangert"
    NOT_THIS_TIME = "not_this_time"
    NOT_FINISHED = "not_finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One runner's race. time_ms is the official time of who finished, else None; key names the runner."""

    key: Hashable
    name: str
    status: Status
    time_ms: int | None = None
    gender: str = ""
    race_class: Hashable = None
    company: Hashable = None
    age: int | None = None
    ambition_ms: int | None = None
    earlier_ms: tuple[int, ...] = ()
    hides_time: bool = False

    def __post_init__(self):
        if (self.status is Status.OK) is not bool(self.time_ms):
            raise TimeWithoutFinish(self.status, self.time_ms)


class TimeWithoutFinish(ValueError):
    """Who finished has a time above nought, and nobody else has one (a 0:00 is no time)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among so many finishers of a scope."""

    place: int
    of: int


def rounded_up(milliseconds: int, precision: Precision) -> int:
    """The time as it is shown, in milliseconds."""
    step = precision.step_ms
    return -(-milliseconds // step) * step


def is_ranked(run: Run) -> bool:
    """Finished, old enough for places, and not hiding the time: a place left out of the list would tell it."""
    return run.status is Status.OK and not run.hides_time and (run.age is None or run.age >= YOUNGEST_RANKED)


def standings(
    runs: Iterable[Run], precision: Precision, scope: Callable[[Run], Hashable] = lambda run: "all", *, fewest: int = 1
) -> dict[Hashable, Standing]:
    """{key: Standing} of the ranked, place by place within their scope; ties share one: 1-2-2-4.

    A run without a scope (None or "") has no place in it, nor has anybody where there are fewer than `fewest`.
    """
    scopes = defaultdict(list)
    for run in runs:
        if is_ranked(run) and scope(run) not in (None, ""):
            scopes[scope(run)].append((rounded_up(run.time_ms, precision), run.key))
    found = {}
    for times in scopes.values():
        if len(times) < fewest:
            continue
        ordered = sorted(time for time, _key in times)
        first_at = {}
        for place, time in enumerate(ordered, start=1):
            first_at.setdefault(time, place)
        found |= {key: Standing(first_at[time], len(times)) for time, key in times}
    return found


def in_order(runs: Iterable[Run], precision: Precision, sort_key: Callable[[str], object]) -> list[Run]:
    """Finishers by shown time, those who share one by name; then who is not ranked, in the order of Status.

    sort_key sorts names as the language does. Nothing hidden decides between equal times.
    """
    ranks = list(Status)

    def place(run):
        time = rounded_up(run.time_ms, precision) if run.status is Status.OK else 0
        return ranks.index(run.status), time, sort_key(run.name), str(run.key)

    return sorted(runs, key=place)


def gap_ms(run: Run, winner_ms: int, precision: Precision) -> int:
    """How long after the winner, of the times as they are shown."""
    return rounded_up(run.time_ms, precision) - rounded_up(winner_ms, precision)


def best_of(run: Run, precision: Precision) -> tuple[Best, int | None]:
    """(state, shown milliseconds slower than the best before; below nought when faster; None without a comparison)."""
    if run.status is not Status.OK:
        return Best.NOT_FINISHED, None
    earlier = [rounded_up(time, precision) for time in run.earlier_ms if time > 0]
    if not earlier:
        return Best.DEBUT, None
    difference = rounded_up(run.time_ms, precision) - min(earlier)
    if difference == 0:
        return Best.EQUAL, 0
    return (Best.PERS if difference < 0 else Best.NOT_THIS_TIME), difference


def from_ambition_ms(run: Run, precision: Precision) -> int | None:
    """Shown milliseconds slower than the runner's ambition; None where there is nothing to compare."""
    if run.status is not Status.OK or not run.ambition_ms:
        return None
    return rounded_up(run.time_ms, precision) - rounded_up(run.ambition_ms, precision)


def nearest_to_ambition(runs: Iterable[Run], precision: Precision) -> list[tuple[Run, int]]:
    """(run, difference) of who came nearest to the own ambition, over or under alike; several share it."""
    told = [(run, from_ambition_ms(run, precision)) for run in runs]
    return _least((run, value) for run, value in told if value is not None)


def _least(rows):
    rows = list(rows)
    least = min((abs(value) for _run, value in rows), default=None)
    return [(run, value) for run, value in rows if abs(value) == least]


def most_improved(runs: Iterable[Run], precision: Precision) -> list[tuple[Run, Fraction]]:
    """(run, share of the best earlier time that was cut) of who improved most; in seconds where shares are equal.

    Only who was faster than ever before; several may share it.
    """
    gains = []
    for run in runs:
        state, difference = best_of(run, precision)
        if state is Best.PERS:
            before = rounded_up(run.time_ms, precision) - difference
            gains.append(((Fraction(-difference, before), -difference), run))
    most = max((gain for gain, _run in gains), default=None)
    return [(run, gain[0]) for gain, run in gains if gain == most]


def companies(runs: Iterable[Run], precision: Precision, *, best: int = 3) -> list[tuple[int, Hashable, Fraction]]:
    """(place, company, mean milliseconds of its `best` fastest), only companies with so many finishers; ties share."""
    times = defaultdict(list)
    for run in runs:
        if run.status is Status.OK and run.company is not None:
            times[run.company].append(rounded_up(run.time_ms, precision))
    means = [
        (Fraction(sum(sorted(each)[:best]), best), company) for company, each in times.items() if len(each) >= best
    ]
    means.sort(key=lambda row: (row[0], str(row[1])))
    ordered = [mean for mean, _company in means]
    return [(ordered.index(mean) + 1, company, mean) for mean, company in means]


def ideal_time(runs: Iterable[Run], precision: Precision) -> tuple[Fraction | None, list[tuple[Run, Fraction]]]:
    """(mean of all finishers, who came nearest to it and by how much); None and nobody without finishers."""
    finished = [run for run in runs if run.status is Status.OK]
    if not finished:
        return None, []
    shown = {run.key: rounded_up(run.time_ms, precision) for run in finished}
    mean = Fraction(sum(shown.values()), len(shown))
    return mean, _least((run, shown[run.key] - mean) for run in finished)


def closed_up(theirs: Mapping[Hashable, int], unranked: Collection[Hashable]) -> dict[Hashable, int]:
    """The places the source gave to who is ranked, without the holes of those who are not.

    Only where the source ranked no others than these: in a list of thousands a place stays what everybody else reads.
    """
    hidden = [theirs[key] for key in unranked if key in theirs]
    ranked = {key: place for key, place in theirs.items() if key not in unranked}
    if not hidden or max(theirs.values()) > len(theirs):
        return ranked
    return {key: place - sum(each < place for each in hidden) for key, place in ranked.items()}
