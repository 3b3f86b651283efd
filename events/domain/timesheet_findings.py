"""What only a whole file can tell: how its times are written, which are official, which race. Asked once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .racetime import HOUR, Window
from .timesheet_excel import weigh
from .timesheet_times import DAY, Doubt, Kind, Reading


class Topic(StrEnum):
    """What was found. The first of the choices is our proposal, and counts until somebody has answered."""

    COMMA = "comma"  # "12,34": clock (12 min 34 s) or decimal (12.34 minutes)
    BARE = "bare"  # "12" in most cells: minutes or seconds
    DOTS = "dots"  # "07.54.23": minutes (with hundredths) or hours
    THOUSANDTHS = "thousandths"  # "734700": milliseconds or seconds
    HUNDREDTHS = "hundredths"  # "73470": hundredths or seconds
    EXCEL = (
        "excel"  # read as hours and minutes by Excel: minutes or hours; facts also as_minutes, as_hours: cells likely
    )
    DAY_MONTH = "day_month"  # "12.10" that Excel took for a date: clock (12 min 10 s) or nothing
    CLOCKS = "clocks"  # most times look like times of day: clock or time
    OFFICIAL = "official"  # two kinds of time that differ: time, net_time, gross_time; facts: differing (rows)
    RACE = "race"  # several races in one file: their names; facts: counts {name: lines}
    TWICE_ENCODED = "twice_encoded"  # "BjÃ¸rn": mended or as_written


@dataclass(frozen=True, slots=True)
class Finding:
    """`is_asked` until a person has chosen, where we cannot be certain; else it is only told.

    Facts: count (cells), text (one of them as written), readings {choice: ms} of that one.
    """

    topic: Topic
    choices: tuple[str, ...]
    chosen: str
    is_asked: bool
    facts: Mapping = field(default_factory=dict)


def finding(topic, choices, answers, *, is_certain=False, **facts):
    """The finding with the answer there is, else our proposal; an answer that is no choice is none."""
    answer = answers.get(topic)
    has_answer = answer in choices
    chosen = answer if has_answer else choices[0]
    return Finding(topic, tuple(choices), chosen, not (is_certain or has_answer), facts)


_CHOICES = {  # how the readings of a doubt, the longer one first, are chosen between
    Doubt.COMMA: ("clock", "decimal"),
    Doubt.BARE: ("minutes", "seconds"),
    Doubt.DOTS: ("hours", "minutes"),
    Doubt.THOUSANDTHS: ("seconds", "milliseconds"),
    Doubt.HUNDREDTHS: ("seconds", "hundredths"),
    Doubt.EXCEL: ("hours", "minutes"),
    Doubt.DAY_MONTH: ("clock", "nothing"),
}
_PROPOSED = {Doubt.DOTS: "minutes", Doubt.THOUSANDTHS: "milliseconds", Doubt.HUNDREDTHS: "hundredths"}
_MOST = 0.5


class Notation:
    """How the doubtful cells among all times of a file are to be read."""

    def __init__(self, readings: Iterable[Reading], window: Window, answers: Mapping[Topic, str]):
        self.findings, self._chosen = [], {}
        readings = [reading for reading in readings if reading.kind is not Kind.NOTHING]
        self._has_hundredths = any(reading.doubt is Doubt.HUNDREDTHS for reading in readings)
        readings = list(map(self._in_parts, readings))
        self._counts = Counter(reading.doubt for reading in readings if reading.doubt)
        self._has_commas = any(r.doubt is Doubt.COMMA and len(_fraction(r.text)) == 2 for r in readings)
        for doubt in _CHOICES:
            cells = [reading for reading in readings if reading.doubt is doubt]
            if cells and self._is_of_column(doubt, len(readings)):
                self._settle(doubt, cells, window, answers)

    def _in_parts(self, reading):
        """Where one cell can only be hundredths, none is thousandths: the slowest would become the fastest."""
        if reading.doubt is not Doubt.THOUSANDTHS or not self._has_hundredths:
            return reading
        shorter, longer = sorted(reading.readings)
        return replace(reading, readings=(shorter * 10, longer), doubt=Doubt.HUNDREDTHS)

    def _is_of_column(self, doubt, count):
        """A bare number or two among other times is a question of its row."""
        if doubt is Doubt.BARE:
            return not self._has_commas and self._counts[doubt] > count * _MOST
        return doubt is not Doubt.COMMA or self._has_commas or self._counts[doubt] > count * _MOST

    def _settle(self, doubt, cells, window, answers):
        facts, is_certain, proposed = {}, False, _PROPOSED.get(doubt, _CHOICES[doubt][0])
        if doubt is Doubt.EXCEL:
            weighed = weigh(cells, window)
            proposed, is_certain = "minutes" if weighed.are_minutes else "hours", weighed.is_certain
            facts = {"as_minutes": weighed.as_minutes, "as_hours": weighed.as_hours}
        elif doubt is Doubt.COMMA and any(len(cell.readings) == 1 for cell in cells):
            proposed = "decimal"  # "12,75" has no other meaning
        choices = sorted(_CHOICES[doubt], key=lambda choice: choice != proposed)
        example = max(cells[:50], key=lambda cell: len(cell.readings))
        readings = {choice: _chosen(example, doubt, choice) for choice in choices}
        readings = {choice: ms for choice, ms in readings.items() if ms is not None}
        found = finding(
            Topic(doubt), choices, answers, is_certain=is_certain, count=len(cells), text=example.text,
            readings=readings, **facts,
        )  # fmt: skip
        self._chosen[doubt] = found.chosen
        self.findings.append(found)

    def settled(self, reading: Reading) -> Reading:
        """The reading, its doubt resolved where the column resolves it."""
        reading = self._in_parts(reading)
        if reading.doubt is Doubt.BARE and self._has_commas and not _fraction(reading.text):
            return reading.as_time(max(reading.readings))  # a workbook writes 12,00 as 12
        if reading.doubt not in self._chosen:
            return reading
        milliseconds = _chosen(reading, reading.doubt, self._chosen[reading.doubt])
        return reading if milliseconds is None else reading.as_time(milliseconds)


def _fraction(text):
    return text.replace(".", ",").partition(",")[2]


def _chosen(reading, doubt, choice):
    """The milliseconds of a choice; None when this cell cannot be read so."""
    place = _CHOICES[doubt].index(choice)
    if doubt is Doubt.COMMA and len(reading.readings) == 1:
        return reading.readings[0] if choice == "decimal" else None
    ordered = sorted(reading.readings, reverse=True)
    return ordered[place] if place < len(ordered) else None


def clocks(readings, window, answers):
    """The finding that nine times in ten look like times of day, or None."""
    times = [reading for reading in readings if reading.kind is Kind.TIME]
    late = [r for r in times if r.ms > max(window.longest_ms, 5 * HOUR) and r.ms < DAY and r.text.count(":") == 2]
    if len(late) < 2 or len(late) < len(times) * 0.9:
        return None
    return finding(Topic.CLOCKS, ("clock", "time"), answers, count=len(late), text=late[0].text, readings={})


def official(rows, answers):
    """(fields of the official time, first choice first; the finding or None) of rows {field: reading}."""
    kinds = ("time", "gross_time", "net_time")
    has = [kind for kind in kinds if any(kind in row for row in rows)]
    if len(has) < 2:
        return (*has, "time")[:1], None
    if len(has) == 3:
        return kinds, None
    differing = sum(1 for row in rows if len({row[kind].ms for kind in has if kind in row}) > 1)
    if not differing:
        return tuple(has), None
    found = finding(Topic.OFFICIAL, tuple(has), answers, count=len(rows), differing=differing)
    return (found.chosen, *(kind for kind in has if kind != found.chosen)), found
