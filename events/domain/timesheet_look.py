"""What a person looks at before a result file is written: how many of what, who is first and last, what is odd."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from .ranking import Precision, Status
from .timesheet import Timesheet
from .timesheet_lines import Line, Remark
from .timesheet_match import Fate, Match, Matches, Rule
from .timesheet_places import differing_rows


@dataclass(frozen=True, slots=True)
class OddCell:
    """A cell to look at: its row, whose it is (None while that is asked), why, as written, and what it may mean."""

    row: int
    key: Hashable
    code: Remark
    value: str
    readings: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the file: rows = matched + asked + strangers + repeated + skipped. matched = new + changed + unchanged,
    and = finished + unclear + the other statuses; missing are entrants without a line.
    """

    rows: int
    matched: int
    new: int
    changed: int
    unchanged: int
    asked: int
    strangers: int
    repeated: int
    skipped: int
    missing: int
    finished: int
    unclear: int
    not_finished: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class Look:
    """`winner` and `last` are matched finishers, None without one. `odd` hold what is only warned of as well.

    `place_rows`: rows of ours for which the file has another place than its own times make; `place_scope` in what it
    counts places ("all", "race", "class", "gender", "race_and_class", "race_and_gender", or "" unknown). `rules`: how
    many were matched by what; a name alone may be a namesake's.
    """

    counts: Counts
    winner: Match | None
    last: Match | None
    odd: tuple[OddCell, ...]
    place_scope: str
    place_rows: tuple[int, ...]
    rules: Mapping[Rule, int]


def look(
    timesheet: Timesheet,
    matches: Matches,
    *,
    earlier: Mapping[Hashable, tuple[Status, int | None]] | None = None,
    precision: Precision = Precision.SECOND,
) -> Look:
    """A Look at our people in the file; `earlier` {key: (status, ms)} are the results there are already."""
    found = matches.found.values()
    scope, rows = differing_rows(timesheet.lines, precision)
    finishers = [each for each in found if each.line.status is Status.OK]
    finishers.sort(key=lambda each: (each.line.time_ms, each.line.number))
    ours = {each.line.number for each in found}
    return Look(
        counts=_counts(timesheet, matches, earlier or {}),
        winner=finishers[0] if finishers else None,
        last=finishers[-1] if finishers else None,
        odd=tuple(_odd([*found, *matches.asked])),
        place_scope=scope,
        place_rows=tuple(sorted(rows & ours)),
        rules=Counter(each.by for each in found),
    )


def _counts(timesheet, matches, earlier):
    fates = Counter(_compared(key, each.line, earlier) for key, each in matches.found.items())
    statuses = Counter(each.line.status for each in matches.found.values())
    return Counts(
        rows=len(timesheet.lines) + len(timesheet.skipped),
        matched=len(matches.found),
        new=fates["new"],
        changed=fates["changed"],
        unchanged=fates["unchanged"],
        asked=len(matches.asked),
        strangers=len(matches.strangers),
        repeated=len(matches.repeated),
        skipped=len(timesheet.skipped),
        missing=len(matches.missing),
        finished=statuses.pop(Status.OK, 0),
        unclear=statuses.pop(Status.UNCLEAR, 0),
        not_finished={status: statuses[status] for status in Status if statuses[status]},
    )


def _compared(key: Hashable, line: Line, earlier) -> str:
    if key not in earlier:
        return "new"
    return "unchanged" if tuple(earlier[key]) == (line.status, line.time_ms) else "changed"


def _odd(matches: Iterable[Match]):
    for each in sorted(matches, key=lambda each: each.line.number):
        key = each.key if each.fate is Fate.MATCHED else None
        for notice in each.line.notices:
            yield OddCell(each.line.number, key, notice.code, notice.value, notice.readings, notice.why)
