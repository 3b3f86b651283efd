"""Any result file as lines with times and statuses: which columns, what is asked of the whole file, what is odd.

Nothing here remembers a runner: whoever is none of ours is left out by `timesheet_match`, and forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from .guestlist_rows import OnlyHeadings, UnknownColumn, UnknownField, shown
from .headings import Column, fingerprint, heading_key, spelling
from .tabular import TITLE_ROWS, Limits, Table, TooManyRows
from .timesheet_columns import (
    FIELDS,
    SAMPLED_ROWS,
    NoTimeHeadings,
    check,
    find_heading_row,
    recognise,
    without_headings,
)
from .timesheet_findings import Finding, Topic
from .timesheet_lines import Line, Skipped
from .timesheet_rows import read_lines
from .timesheet_source import open_source
from .timesheet_times import Window


@dataclass(frozen=True)
class Timesheet:
    """A result file, read. `heading_row` is 0 and `fingerprint` "" in a list without headings.

    `kind`: text workbook json xml. `titles`: (row number, text) above the heading. `races`: {name: lines} where there
    are several. `findings` are asked or told about the file as a whole; lines follow their proposals meanwhile.
    """

    kind: str
    columns: tuple[Column, ...]
    heading_row: int
    fingerprint: str
    titles: tuple[tuple[int, str], ...]
    lines: tuple[Line, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    races: Mapping[str, int]
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()

    @property
    def ignored(self) -> tuple[Column, ...]:
        """The columns that are not read; blank headings left out."""
        return tuple(column for column in self.columns if not column.field and column.heading)

    @property
    def asked(self) -> tuple[Finding, ...]:
        """What a person must answer before anything is written."""
        return tuple(found for found in self.findings if found.is_asked)


def open_timesheet(
    data: bytes,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[Topic, str] | None = None,
    window: Window | None = None,
    limits: Limits | None = None,
    is_start_list: bool = False,
) -> Timesheet:
    """The timesheet in the bytes of a file.

    `mapping` {heading or column letter: field, or "" to ignore it} corrects columns, `answers` {topic: choice} the
    findings. `is_start_list` takes a file without times too. Raises a TableError, and nothing else, when the file as
    a whole cannot be read.
    """
    table, layout = open_layout(data, sheet=sheet, mapping=mapping, limits=limits)
    check(layout.columns, is_start_list=is_start_list)
    rows = _below(table, layout.heading_row)
    read = read_lines(
        layout.columns,
        rows,
        is_heading=layout.is_heading,
        window=window or Window(),
        answers=dict(answers or {}),
        is_start_list=is_start_list,
    )
    if not read.lines and not read.skipped:
        raise OnlyHeadings(layout.heading_row)
    return Timesheet(
        kind=table.kind,
        columns=layout.columns,
        heading_row=layout.heading_row,
        fingerprint=layout.fingerprint,
        titles=layout.titles,
        lines=read.lines,
        skipped=read.skipped,
        findings=read.findings,
        races=read.races,
        sheet=table.sheet,
        other_sheets=table.other_sheets,
    )


@dataclass(frozen=True)
class Layout:
    """Where the table begins and what its columns are; `headings` are their keys, () without headings."""

    columns: tuple[Column, ...]
    heading_row: int
    headings: tuple[str, ...]
    fingerprint: str
    titles: tuple[tuple[int, str], ...]

    def is_heading(self, cells) -> bool:
        """Whether a row is the heading once more."""
        is_alike = len(cells) == len(self.headings) and heading_key(cells[0]) == self.headings[0]
        return is_alike and tuple(map(heading_key, cells)) == self.headings


def open_layout(data, *, sheet=None, mapping=None, limits=None) -> tuple[Table, Layout]:
    """The table in the bytes and its layout, columns perhaps lacking; raises NoTimeHeadings and other TableErrors."""
    mapping = dict(mapping or {})
    for field in mapping.values():
        if field and field not in FIELDS:
            raise UnknownField(field, FIELDS)
    table = open_source(data, sheet=sheet, limits=limits)
    head = list(islice(table, TITLE_ROWS + SAMPLED_ROWS))
    index = find_heading_row(head, mapping)
    if index is None:
        return table, _without_headings(head, mapping)
    heading, sample = head[index], [line.cells for line in head[index + 1 :]]
    columns = recognise(heading.cells, mapping, sample)
    _check_mapping(columns, mapping)
    layout = Layout(
        columns=columns,
        heading_row=heading.number,
        headings=tuple(map(heading_key, heading.cells)),
        fingerprint=fingerprint(heading.cells),
        titles=tuple((line.number, shown(" ".join(line.cells))) for line in head[:index]),
    )
    return table, layout


def _without_headings(head, mapping):
    columns = without_headings(head, mapping)
    if columns is None:
        raise NoTimeHeadings(head[0].number, tuple(map(shown, head[0].cells)))
    return Layout(columns, 0, (), "", ())


def _check_mapping(columns, mapping):
    known = {spelling(column.heading) for column in columns} | {column.letter.casefold() for column in columns}
    for heading in mapping:
        if spelling(heading) not in known:
            raise UnknownColumn(heading, tuple(column.heading for column in columns if column.heading))


def _below(table, heading_row):
    rows = [line for line in table if line.number > heading_row]
    if len(rows) > table.limits.max_rows:
        raise TooManyRows(table.limits.max_rows)
    return rows
