"""What applying a result file would do to our runners, line by line, against what stands already.

Strangers are numbers of rows, and no more. Times are compared as they are shown, rounded up.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .ranking import Precision, Status, rounded_up
from .timesheet_lines import Line, Remark
from .timesheet_match import Match, Matches
from .timesheet_places import differing_rows

if TYPE_CHECKING:
    from .timesheet import Timesheet  # which has many parts, and only what reads a file needs them

OUT = "out"  # a line that a person has left out
_REFUSED = frozenset((Remark.TIME_REFUSED, Remark.STATUS_UNKNOWN))
_OF_ALL = ("all", "race")


class Effect(StrEnum):
    """What a line of ours does."""

    NEW = "new"
    CHANGED = "changed"
    AS_BEFORE = "as_before"
    HELD = "held"  # kept on record, but what was written by hand or taken at the finish stands
    LEFT_OUT = "left_out"  # by a person, or because it cannot be read


@dataclass(frozen=True, slots=True)
class Before:
    """What stands of a runner: `source` is "imported", "typed", "mark", or "" for a status written by hand."""

    status: Status
    time_ms: int | None = None
    source: str = ""

    @property
    def is_stronger(self) -> bool:
        """Whether it stands whatever a file says."""
        return self.source != "imported"


@dataclass(frozen=True, slots=True)
class Planned:
    """A line that is somebody's of ours, as it is to be written."""

    line: Line
    key: Hashable
    effect: Effect
    before: Before | None = None
    rule: str = ""
    is_decided: bool = False
    differs_in_place: bool = False

    @property
    def is_unclear(self) -> bool:
        return self.line.status is Status.UNCLEAR

    @property
    def notices(self):
        """What the file gives reason to look at, but for what a person has decided."""
        return () if self.is_decided else self.line.notices


@dataclass(frozen=True)
class Plan:
    """`rows` of ours in the order of the file; `asked` wait for a person, and are left out until then.

    `keeps_places` when the file's places are those among all; `digest` names what would be written and over what.
    """

    timesheet: "Timesheet"
    matches: Matches
    rows: tuple[Planned, ...]
    counts: Mapping[str, int]
    keeps_places: bool
    digest: str

    @property
    def asked(self) -> tuple[Match, ...]:
        return self.matches.asked

    @property
    def written(self) -> tuple[Planned, ...]:
        return tuple(row for row in self.rows if row.effect is not Effect.LEFT_OUT)

    @property
    def effects(self) -> Mapping[Effect, int]:
        return Counter(row.effect for row in self.rows)

    @property
    def finishers(self) -> list[Planned]:
        """Ours who finished, fastest first."""
        finished = [row for row in self.written if row.line.status is Status.OK]
        return sorted(finished, key=lambda row: (row.line.time_ms, row.line.number))


def is_refused(line: Line) -> bool:
    """What stands in the file cannot be read."""
    return line.status is Status.UNCLEAR and any(notice.code in _REFUSED for notice in line.notices)


def plan(
    timesheet: "Timesheet",
    matches: Matches,
    *,
    earlier: Mapping[Hashable, Before],
    decided: Mapping[int, object] | None = None,
    precision: Precision = Precision.SECOND,
) -> Plan:
    """`decided` {row: milliseconds, a Status, or OUT} is what a person said of lines that are not clear."""
    decided = decided or {}
    scope, differing = differing_rows(timesheet.lines, precision)
    rows = tuple(
        _planned(match, key, earlier.get(key), decided, differing, precision)
        for key, match in sorted(matches.found.items(), key=lambda item: item[1].line.number)
    )
    return Plan(
        timesheet=timesheet,
        matches=matches,
        rows=rows,
        counts=_counts(timesheet, matches, rows),
        keeps_places=scope in _OF_ALL or (not scope and _follow_times(timesheet.lines)),
        digest=_digest(rows),
    )


def _planned(match, key, before, decided, differing, precision):
    line, said = match.line, decided.get(match.line.number)
    is_decided = said is not None and line.status is Status.UNCLEAR
    if is_decided and said != OUT:
        line = line.decided(said)
    is_out = (is_decided and said == OUT) or is_refused(line)
    effect = Effect.LEFT_OUT if is_out else _effect(line, before, precision)
    return Planned(line, key, effect, before, match.by or "", is_decided, line.number in differing)


def _effect(line, before, precision):
    if before is None:
        return Effect.NEW
    time_ms = rounded_up(line.time_ms, precision) if line.time_ms else None
    if (before.status, before.time_ms) == (line.status, time_ms):
        return Effect.AS_BEFORE
    return Effect.HELD if before.is_stronger else Effect.CHANGED


def _counts(timesheet, matches, rows):
    """As the outside of the program names them: every line is matched, unmatched or ambiguous; and of each is known
    how it ended, or it is unclear, or refused.
    """
    decided = {row.line.number: row.line for row in rows}
    lines = [decided.get(line.number, line) for line in timesheet.lines]
    refused = sum(map(is_refused, lines))
    statuses = Counter(line.status for line in lines)
    return {
        "rows": len(lines),
        "matched": len(matches.found) + len(matches.repeated),
        "unmatched": len(matches.strangers),
        "ambiguous": len(matches.asked),
        "finishers": statuses[Status.OK],
        "dns": statuses[Status.DNS],
        "dnf": statuses[Status.DNF],
        "dsq": statuses[Status.DSQ],
        "nc": statuses[Status.NC],
        "unclear": statuses[Status.UNCLEAR] - refused,
        "refused": refused,
    }


def _follow_times(lines: Iterable[Line]) -> bool:
    """A part of a longer list: its places are of all, and go up as its times do."""
    placed = [line for line in lines if line.status is Status.OK and line.source_place]
    placed.sort(key=lambda line: (line.time_ms, line.source_place))
    places = [line.source_place for line in placed]
    return len(places) > 1 and places == sorted(places) and len(set(places)) * 2 > len(places)


def _digest(rows):
    facts = [
        [row.line.number, row.key, row.effect, row.line.status, row.line.time_ms, row.before and row.before.time_ms,
         row.before and row.before.status, row.before and row.before.source]
        for row in rows
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
