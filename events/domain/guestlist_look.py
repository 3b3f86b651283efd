"""The columns of a guest list for a person to check: headings, first values, and what we take them for."""

from dataclasses import dataclass
from itertools import islice

from events.domain.cells import shown, unwrap
from events.domain.guestlist import open_guest_list
from events.domain.guestlist_rows import NoHeadings, NoNameColumn
from events.domain.headings import Column, find_heading_row, fingerprint, heading_key, recognise
from events.domain.tabular import TITLE_ROWS, FileIsEmpty, TableError, open_table

SAMPLES, SAMPLED_ROWS = 3, 60


@dataclass(frozen=True)
class ColumnLook:
    column: Column
    samples: tuple


@dataclass(frozen=True)
class Look:
    """`fault` is what still hinders reading and can be mended by choosing columns: NoHeadings or NoNameColumn.

    `count` is 0 then. `fingerprint` is "" without headings: the first row is somebody, and not to be remembered.
    """

    columns: tuple[ColumnLook, ...]
    sheet: str
    other_sheets: tuple
    count: int
    fingerprint: str
    fault: TableError | None = None

    @property
    def keys(self):
        """{heading key: heading} of the columns that have one."""
        return {heading_key(look.column.heading): look.column.heading for look in self.columns if look.column.heading}


def look(data, *, sheet=None, mapping=None, limits=None):
    """A Look at the bytes of a file; raises a TableError that no choice of columns can mend."""
    table = open_table(data, sheet=sheet, limits=limits)
    head = list(islice(table, TITLE_ROWS))
    if not head:
        raise FileIsEmpty(table.sheet, table.other_sheets)
    index = find_heading_row(head, mapping or {})
    heading = head[index or 0]
    try:
        guest_list = open_guest_list(data, sheet=sheet, mapping=mapping, limits=limits)
        columns, count, fault = guest_list.columns, guest_list.count, None
    except (NoHeadings, NoNameColumn) as error:
        columns, count, fault = recognise(heading.cells, mapping or {}), 0, error
    rows = list(islice((line.cells for line in table if line.number > heading.number), SAMPLED_ROWS))
    return Look(
        columns=tuple(ColumnLook(column, samples(rows, column.index)) for column in columns),
        sheet=table.sheet,
        other_sheets=table.other_sheets,
        count=count,
        fingerprint="" if index is None else fingerprint(heading.cells),
        fault=fault,
    )


def samples(rows, index):
    """The first different values of a column."""
    values = dict.fromkeys(shown(unwrap(cells[index])) for cells in rows if index < len(cells))
    values.pop("", None)
    return tuple(islice(values, SAMPLES))
