"""Results in the XML of the orienteering federation (IOF), versions 2 and 3, as headings and rows.

Expat reads it without entities of its own and without looking outside; a document type is only a name to it.
"""

from xml.parsers import expat

from .tabular import NotATable, TooManyRows

_RUNNERS = frozenset(("PersonResult", "TeamMemberResult"))
_TRACKS = frozenset(("gpx", "TrainingCenterDatabase"))
_DEEPEST, _LONGEST = 40, 2000
_HEADINGS = {  # the ends of the paths that matter, below a runner
    ("Result", "BibNumber"): "Startnr",
    ("BibNumber",): "Startnr",
    ("Name", "Given"): "Fornavn",
    ("PersonName", "Given"): "Fornavn",
    ("Name", "Family"): "Etternavn",
    ("PersonName", "Family"): "Etternavn",
    ("Organisation", "Name"): "Klubb",
    ("Club", "Name"): "Klubb",
    ("Club", "ShortName"): "Klubb",
    ("Person", "BirthDate"): "Fødselsdato",
    ("BirthDate", "Date"): "Fødselsdato",
    ("Result", "Time"): "Tid",
    ("Result", "Status"): "Status",
    ("Result", "Position"): "Klasseplass",
    ("Result", "ResultPosition"): "Klasseplass",
    ("Result", "TimeBehind"): "Diff",
    ("Result", "StartTime"): "Starttid",
    ("Result", "FinishTime"): "Målpassering",
    ("StartTime", "Clock"): "Starttid",
    ("FinishTime", "Clock"): "Målpassering",
}
_COLUMNS = ("Klasse", "Kjønn", *dict.fromkeys(_HEADINGS.values()))
_CLASS_NAMES = (("Class", "Name"), ("ClassResult", "ClassShortName"), ("ClassResult", "EventClass"))


def rows_of_xml(data: bytes, most_rows: int = 20_000) -> list[list[str]]:
    """A row of headings and the rows below it. Raises NotATable: html, track, xml (something else), damaged."""
    reader = _Reader(most_rows)
    try:
        reader.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise NotATable("damaged" if reader.rows else reader.kind) from error
    if len(reader.rows) < 1:
        raise NotATable(reader.kind)
    return [list(_COLUMNS), *([row.get(column, "") for column in _COLUMNS] for row in reader.rows)]


class _Reader:
    """Gathers runners while expat walks through; version 3 has seconds where version 2 has a clock."""

    def __init__(self, most_rows):
        self.rows, self.kind = [], "xml"
        self._most_rows, self._path, self._text = most_rows, [], []
        self._runner, self._class, self._has_seconds = None, "", False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, name, attributes):
        name = name.rpartition(":")[2]
        if not self._path:
            self._begin(name, attributes)
        if len(self._path) > _DEEPEST:
            self._refuse()
        self._path.append(name)
        self._text.clear()
        if name in _RUNNERS:
            self._runner = {"Klasse": self._class}
        elif name == "ClassResult":
            self._class = ""
        elif self._runner is not None:
            self._take_attributes(name, attributes)

    def _begin(self, name, attributes):
        lowered = name.casefold()
        self.kind = "html" if lowered == "html" else "track" if name in _TRACKS else "xml"
        self._has_seconds = attributes.get("iofVersion", "").startswith("3")

    def _take_attributes(self, name, attributes):
        if name == "Person" and "sex" in attributes:
            self._runner["Kjønn"] = attributes["sex"][:10]
        if name == "CompetitorStatus":
            self._runner["Status"] = attributes.get("value", "")[:_LONGEST]

    def _end(self, _name):
        name = self._path.pop()
        text = "".join(self._text).strip()[:_LONGEST]
        self._text.clear()
        end = (self._path[-1] if self._path else "", name)
        if self._runner is None:
            if end in _CLASS_NAMES and text and not self._class:
                self._class = text
        elif name in _RUNNERS:
            self._finish()
        elif text and (heading := _HEADINGS.get(end) or _HEADINGS.get((name,))):
            is_seconds = self._has_seconds and heading in ("Tid", "Diff")
            self._runner.setdefault(heading, f"PT{text}S" if is_seconds and heading == "Tid" else text)

    def _finish(self):
        self.rows.append(self._runner)
        self._runner = None
        if len(self.rows) > self._most_rows:
            raise TooManyRows(self._most_rows)

    def _refuse(self, *_):
        raise NotATable("damaged")
