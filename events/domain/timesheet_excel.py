"""What a workbook makes of race times, and the way back (measured with openpyxl).

"12:34" typed into Excel is 12 hours and 34 minutes, "25:12" a day and more, "12.10" in a Norwegian Excel the 12th of
October, "12,34" a number. Whether a column holds minutes or hours is asked of the whole column, never of one cell.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal

from .cells import shown
from .racetime import MINUTE, SECOND, Window
from .timesheet_times import DAY, Doubt, Kind, Reading, read_clock, read_time

_EPOCHS = {1900: datetime(1899, 12, 31), 1904: datetime(1904, 1, 1)}  # noqa: DTZ001  a workbook knows no time zones
_LAST_YEAR_OF_DURATIONS = 1905
_CERTAIN = Decimal("0.9")


def read_cell(cell: str, window: Window | None = None) -> Reading:
    """The reading of a cell of a time column, be it text or a workbook's own value."""
    window = window or Window()
    value = getattr(cell, "value", None)
    formula = getattr(cell, "formula", "")
    if formula and not cell:
        return Reading(Kind.REFUSED, shown(formula))
    if isinstance(value, datetime) and value.year > _LAST_YEAR_OF_DURATIONS:
        return _of_date(value, cell)
    if isinstance(value, time | timedelta | datetime):
        return _of_duration(_stored_ms(value), cell, window)
    if isinstance(value, float):
        return _of_number(Decimal(repr(value)), cell, window)
    return read_time(cell, window)


def _stored_ms(value):
    """The value as a duration in milliseconds, as the workbook has it."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    elif isinstance(value, datetime):
        value -= _EPOCHS[1904 if value.year >= 1904 else 1900]
    return _whole(Decimal(value // timedelta(microseconds=1)) / 1000)


def _whole(milliseconds):
    """Up to the next millisecond, less what a binary fraction of a day may be off."""
    return int((milliseconds - Decimal("0.01")).to_integral_value(ROUND_CEILING))


def _of_duration(stored, cell, window):
    text = shown(cell)
    if stored == 0:
        return Reading(Kind.NOTHING, text)
    if stored < 0:
        return Reading(Kind.REFUSED, text)
    readings = sorted((-(-stored // 60), stored), key=lambda each: each not in window)
    decimals = len(f"{stored % SECOND:03}".rstrip("0"))
    return Reading(Kind.QUESTION, text, decimals=decimals, readings=tuple(readings), doubt=Doubt.EXCEL)


def _of_date(value, cell):
    """A day is a time with its dot taken for a date; a moment is a time of day."""
    if value.time() != time():
        return read_clock(str(cell))
    milliseconds = value.day * MINUTE + value.month * SECOND
    return Reading(Kind.QUESTION, f"{value.day}.{value.month:02}", readings=(milliseconds,), doubt=Doubt.DAY_MONTH)


def _of_number(number, cell, window):
    """Below one it is a part of a day; else as it was typed, with the comma that made it a number."""
    if not number.is_finite():
        return Reading(Kind.REFUSED, shown(cell))
    if 0 < number < 1:
        return _of_duration(_whole(number * DAY), cell, window)
    return replace(read_time(f"{number:f}".replace(".", ","), window), text=shown(cell))


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """How many cells of a column are within the window as minutes, and as the hours that are stored."""

    cells: int
    as_minutes: int
    as_hours: int

    @property
    def are_minutes(self) -> bool:
        return self.as_minutes > self.as_hours

    @property
    def is_certain(self) -> bool:
        """One of them fits nine cells in ten, and the other does not."""
        fit = [count >= self.cells * _CERTAIN for count in (self.as_minutes, self.as_hours)]
        return fit[0] is not fit[1]


def weigh(readings: Iterable[Reading], window: Window) -> Hypotheses:
    """The hypotheses about a whole column, of its cells in doubt for that reason."""
    asked = [reading.readings for reading in readings if reading.doubt is Doubt.EXCEL]
    return Hypotheses(
        len(asked), sum(min(each) in window for each in asked), sum(max(each) in window for each in asked)
    )
