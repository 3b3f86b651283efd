"""What may be handed to openpyxl: a zip that is a workbook, and no bomb. openpyxl itself bounds nothing."""

import zipfile
from contextlib import contextmanager
from io import BytesIO
from xml.parsers import expat

from events.domain.tabular_base import FileIsTooBig, NotATable, TableError

_CHUNK_BYTES = 64 * 1024
_FOREIGN_PARTS = (
    ("mimetype", "ods"),
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "archive"),
    ("xl/workbook.bin", "xlsb"),
)
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"  # where openpyxl sees no rows
_ROW_DEPTH = 3  # worksheet, sheetData, row
_MOST_IN_ROW = 100_000  # elements: six for each of a sheet's 16,384 cells
_MOST_ELSEWHERE = 1_200_000  # elements: all 1,048,576 rows of a sheet, or half as many shared texts
_STYLES, _MOST_STYLES = "xl/styles.xml", 250_000  # a kilobyte each, once read; Excel knows 65,490 cell formats


@contextmanager
def damage_noticed():
    """Zip, XML and openpyxl complain with any class of exception; to a person the file is damaged."""
    try:
        yield
    except TableError:
        raise
    except Exception as error:
        raise NotATable("damaged") from error


def check_zip(data, limit_bytes):
    """Raises what is wrong with a zip that should be a workbook of at most `limit_bytes` when unpacked."""
    with damage_noticed(), zipfile.ZipFile(BytesIO(data)) as archive:
        _refuse_foreign(frozenset(archive.namelist()))
        # zipfile never unpacks more of a part than its declared size, so these may lie only downwards.
        size_bytes = sum(part.file_size for part in archive.infolist())
        if size_bytes > limit_bytes:
            raise FileIsTooBig(size_bytes, limit_bytes, is_unpacked=True)
        for part in archive.infolist():
            _check_part(archive, part)


def _refuse_foreign(names):
    for mark, kind in _FOREIGN_PARTS:
        if mark in names:
            raise NotATable(kind)
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        raise NotATable("numbers")
    if "[Content_Types].xml" not in names:
        raise NotATable("archive")


def _check_part(archive, part):
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotATable("damaged")
    gate = _Gate(_MOST_STYLES if part.filename == _STYLES else _MOST_ELSEWHERE)
    with archive.open(part) as source:
        try:
            while chunk := source.read(_CHUNK_BYTES):
                gate.parser.Parse(chunk)
        except expat.ExpatError:
            pass  # a picture, or XML that openpyxl will stop at in the same place


class _Gate:
    """Stops XML that would cost far more memory as a tree than as bytes: a whole row is held at a time."""

    def __init__(self, most_elsewhere):
        self._most_elsewhere = most_elsewhere
        self._depth = self._elsewhere = self._in_row = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, _name, attributes):
        if not self._depth and _STRICT in attributes.values():
            raise NotATable("strict")
        self._depth += 1
        if self._depth <= _ROW_DEPTH:
            self._elsewhere, self._in_row = self._elsewhere + 1, 0
        else:
            self._in_row += 1
        if self._elsewhere > self._most_elsewhere or self._in_row > _MOST_IN_ROW:
            self._refuse()

    def _end(self, _name):
        self._depth -= 1

    def _refuse(self, *_):
        # Office writes no document type; entities are how XML is made to explode.
        raise NotATable("damaged")
