"""One row of a result file, cell by cell, before the whole file has been looked at."""

from dataclasses import dataclass, field, replace

from .racetime import Window
from .ranking import Status
from .tabular import Typed
from .timesheet_cells import Names, birth_year_of, email_of, gender_of, mended, place_of, tidy
from .timesheet_columns import TIME_FIELDS, number_of
from .timesheet_excel import read_cell
from .timesheet_status import CLASSIFIER, not_finished, numbered, read_status
from .timesheet_times import Kind, Reading, read_clock, read_gap

_PLACES = ("place", "class_place", "gender_place")
_TEXTS = ("name", "first_name", "last_name", "race", "race_class", "club")
_SAYS_NOTHING = (Kind.NOTHING, Kind.STATUS)
_FEW_COLUMNS = 4  # below, a name alone in its row may be somebody without a time; from here on it is a title


@dataclass(slots=True)
class Raw:
    """A row: `times` by kind (time, net_time, gross_time), `said` are the statuses found in any of its cells.

    `word` is what stands in the status column, `facts` the rest as a Line has it.
    """

    number: int
    times: dict[str, Reading]
    said: list[Status]
    word: str
    finish: Reading
    gap: Reading
    start_ms: int | None
    facts: dict = field(default_factory=dict)
    is_bib_unknown: bool = False

    @property
    def is_somebody(self):
        facts = self.facts
        is_bib = any(map(str.isdecimal, facts["bib"])) and " " not in facts["bib"]
        has_result = any(reading.kind in (Kind.TIME, Kind.QUESTION) for reading in self.times.values())
        return is_bib or bool(facts["name"] or facts["email"] or facts["guest_key"]) or has_result


class RawReader:
    """Reads lines of a table by the columns of one file."""

    def __init__(self, columns, names: Names, window: Window, *, is_mended: bool):
        self._at, self._names, self._window = {}, names, window
        for column in columns:
            if column.field:
                self._at.setdefault(column.field, []).append(column.index)
        self._is_mended = is_mended

    def read(self, line) -> Raw | None:
        """The row; None when nobody is in it."""
        cells = line.cells
        times, said = self._times(cells)
        word = self._text(cells, "status")
        said += filter(None, (read_status(word), numbered(self._text(cells, "classifier"), CLASSIFIER)))
        said += filter(None, (not_finished(cell) for each in (*_PLACES, "note") for cell in self._cells(cells, each)))
        finish = self._clock(cells, "finish_clock")
        if moment := next((times.pop(kind) for kind in list(times) if times[kind].kind is Kind.CLOCK), None):
            finish = moment if finish.kind is Kind.NOTHING else finish
        start = self._clock(cells, "start_clock")
        raw = Raw(line.number, times, said, word, finish, self._gap(cells), start.ms, self._facts(cells))
        raw.is_bib_unknown = not raw.facts["bib"] and any(
            set(cell.strip()) == {"?"} for cell in self._cells(cells, "bib")
        )
        is_title = len(self._at) >= _FEW_COLUMNS and sum(map(bool, map(str.strip, cells))) == 1
        return raw if raw.is_somebody and not (is_title and not raw.facts["bib"].isdecimal()) else None

    def _cells(self, cells, name):
        return [cells[index] for index in self._at.get(name, ()) if index < len(cells) and cells[index].strip()]

    def _text(self, cells, name):
        text = next(filter(None, map(tidy, self._cells(cells, name))), "")
        return mended(text) if self._is_mended else text

    def _times(self, cells):
        """({kind of time: reading}, statuses written where a time should be)."""
        times, said = {}, []
        for name in ("time_ms", *TIME_FIELDS[:-1]):
            for cell in self._cells(cells, name):
                reading = _milliseconds(cell) if name == "time_ms" else read_cell(cell, self._window)
                if reading.kind is Kind.STATUS:
                    said.append(reading.status)
                if reading.kind not in _SAYS_NOTHING:
                    times.setdefault("time" if name == "time_ms" else name, reading)
        return times, said

    def _clock(self, cells, name):
        return next((read_clock(cell) for cell in self._cells(cells, name)), Reading(Kind.NOTHING, ""))

    def _gap(self, cells):
        """The gap; of a workbook's own kind, in the notation its times have."""
        for cell in self._cells(cells, "gap"):
            reading = read_cell(cell, self._window) if isinstance(cell, Typed) else read_gap(cell)
            if reading.kind is not Kind.NOTHING:
                return reading
        return Reading(Kind.NOTHING, "")

    def _facts(self, cells):
        text = {
            name: self._text(cells, name) for name in ("name", "first_name", "last_name", "race", "race_class", "club")
        }
        name, bib = self._names.read(text["name"], text["first_name"], text["last_name"])
        places = {each: place_of(self._text(cells, each)) for each in _PLACES}
        return {
            "bib": number_of(self._text(cells, "bib")) or bib,
            "name": name,
            "email": email_of(self._text(cells, "email")),
            "guest_key": self._text(cells, "guest_key").casefold(),
            "race": text["race"],
            "race_class": text["race_class"],
            "club": text["club"],
            "gender": gender_of(self._text(cells, "gender")),
            "birth_year": birth_year_of(self._text(cells, "birth_year")),
            "source_place": places["place"],
            "class_place": places["class_place"],
            "gender_place": places["gender_place"],
        }


def _milliseconds(cell):
    """A cell of a column of milliseconds, where nought and less are no time."""
    digits = cell.strip().removesuffix(".0")
    if not digits.removeprefix("-").isdecimal() or len(digits) > 12:
        return read_cell(cell)
    text = digits.removeprefix("-")
    is_time = digits == text and int(text) > 0
    return Reading(Kind.TIME, digits, ms=int(text), decimals=3) if is_time else Reading(Kind.NOTHING, digits)


def settled(raw: Raw, notation) -> Raw:
    """The row, the doubts of its times resolved as the file's notation resolves them."""
    times = {name: notation.settled(reading) for name, reading in raw.times.items()}
    return replace(raw, times=times, gap=notation.settled(raw.gap))
