"""XLSX (ECMA-376 part 1, SpreadsheetML) as a stream of rows.

Read with expat rather than with openpyxl, whose reader pads claimed dimensions, stumbles over foreign style
sheets, knows nothing of strict files, and shows either a formula or its value, never both; one pass here
gives both, and merged cells too.
"""

import zipfile
from io import BytesIO
from posixpath import dirname, join, normpath

from events.domain.tabular_base import NoSuchSheet, NotATable
from events.domain.tabular_numbers import EPOCH_1900, EPOCH_1904, number_kind
from events.domain.tabular_sheet import Merges, SheetReader, merged_spans
from events.domain.tabular_xml import Budget, Elements, Strings, damage_noticed, local, parse

_CHUNK_BYTES = 64 * 1024
_FOREIGN_PARTS = (
    ("mimetype", "ods"),
    ("word/document.xml", "word"),
    ("ppt/presentation.xml", "archive"),
    ("xl/workbook.bin", "xlsb"),
)


class Workbook:
    """The sheets of one XLSX file; no part may unfold to more than `limits.max_unpacked_bytes`."""

    def __init__(self, data, limits):
        self.limits = limits
        with damage_noticed():
            self._zip = zipfile.ZipFile(BytesIO(data))
            self._names = frozenset(self._zip.namelist())
            self._refuse_foreign()
            self._spans, self._strings, self._kinds = {}, None, None
            self._book_path = self._find_book()
            self._read_book()

    def choose(self, name):
        """The sheet called `name`, else the first that is visible, else the first; and the others' names."""
        names = tuple(title for title, _, _ in self._sheets)
        if name is not None:
            wanted = name.strip().casefold()
            matches = [title for title in names if title == name]
            matches = matches or [title for title in names if title.strip().casefold() == wanted]
            if not matches:
                raise NoSuchSheet(name, names)
            chosen = matches[0]
        else:
            chosen = next((title for title, _, is_visible in self._sheets if is_visible), names[0])
        return chosen, tuple(title for title in names if title != chosen)

    def rows(self, sheet):
        """Lines of a sheet, blank ones left out; a vertically merged cell counts for each row it spans."""
        path = next(path for title, path, _ in self._sheets if title == sheet)
        with damage_noticed():
            self._prepare(path)
            merges = Merges(self._spans[path])
            reader = SheetReader(self._strings, self._kinds, self._epoch, self.limits.max_columns)
            for lines in parse(self._chunks(path, self._budget()), reader):
                yield from map(merges.fill, lines)

    def _prepare(self, path):
        """What a pass needs beforehand, read once: texts and styles of the file, merges of the sheet."""
        if self._strings is None:
            self._strings = self._read_strings()
            self._kinds = self._read_styles()
        if path not in self._spans:
            self._spans[path] = merged_spans(self._chunks(path, self._budget()))

    def _budget(self):
        return Budget(self.limits.max_unpacked_bytes)

    def _chunks(self, path, budget):
        if self._zip.getinfo(path).compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotATable("damaged")
        with self._zip.open(path) as source:
            while chunk := source.read(_CHUNK_BYTES):
                budget.spend(len(chunk))
                yield chunk

    def _elements(self, path):
        """((parent's name, own name), attributes) of each element of a small part, in order."""
        for found in parse(self._chunks(path, self._budget()), Elements()):
            yield from found

    def _refuse_foreign(self):
        """A zip that is something else than XLSX."""
        for mark, kind in _FOREIGN_PARTS:
            if mark in self._names:
                raise NotATable(kind)
        if any(name.startswith("Index/") and name.endswith(".iwa") for name in self._names):
            raise NotATable("numbers")
        if "[Content_Types].xml" not in self._names:
            raise NotATable("archive")

    def _find_book(self):
        relations = self._relations("") if "_rels/.rels" in self._names else {}
        for kind, target in relations.values():
            if kind == "officeDocument" and target in self._names:
                return target
        return "xl/workbook.xml"

    def _relations(self, part):
        """Relation id → (kind, path) of a part of the package (ECMA-376 part 2)."""
        folder = dirname(part)
        path = join(folder, "_rels", part[len(folder) :].strip("/") + ".rels")
        found = {}
        for names, attributes in self._elements(path):
            if names[-1] == "Relationship":
                target = attributes.get("Target", "")
                target = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)
        return found

    def _read_book(self):
        relations = self._relations(self._book_path)
        self._sheets, self._epoch = [], EPOCH_1900
        self._parts = dict(relations.values())
        for names, attributes in self._elements(self._book_path):
            if names[-1] == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self._epoch = EPOCH_1904
            if names[-2:] == ("sheets", "sheet"):
                relation = next((value for key, value in attributes.items() if local[key] == "id"), "")
                kind, path = relations[relation]
                if kind == "worksheet" and path in self._names:
                    is_visible = attributes.get("state", "visible") == "visible"
                    self._sheets.append((attributes.get("name", ""), path, is_visible))
        if not self._sheets:
            raise NotATable("damaged")

    def _read_strings(self):
        path = self._parts.get("sharedStrings")
        if path not in self._names:
            return []
        reader = Strings()
        return [text for texts in parse(self._chunks(path, self._budget()), reader) for text in texts]

    def _read_styles(self):
        """How each cell style shows a number: "date", "duration", a padded width, or plainly (None)."""
        path = self._parts.get("styles")
        if path not in self._names:
            return []
        formats, kinds = {}, []
        for names, attributes in self._elements(path):
            if names[-1] == "numFmt":
                formats[attributes.get("numFmtId")] = attributes.get("formatCode", "")
            elif names[-2:] == ("cellXfs", "xf"):
                number = attributes.get("numFmtId", "0")
                kinds.append(number_kind(int(number), formats.get(number)))
        return kinds
