"""Any file an office has with rows and columns in it, as lines of text cells.

The content decides what a file is, never its name. Row numbers are those a spreadsheet program shows: for
text the record's place in the file (Excel's own `sep=;` line not counted, a line break inside quotes does
not start a new row).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from events.domain import tabular_text
from events.domain.tabular_base import (
    LAST_ROW,
    LONGEST_CELL,
    FileIsEmpty,
    FileIsTooBig,
    Formula,
    Limits,
    Line,
    NoSuchSheet,
    NotATable,
    TableError,
    TooManyColumns,
    TooManyRows,
    Typed,
)

__all__ = [
    "LONGEST_CELL",
    "TITLE_ROWS",
    "FileIsEmpty",
    "FileIsTooBig",
    "Formula",
    "Limits",
    "Line",
    "NoSuchSheet",
    "NotATable",
    "Table",
    "TableError",
    "TooManyColumns",
    "TooManyRows",
    "Typed",
    "open_table",
]

TITLE_ROWS = 20  # rows that may stand above the data: titles, remarks, the heading

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"BEGIN:VCARD", "vcard"),
    (b"\xff\xd8\xff", "picture"),
    (b"\x89PNG", "picture"),
    (b"GIF8", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = (("<?xml", "xml"), ("<!doctype", "html"), ("<html", "html"), ("<table", "html"), ("<head", "html"))
_RESPLIT_LINES = 50


@dataclass(frozen=True)
class Table:
    """A table that can be read again and again, one pass at a time, without holding its rows.

    Iterating gives `Line`s, blank rows left out, and may raise TooManyRows, TooManyColumns, NotATable.
    `sheet` and `other_sheets` are for workbooks, `encoding` and `delimiter` for text.
    """

    kind: str  # "text" or "workbook"
    read: Callable[[], Iterator[Line]]
    limits: Limits
    sheet: str = ""
    other_sheets: tuple = ()
    encoding: str = ""
    delimiter: str = ""

    def __iter__(self):
        for count, line in enumerate(self.read(), 1):
            if count > self.limits.max_rows + TITLE_ROWS:
                raise TooManyRows(self.limits.max_rows)
            yield line


def open_table(data, *, sheet=None, limits=None):
    """The table in the bytes of a file; raises a TableError that says what is wrong."""
    limits = limits or Limits()
    if len(data) > limits.max_bytes:
        raise FileIsTooBig(len(data), limits.max_bytes)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        table = _open_workbook(data, sheet, limits)
    else:
        _refuse_foreign(data)
        table = _open_text(data, sheet, limits)
    head = list(islice(table, _RESPLIT_LINES))
    if not head:
        raise FileIsEmpty(table.sheet, table.other_sheets)
    return _resplit(table, head)


def _open_workbook(data, sheet, limits):
    # openpyxl takes a third of a second and 15 MB to load, which few processes ever need.
    from events.domain.tabular_xlsx import Workbook

    book = Workbook(data, limits)
    chosen, others = book.choose(sheet)
    return Table("workbook", lambda: book.rows(chosen), limits, sheet=chosen, other_sheets=others)


def _open_text(data, sheet, limits):
    text, encoding = tabular_text.decode(data)
    text = text.removesuffix("\x1a")  # the end-of-file mark of DOS
    _refuse_markup(text)
    if not text.strip("\ufeff \t\r\n" + "".join(tabular_text.DELIMITERS)):
        raise FileIsEmpty()
    if sheet is not None:
        raise NoSuchSheet(sheet, ())
    delimiter, start = tabular_text.read_separator_line(text)
    if delimiter:
        width = 0
    else:
        delimiter, width = tabular_text.sniff(text)

    def read():
        return _lines(tabular_text.split(text, delimiter, start, width), limits)

    return Table("text", read, limits, encoding=encoding, delimiter=delimiter)


def _lines(records, limits):
    for number, cells in enumerate(records, 1):
        if number > LAST_ROW:
            raise TooManyRows(limits.max_rows)
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > limits.max_columns:
            raise TooManyColumns(limits.max_columns, number)
        if cells:
            yield Line(number, cells)


def _refuse_foreign(data):
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise NotATable(kind)
    if data.startswith(_OLE):
        raise NotATable(_ole_kind(data))


def _ole_kind(data):
    """Old Office files and encrypted new ones share a container; its directory names the streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "password"
    return "word" if "WordDocument".encode("utf-16-le") in data else "xls"


def _refuse_markup(text):
    head = text[:200].lstrip("\ufeff \t\r\n").lower()
    for mark, kind in _MARKUP:
        if head.startswith(mark):
            raise NotATable("html" if "<html" in text[:2000].lower() else kind)
    sample = text[:4096]
    controls = sum(character < " " and character not in "\t\r\n\v\f" for character in sample)
    if controls > 5 and controls * 20 > len(sample):
        raise NotATable("binary")


def _resplit(table, head):
    """A CSV once opened in the wrong program has all its cells in column A: cut them here."""
    if any(len(line.cells) > 1 for line in head):
        return table
    text = "\n".join(line.cells[0].replace("\n", " ") for line in head)
    delimiter, width = tabular_text.sniff(text)
    if width < 2 or sum(delimiter in line.cells[0] for line in head) < len(head) * 0.8:
        return table

    def read():
        for number, cells in table.read():
            records = tabular_text.split(cells[0], delimiter) if len(cells) == 1 else [cells]
            yield from _renumber(_lines(records, table.limits), number)

    return Table(table.kind, read, table.limits, table.sheet, table.other_sheets, table.encoding, delimiter)


def _renumber(lines, number):
    return (Line(number, line.cells) for line in lines)
