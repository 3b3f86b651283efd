"""Any result file as lines with times and statuses: which columns, what is asked of the whole file, what is odd.

Nothing here remembers a runner: whoever is none of ours is left out by `timesheet_match`, and forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .headings import Column
from .racetime import Window
from .tabular import Limits, TooManyRows
from .tabular_base import OnlyHeadings
from .timesheet_columns import check
from .timesheet_findings import Finding, Topic
from .timesheet_layout import open_layout
from .timesheet_lines import Line, Skipped
from .timesheet_rows import read_lines


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


def _below(table, heading_row):
    rows = [line for line in table if line.number > heading_row]
    if len(rows) > table.limits.max_rows:
        raise TooManyRows(table.limits.max_rows)
    return rows
