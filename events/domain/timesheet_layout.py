"""Where in a result file its table begins, and its columns as a person sees them who may correct them."""

from dataclasses import dataclass
from itertools import islice

from .cells import shown
from .guestlist_look import ColumnLook, samples
from .headings import Column, fingerprint, heading_key, spelling
from .tabular import TITLE_ROWS, Table, TableError
from .tabular_base import UnknownColumn, UnknownField
from .timesheet_columns import (
    FIELDS,
    SAMPLED_ROWS,
    NoRunnerColumn,
    NoTimeColumn,
    NoTimeHeadings,
    check,
    find_heading_row,
    lettered,
    recognise,
    without_headings,
)
from .timesheet_source import open_source


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


@dataclass(frozen=True)
class LayoutLook:
    """The columns with their first values. `fault` is what hinders reading and choosing columns can mend, or None.

    `fingerprint` is "" without headings; columns are then named by their letters.
    """

    columns: tuple[ColumnLook, ...]
    heading_row: int
    fingerprint: str
    sheet: str
    other_sheets: tuple[str, ...]
    fault: TableError | None = None


def look_at_columns(data, *, sheet=None, mapping=None, limits=None, is_start_list=False) -> LayoutLook:
    """A LayoutLook at the bytes of a file; raises a TableError that no choice of columns can mend."""
    fault = None
    try:
        table, layout = open_layout(data, sheet=sheet, mapping=mapping, limits=limits)
        check(layout.columns, is_start_list=is_start_list)
    except NoTimeHeadings as error:
        table, fault = open_source(data, sheet=sheet, limits=limits), error
        layout = Layout(lettered(islice(table, SAMPLED_ROWS), mapping or {}), 0, (), "", ())
    except (NoTimeColumn, NoRunnerColumn) as error:
        fault = error
    rows = list(islice((line.cells for line in table if line.number > layout.heading_row), SAMPLED_ROWS))
    return LayoutLook(
        columns=tuple(ColumnLook(column, samples(rows, column.index)) for column in layout.columns),
        heading_row=layout.heading_row,
        fingerprint=layout.fingerprint,
        sheet=table.sheet,
        other_sheets=table.other_sheets,
        fault=fault,
    )
