"""XLSX as a stream of rows, through openpyxl.

Merged cells are as they are stored: the value in the first, nothing in the others.
"""

import warnings
from io import BytesIO

from openpyxl import load_workbook

from events.domain.tabular_base import LAST_ROW, Line, NoSuchSheet, NotATable, TooManyColumns
from events.domain.tabular_cells import shown
from events.domain.tabular_zip import check_zip, damage_noticed

# Its warnings tell of lost formatting, which is nothing to us, and hold values of cells, which no log may.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


class Workbook:
    """The sheets of one XLSX file that unpacks to no more than `limits.max_unpacked_bytes`."""

    def __init__(self, data, limits):
        self._max_columns = limits.max_columns
        check_zip(data, limits.max_unpacked_bytes)
        with damage_noticed():
            # openpyxl tells either what was last computed or the formula, so the file is read twice, side by side.
            self._values = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            self._formulas = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        if not self._values.worksheets:
            raise NotATable("damaged")

    def choose(self, name):
        """The sheet called `name`, else the first that is visible, else the first; and the others' names."""
        sheets = self._values.worksheets
        names = tuple(sheet.title for sheet in sheets)
        if name is None:
            chosen = next((sheet.title for sheet in sheets if sheet.sheet_state == "visible"), names[0])
        else:
            chosen = _called(name, names)
        return chosen, tuple(title for title in names if title != chosen)

    def rows(self, sheet):
        """Lines of a sheet, blank ones left out."""
        with damage_noticed():
            for number, (values, formulas) in enumerate(self._side_by_side(sheet), 1):
                if number > LAST_ROW:
                    raise NotATable("damaged")
                if not values:
                    continue
                cells = [shown(*pair) for pair in zip(values, formulas, strict=True)]
                while cells and not _says_something(cells[-1]):
                    cells.pop()
                if len(cells) > self._max_columns:
                    raise TooManyColumns(self._max_columns, number)
                if cells:
                    yield Line(number, cells)

    def _side_by_side(self, title):
        sheets = self._values[title], self._formulas[title]
        for sheet in sheets:
            sheet.reset_dimensions()  # a claim of the file, often too wide or wrong
        return zip(*(sheet.iter_rows() for sheet in sheets), strict=True)


def _called(name, names):
    wanted = name.strip().casefold()
    alike = (title for title in names if title.strip().casefold() == wanted)
    chosen = name if name in names else next(alike, None)
    if chosen is None:
        raise NoSuchSheet(name, names)
    return chosen


def _says_something(cell):
    return cell.strip() or hasattr(cell, "formula")
