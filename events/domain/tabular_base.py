"""What a table is made of, how large it may be, and every way a file can fail to be one."""

import dataclasses
from dataclasses import dataclass
from typing import NamedTuple

# What any sheet may have, by Excel's specification.
LAST_ROW, LAST_COLUMN, LONGEST_CELL = 1_048_576, 16_384, 32_767


class Line(NamedTuple):
    """One row that has something in it; `number` is the row as a spreadsheet program shows it, from 1."""

    number: int
    cells: list[str]


class Typed(str):
    """A cell that is more than text to a workbook: a number, date, time or duration, as `value`."""

    __slots__ = ("value",)

    def __new__(cls, text, value):
        cell = super().__new__(cls, text)
        cell.value = value
        return cell


class Formula(Typed):
    """A cell that is computed: its last known value as text ("" when none was stored) and the formula."""

    __slots__ = ("formula",)

    def __new__(cls, text, formula, value=None):
        cell = super().__new__(cls, text, value)
        cell.formula = formula
        return cell


@dataclass(frozen=True)
class Limits:
    """What one file may hold; `max_rows` counts rows below the heading."""

    max_bytes: int = 10 * 1024 * 1024
    max_rows: int = 20_000
    max_columns: int = 200
    max_unpacked_bytes: int = 64 * 1024 * 1024


class TableError(Exception):
    """A file that cannot be read as a table. `code` names the fault, `facts` are what a sentence needs."""

    code = ""

    def __str__(self):
        # Facts may hold what stood in the file; they are for the person who sent it, not for a log.
        return self.code

    @property
    def facts(self):
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}


@dataclass(eq=False)
class FileIsEmpty(TableError):
    """No byte, only blank space, or a sheet without a cell (then its name and the others')."""

    code = "file_is_empty"
    sheet: str = ""
    other_sheets: tuple = ()


@dataclass(eq=False)
class FileIsTooBig(TableError):
    """More bytes than allowed; `is_unpacked` when a small file unfolds into a huge one."""

    code = "file_is_too_big"
    size_bytes: int
    limit_bytes: int
    is_unpacked: bool = False


@dataclass(eq=False)
class TooManyRows(TableError):
    code = "too_many_rows"
    limit: int


@dataclass(eq=False)
class TooManyColumns(TableError):
    code = "too_many_columns"
    limit: int
    row: int


@dataclass(eq=False)
class NotATable(TableError):
    """Something else than CSV or XLSX.

    `kind`: xls xlsb ods numbers strict pdf password html xml word rtf vcard picture archive damaged binary; of a
    result file also json (without a list of runners in it) and track (a watch's GPX, TCX or FIT).
    """

    code = "not_a_table"
    kind: str


@dataclass(eq=False)
class NoSuchSheet(TableError):
    code = "no_such_sheet"
    name: str
    sheets: tuple


@dataclass(eq=False)
class OnlyHeadings(TableError):
    code = "only_headings"
    row: int


@dataclass(eq=False)
class UnknownColumn(TableError):
    """A correction names a column that the file has not."""

    code = "unknown_column"
    column: str
    columns: tuple


@dataclass(eq=False)
class UnknownField(TableError):
    """A correction names a field that we have not."""

    code = "unknown_field"
    field: str
    fields: tuple
