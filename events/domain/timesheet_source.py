"""The bytes of any result file as a table, be it text, a workbook, JSON or XML. The content decides, not the name."""

import re
from dataclasses import replace
from itertools import islice

from .tabular import FileIsEmpty, FileIsTooBig, Limits, Line, NotATable, Table, TooManyRows, open_table
from .timesheet_json import rows_of_json
from .timesheet_xml import rows_of_xml

LIMITS = Limits(max_columns=400)  # orienteering has a column for each control
_MARKS = {b"{": "json", b"[": "json", b"<": "xml"}
_AFTER_BRACKET = (b"{", b"[", b'"', b"]", *(bytes([digit]) for digit in b"0123456789"))
_SPACED = re.compile(r"(?:#?\d{1,6}|\?+)[.:]?\s+\S.{0,39}")
_LOOKED_AT = 50
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def open_source(data: bytes, *, sheet: str | None = None, limits: Limits | None = None) -> Table:
    """The table; raises a TableError that says what the file is instead, or what is too much about it."""
    limits = limits or LIMITS
    if len(data) > limits.max_bytes:
        raise FileIsTooBig(len(data), limits.max_bytes)
    if data[8:12] == b".FIT":
        raise NotATable("track")
    kind = _kind(data)
    if kind == "json":
        return _table(kind, rows_of_json(data, limits.max_columns), limits)
    if kind == "xml":
        return _table(kind, rows_of_xml(data, limits.max_rows), limits)
    return _cut_at_spaces(open_table(data, sheet=sheet, limits=limits))


def _cut_at_spaces(table):
    """A list typed on a phone, "12 31:24" a line, as two columns."""
    head = list(islice(table, _LOOKED_AT))
    if table.kind != "text" or sum(_is_spaced(line.cells) for line in head) < len(head) * 0.8:
        return table

    def read():
        for number, cells in table.read():
            yield Line(number, cells[0].split(maxsplit=1) if _is_spaced(cells) else cells)

    return replace(table, read=read)


def _is_spaced(cells):
    return len(cells) == 1 and bool(_SPACED.fullmatch(cells[0].strip()))


def _kind(data):
    head = data[:200]
    if head.startswith(_UTF16):
        head = head[2:].replace(b"\0", b"")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    lowered = head.lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<table", b"<head")):
        return "html"  # which open_table refuses
    if head.startswith(b"[") and head[1:].lstrip()[:1] not in _AFTER_BRACKET:
        return ""  # "[Results]" is a title
    return _MARKS.get(head[:1], "")


def _table(kind, rows, limits):
    if len(rows) - 1 > limits.max_rows:
        raise TooManyRows(limits.max_rows)
    lines = [Line(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    if not lines:
        raise FileIsEmpty()
    return Table(kind, lambda: iter(lines), limits)
