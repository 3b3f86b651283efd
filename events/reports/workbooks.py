"""Workbooks: the .xlsx of a table, through openpyxl."""

import re
from io import BytesIO
from itertools import chain

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

# Characters that XML 1.0 §2.2 does not allow, and so no XLSX.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def filled(headings, rows, title):
    """The whole file as bytes; every cell is text, so nothing runs and no number loses its zeros."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for row in chain([headings], rows):
        sheet.append([_text(sheet, cell) for cell in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _text(sheet, text):
    text = NOT_IN_XML.sub("", text)
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell
