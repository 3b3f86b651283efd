"""The columns of a result file for a person to check: headings, first values, and what we take them for."""

from dataclasses import dataclass
from itertools import islice

from .guestlist_cells import unwrap
from .guestlist_rows import shown
from .headings import Column, heading_key
from .tabular import TITLE_ROWS, FileIsEmpty, TableError
from .timesheet import open_layout
from .timesheet_columns import NoRunnerColumn, NoTimeColumn, NoTimeHeadings, check
from .timesheet_source import open_source

SAMPLES, SAMPLED_ROWS = 3, 60


@dataclass(frozen=True)
class ColumnSeen:
    column: Column
    samples: tuple[str, ...]

    @property
    def name(self):
        """By which a person corrects it: the heading, or the letter where there is none."""
        return self.column.heading or self.column.letter


@dataclass(frozen=True)
class Survey:
    """`fault` is what still hinders reading and can be mended by choosing columns. `fingerprint` is "" where there are
    no headings to remember.
    """

    columns: tuple[ColumnSeen, ...]
    sheet: str
    other_sheets: tuple[str, ...]
    count: int
    fingerprint: str
    fault: TableError | None = None

    @property
    def keys(self):
        """{heading key: heading} of the columns that have one."""
        return {heading_key(each.column.heading): each.column.heading for each in self.columns if each.column.heading}


def survey(data, *, sheet=None, mapping=None, limits=None) -> Survey:
    """A Survey of the bytes of a file; raises a TableError that no choice of columns can mend."""
    fault, fingerprint, heading_row = None, "", 0
    try:
        table, layout = open_layout(data, sheet=sheet, mapping=mapping, limits=limits)
        columns, fingerprint, heading_row = layout.columns, layout.fingerprint, layout.heading_row
        check(columns)
    except NoTimeHeadings as error:
        table, columns, fault = open_source(data, sheet=sheet, limits=limits), None, error
    except (NoTimeColumn, NoRunnerColumn) as error:
        fault = error
    rows = [line for line in islice(table, TITLE_ROWS + SAMPLED_ROWS) if line.number > heading_row]
    if not rows and not heading_row:
        raise FileIsEmpty(table.sheet, table.other_sheets)
    cells = [line.cells for line in rows]
    if columns is None:
        columns = tuple(Column(index, "") for index in range(max(map(len, cells))))
    return Survey(
        columns=tuple(ColumnSeen(column, _samples(cells, column.index)) for column in columns),
        sheet=table.sheet,
        other_sheets=table.other_sheets,
        count=sum(1 for line in table if line.number > heading_row),
        fingerprint=fingerprint,
        fault=fault,
    )


def _samples(rows, index):
    """The first different values of a column."""
    values = dict.fromkeys(shown(unwrap(cells[index])) for cells in rows if index < len(cells))
    values.pop("", None)
    return tuple(islice(values, SAMPLES))
