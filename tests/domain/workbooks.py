"""Workbooks for tests: through openpyxl, or by hand where openpyxl cannot write what others do."""

import zipfile
from io import BytesIO

from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def xlsx(rows, **sheets):
    """Bytes of a workbook with the sheet "Ark1", and more sheets by name."""
    book = Workbook()
    book.active.title = "Ark1"
    for row in rows:
        book.active.append(row)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    return saved(book)


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def raw_xlsx(sheet_data, *, strings="", styles="", before="", after="", prefix="", head="", namespace=MAIN):
    """A workbook with one hand-written sheet; `sheet_data` is what stands between <sheetData> and its end."""
    p = f"{prefix}:" if prefix else ""
    xmlns = f'xmlns:{prefix}="{namespace}"' if prefix else f'xmlns="{namespace}"'
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<{p}workbook {xmlns} xmlns:r="{DOCUMENT}">{head}<{p}sheets>'
        f'<{p}sheet name="Ark1" sheetId="1" r:id="rId0"/></{p}sheets></{p}workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f"<{p}worksheet {xmlns}>{before}<{p}sheetData>{sheet_data}</{p}sheetData>"
        f"{after}</{p}worksheet>",
    }
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{namespace}">{styles}</styleSheet>'
    return zipped(parts)


def relations(*pairs):
    lines = (
        f'<Relationship Id="rId{number}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs)
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def content_types():
    kinds = {"workbook": "sheet.main", "sharedStrings": "sharedStrings"}
    lines = (
        f'<Override PartName="/xl/{part}.xml" ContentType="{SPREADSHEET}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    return f'<Types xmlns="{TYPES}">{"".join(lines)}</Types>'


def zipped(parts):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def text_cell(reference, text):
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'
