"""The places a file gives against those its own times make: where they differ, theirs are shown and we warn."""

from collections.abc import Iterable

from .ranking import Precision, Run, Status, standings
from .timesheet_lines import Line

_SCOPES = {
    "all": lambda line: "all",
    "race": lambda line: line.race,
    "class": lambda line: line.race_class,
    "gender": lambda line: line.gender,
    "race_and_class": lambda line: line.race and line.race_class and (line.race, line.race_class),
    "race_and_gender": lambda line: line.race and line.gender and (line.race, line.gender),
}
_UNDERSTOOD = 0.5


def differing_rows(lines: Iterable[Line], precision: Precision = Precision.SECOND) -> tuple[str, frozenset[int]]:
    """(the scope in which the file counts its places, the rows where ours are others); ("", ∅) without places.

    The scope is the one in which most agree; where not even half do, they mean something we do not know: ("", ∅).
    """
    finished = {line.number: line for line in lines if line.status is Status.OK}
    placed = [line for line in finished.values() if line.source_place]
    if not placed:
        return "", frozenset()
    found = [(name, _differing(finished, placed, scope, precision)) for name, scope in _SCOPES.items()]
    name, rows = min(found, key=lambda each: len(each[1]))
    return (name, rows) if len(rows) <= len(placed) * _UNDERSTOOD else ("", frozenset())


def _differing(finished, placed, scope, precision):
    runs = [Run(key=number, name="", status=Status.OK, time_ms=line.time_ms) for number, line in finished.items()]
    ours = standings(runs, precision, lambda run: scope(finished[run.key]) or None)
    return frozenset(
        line.number for line in placed if line.number not in ours or ours[line.number].place != line.source_place
    )
