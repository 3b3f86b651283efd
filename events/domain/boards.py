"""What stands on a race's board: rows that say no more than others may see, chosen, searched and told apart.

Rows are in the order to be shown. Nothing in them depends on a language, so that one answer is for all.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from enum import StrEnum

from .names import fold_letters


class Show(StrEnum):
    """Which rows are wanted. The values stand in addresses."""

    ALL = "all"
    ON_THE_WAY = "on-the-way"
    IN_GOAL = "in-goal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A runner on the board. number tells rows apart and says nothing; name and company are "" where not shown.

    start is the clock of the own start, "16:00:10"; status "" as long as the runner is on the way; a finisher without
    time_ms has just finished.
    """

    number: int
    bib: int | None = None
    name: str = ""
    company: str = ""
    race_class: int | None = None
    start: str = ""
    status: str = ""
    time_ms: int | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A cheer on the board: to which row, what, and from whom; sender is "" for somebody who is not named."""

    number: int
    text: str
    sender: str = ""


COLUMNS = tuple(field.name for field in fields(Row))
FINISHED = {"OK", "NC"}


def has_finished(row: Row) -> bool:
    return row.status in FINISHED


def chosen(
    rows: Iterable[Row], show: Show = Show.ALL, looked_for: str = "", classes: Mapping[int, str] | None = None
) -> list[Row]:
    """The rows that are wanted and in which every word looked for stands, however it is written: "bjorn", "BJÖRN"."""
    words = fold_letters(looked_for).split()
    wanted = {
        Show.ALL: lambda row: True,
        Show.ON_THE_WAY: lambda row: not row.status,
        Show.IN_GOAL: has_finished,
    }[show]
    return [row for row in rows if wanted(row) and _has(row, words, classes or {})]


def _has(row, words, classes):
    if not words:
        return True
    bib = "" if row.bib is None else str(row.bib)
    text = fold_letters(f"{row.name} {row.company} {classes.get(row.race_class, '')}")
    return all(word == bib or word in text for word in words)


def counts(rows: Iterable[Row]) -> dict[Show, int]:
    """{what to show: how many}."""
    rows = list(rows)
    return {show: len(chosen(rows, show)) for show in Show}


def written(content: Mapping, rows: Iterable[Row], cheers: Iterable[Line]) -> tuple[str, bytes]:
    """(version, JSON) of the board. The version changes with everything that is shown, and with nothing else."""
    told = {
        **content,
        "columns": COLUMNS,
        "rows": [astuple(row) for row in rows],
        "cheers": [astuple(line) for line in cheers],
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    version = hashlib.sha256(body.encode()).hexdigest()[:32]
    return version, f'{{"version":"{version}",{body[1:]}'.encode()
