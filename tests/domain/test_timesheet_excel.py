"""What workbooks make of race times: the cells are written by openpyxl and read as a file is."""

import datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from events.domain.tabular import open_table
from events.domain.timesheet_excel import read_cell, weigh
from events.domain.timesheet_times import Doubt, Kind, Window
from tests.domain.test_timesheet_times import at
from tests.domain.workbooks import raw_xlsx, saved

EXCEL, HOUR = Doubt.EXCEL, 60 * 60_000
CELLS = {  # what is typed or stored: (value, number format, doubt, readings)
    "12:34 in h:mm": (datetime.time(12, 34), "h:mm", EXCEL, (at(12, 34), at(34, hours=12))),
    "25:12 by default": (datetime.timedelta(days=1, seconds=4320), "[h]:mm:ss", EXCEL, (at(25, 12), at(12, hours=25))),
    "25:12 in a column of h:mm": (1.05, "h:mm", EXCEL, (at(25, 12), at(12, hours=25))),
    "61:05 in a column of h:mm": (2 + 13 / 24 + 5 / 1440, "h:mm", EXCEL, (at(61, 5), at(5, hours=61))),
    "12:34.5 as it should be": ((12 * 60 + 34.5) / 86400, "mm:ss.0", EXCEL, (at(12, 34, 500), at(0, 12, 575))),
    "12:34 without a format": (754 / 86400, "General", EXCEL, (at(12, 34), at(0, 12, 567))),
    "12,34 in a Norwegian Excel": (12.34, "General", Doubt.COMMA, (at(12, 34), at(12, 20, 400))),
    "12,30 in a Norwegian Excel": (12.3, "0.00", Doubt.COMMA, (at(12, 30), at(12, 18))),
    "12.10 in a Norwegian Excel": (datetime.datetime(2026, 10, 12), "dd.mm", Doubt.DAY_MONTH, (at(12, 10),)),
    "12,00 in a Norwegian Excel": (12, "0.00", Doubt.BARE, (at(12), at(0, 12))),
}
SURE = {
    "text": ("12.34", "General", Kind.TIME, at(12, 34)),
    "seconds": (754, "General", Kind.TIME, at(12, 34)),
    "seconds and tenths": (754.5, "General", Kind.TIME, at(12, 34, 500)),
    "nought": (datetime.time(0, 0), "h:mm", Kind.NOTHING, None),
    "a nought that is a number": (0, "General", Kind.NOTHING, None),
    "a moment": (datetime.datetime(2026, 9, 25, 15, 10, 41), "yyyy-mm-dd hh:mm:ss", Kind.CLOCK, at(10, 41, hours=15)),
    "less than nothing": (datetime.timedelta(seconds=-5), "[h]:mm:ss", Kind.REFUSED, None),
}  # fmt: skip


def cell_of(value, number_format="General"):
    book = Workbook()
    cell = book.active.cell(1, 1, value)
    cell.number_format = number_format
    return next(iter(open_table(saved(book)))).cells[0]


@pytest.mark.parametrize("case", CELLS)
def test_value_of_a_workbook_is_a_question_to_its_column(case):
    value, number_format, doubt, readings = CELLS[case]

    reading = read_cell(cell_of(value, number_format))

    assert (reading.kind, reading.doubt, reading.readings) == (Kind.QUESTION, doubt, readings)


@pytest.mark.parametrize("case", SURE)
def test_value_of_a_workbook_is_read_when_it_has_one_meaning(case):
    value, number_format, kind, milliseconds = SURE[case]

    reading = read_cell(cell_of(value, number_format))

    assert (reading.kind, reading.ms) == (kind, milliseconds)


def test_long_time_is_read_when_the_workbook_counts_from_1904():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    cell = book.active.cell(1, 1, 1.05)
    cell.number_format = "h:mm"

    reading = read_cell(next(iter(open_table(saved(book)))).cells[0])

    assert reading.readings == (at(25, 12), at(12, hours=25))


def test_formula_is_refused_when_nobody_has_computed_it():
    book = raw_xlsx('<row r="1"><c r="A1"><f>C1-B1</f></c></row>')

    reading = read_cell(next(iter(open_table(book))).cells[0])

    assert (reading.kind, reading.text) == (Kind.REFUSED, "=C1-B1")


def weighed(*texts, window=None):
    return weigh(
        [read_cell(cell_of(datetime.timedelta(seconds=seconds), "h:mm")) for seconds in texts], window or Window()
    )


def test_column_is_minutes_when_nine_in_ten_are_likely_so_and_not_as_hours():
    hypotheses = weighed(*[HOUR // 1000 * hours for hours in range(7, 16)], 3 * HOUR // 1000)

    assert (hypotheses.cells, hypotheses.as_minutes, hypotheses.as_hours) == (10, 9, 0)
    assert hypotheses.are_minutes
    assert hypotheses.is_certain


def test_column_is_hours_when_it_is_likely_as_it_is_stored():
    hypotheses = weighed(754, 802, 1100)

    assert not hypotheses.are_minutes
    assert hypotheses.is_certain


@pytest.mark.parametrize(
    ("seconds", "window"),
    [
        ((12 * 3600, 20 * 3600), Window(at(5), at(0, hours=24))),  # a night's march: both
        ((754, 802, 12 * 3600, 13 * 3600), Window()),  # half and half: neither
        ((*(hours * 3600 for hours in range(7, 15)), 754, 802), Window()),  # eight in ten are too few
    ],
)
def test_column_is_asked_about_when_both_or_neither_fit(seconds, window):
    assert not weighed(*seconds, window=window).is_certain
