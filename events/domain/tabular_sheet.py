"""One sheet's XML as lines of text cells: formulas, merged cells, numbers and dates as people see them."""

import re

from events.domain.tabular_base import LAST_COLUMN, LAST_ROW, Formula, Line, NotATable, TooManyColumns
from events.domain.tabular_numbers import written
from events.domain.tabular_xml import local, unescape

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")


class SheetReader:
    """Rows of one sheet out of its XML events."""

    def __init__(self, strings, kinds, epoch, max_columns):
        self.done = []
        self._strings, self._kinds, self._epoch, self._max_columns = strings, kinds, epoch, max_columns
        self._number, self._column, self._cells = 0, 0, {}
        self._cell, self._value, self._formula, self._texts = None, None, None, None

    def start(self, name, attributes):
        tag = local[name]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif self._cell is not None and tag in ("v", "f", "t"):
            self._texts = []
        elif tag == "rPh":
            self._texts = None

    def characters(self, text):
        if self._texts is not None:
            self._texts.append(text)

    def end(self, name):
        tag = local[name]
        if self._cell is not None:
            if tag == "c":
                self._end_cell()
            elif self._texts is not None and tag in ("v", "t"):
                self._value = (self._value or "") + "".join(self._texts)
            elif self._texts is not None and tag == "f":
                self._formula = "=" + "".join(self._texts)
            self._texts = None
        elif tag == "row":
            self._end_row()

    def _start_row(self, attributes):
        self._number = int(float(attributes.get("r", self._number + 1)))
        if not 1 <= self._number <= LAST_ROW:
            raise NotATable("damaged")
        self._column, self._cells = 0, {}

    def _start_cell(self, attributes):
        self._cell, self._value, self._formula = attributes, None, None
        reference = attributes.get("r")
        self._column = _column(reference) if reference else self._column + 1
        if self._column > LAST_COLUMN:
            raise NotATable("damaged")

    def _end_cell(self):
        value = self._shown() if self._value is not None else ""
        if self._formula is not None or self._cell.get("t") == "e":
            is_error = self._cell.get("t") == "e"
            value = Formula("" if is_error else value, self._formula or self._value or "=")
        if value or isinstance(value, Formula):
            self._cells[self._column] = value
        self._cell = None

    def _shown(self):
        """A stored value as a person would write it."""
        kind, text = self._cell.get("t", "n"), self._value
        if kind == "s":
            return self._strings[int(text)] if text.strip() else ""
        if kind == "b":
            return "TRUE" if text.strip() in ("1", "true") else "FALSE"
        if kind == "n":
            style = int(self._cell.get("s", 0))
            shown_as = self._kinds[style] if style < len(self._kinds) else None
            return written(text.strip(), shown_as, self._epoch)
        return unescape(text)

    def _end_row(self):
        if not any(cell.strip() or isinstance(cell, Formula) for cell in self._cells.values()):
            return
        width = max(column for column, cell in self._cells.items() if cell or isinstance(cell, Formula))
        if width > self._max_columns:
            raise TooManyColumns(self._max_columns, self._number)
        cells = [self._cells.get(column, "") for column in range(1, width + 1)]
        self.done.append(Line(self._number, cells))


def merged_spans(chunks):
    """{column: [(first row, last row)], last span first} of the vertically merged cells in a sheet's XML."""
    spans, tail = {}, b""
    for chunk in chunks:
        block = tail + chunk
        for left, top, _, bottom in _MERGED.findall(block) if b"mergeCell" in block else ():
            if int(bottom) > int(top):
                spans.setdefault(_column(left.decode() + "1"), set()).add((int(top), int(bottom)))
        tail = block[-200:]
    return {column: sorted(found, reverse=True) for column, found in spans.items()}


class Merges:
    """Fills vertically merged cells: what stands in the uppermost holds for the rows below it."""

    def __init__(self, spans):
        self._spans = {column: list(found) for column, found in spans.items()}
        self._held = {}

    def fill(self, line):
        """The line with the merged values from above; rows come in order, so each span is met once."""
        for column, spans in self._spans.items():
            while spans and spans[-1][1] < line.number:
                spans.pop()
            if not spans or spans[-1][0] > line.number:
                continue
            cell = line.cells[column - 1] if column <= len(line.cells) else ""
            top = spans[-1][0]
            if top == line.number:
                self._held[column] = (top, cell)
            elif not cell and self._held.get(column, ("",))[0] == top:
                line.cells.extend([""] * (column - len(line.cells)))
                line.cells[column - 1] = self._held[column][1]
        return line


def _column(reference):
    """1 for A1, 28 for AB7."""
    match = _REFERENCE.match(reference)
    if not match:
        raise NotATable("damaged")
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return number
