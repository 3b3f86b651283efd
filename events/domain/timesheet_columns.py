"""Which column of a result file holds what. An organiser may say otherwise, for this file and the next like it."""

import re
from dataclasses import dataclass, replace

from .cells import shown
from .headings import Column, heading_key, meaning, meanings_of, spelling
from .names import squeeze
from .tabular import TITLE_ROWS, TableError
from .timesheet_excel import read_cell
from .timesheet_times import Kind
from .timesheet_words import CLOCK_OR_CLASS, FINISH, OE_WORDS, SKIPPED, SOME_NUMBER, WORDS

FIELDS = tuple(field for field in WORDS if field not in (FINISH, CLOCK_OR_CLASS, SOME_NUMBER, SKIPPED))
TIME_FIELDS = ("time", "net_time", "gross_time", "time_ms")
PERSON_FIELDS = ("guest_key", "bib", "name", "last_name", "email")
SAMPLED_ROWS = 60

_MEANINGS = meanings_of(WORDS)
_OE_MEANINGS = {**_MEANINGS, **meanings_of(OE_WORDS)}
_NUMBER = re.compile(r"0*(\d{1,6})\.?")
_BIB_OR_UNKNOWN = re.compile(r"[#?]*|#?\d{1,6}")


@dataclass(eq=False)
class NoTimeHeadings(TableError):
    """No row among the first has headings we know; `cells` is the first row, to choose columns from by letter."""

    code = "no_time_headings"
    row: int
    cells: tuple


@dataclass(eq=False)
class NoTimeColumn(TableError):
    """Headings, but none for a time or a status; `is_start_list` when there are start times: no results yet."""

    code = "no_time_column"
    columns: tuple
    is_start_list: bool


@dataclass(eq=False)
class NoRunnerColumn(TableError):
    """Headings, but none that tells whose time it is: a bib, a name, an address or our own number."""

    code = "no_runner_column"
    columns: tuple


def recognise(headings, mapping=(), rows=()):
    """A `Column` for each heading; `mapping` {heading or column letter: field, "" to ignore} overrules.

    `rows` are the cells of some rows below, for the headings that only they explain.
    """
    chosen = {spelling(heading): field for heading, field in dict(mapping).items()}
    keys = {heading_key(heading) for heading in headings}
    meanings = _OE_MEANINGS if "classifier" in keys else _MEANINGS
    found = [_plain_meaning(heading, meanings) for heading in headings]
    found = [_less_if_numbered(heading, field, found) for heading, field in zip(headings, found, strict=True)]
    settled = [_settled(index, found, rows) for index in range(len(found))]
    return tuple(_column(index, heading, settled[index], chosen) for index, heading in enumerate(headings))


def _plain_meaning(heading, meanings):
    return SOME_NUMBER if heading.strip() == "#" else meaning(heading, meanings)


def _less_if_numbered(heading, field, found):
    """ "Tid 1" is a split where there is another time besides."""
    is_split = field == "time" and heading.strip()[-1:].isdecimal() and found.count("time") > 1
    return "" if is_split else field


def _column(index, heading, field, chosen):
    column = Column(index, squeeze(heading), field, why_ignored="" if field else "not_recognised")
    for key in (spelling(heading), column.letter.casefold()):
        if key and key in chosen:
            return replace(column, field=chosen[key], why_ignored="" if chosen[key] else "chosen")
    return column


def _settled(index, found, rows):
    """The field of a column, those that depend decided by the other columns and the cells."""
    field = found[index]
    cells = [cells[index] for cells in rows if index < len(cells)]
    if field == FINISH:
        has_time = any(other in TIME_FIELDS for other in found)
        return "finish_clock" if has_time or _share(cells, _is_moment) >= 0.5 else "time"
    if field == "time" and found.count("time") > 1 and _share(cells, _is_moment) > 0.5:
        return "finish_clock"
    if field == CLOCK_OR_CLASS:
        return "start_clock" if _share(cells, _is_o_clock) > 0.5 else "race_class"
    if field == SOME_NUMBER:
        return "" if "bib" in found or ("place" not in found and _counts_up(cells)) else "bib"
    return "" if field == SKIPPED else field


def _share(cells, holds):
    """How many of the cells that say something are like this, from 0 to 1."""
    filled = [cell for cell in cells if cell.strip()]
    return sum(map(holds, filled)) / len(filled) if filled else 0


def _is_moment(cell):
    reading = read_cell(cell)
    return reading.kind is Kind.CLOCK or (reading.kind is Kind.TIME and reading.ms > 5 * 60 * 60_000)


def _is_o_clock(cell):
    return bool(re.fullmatch(r"\d{1,2}[:.]?\d\d(?:[:.]\d\d)?", cell.strip()))


def _counts_up(cells):
    """1, 2, 3 … is where a row stands, and no bib."""
    return len(cells) > 2 and [number_of(cell) for cell in cells] == [str(n) for n in range(1, len(cells) + 1)]


def number_of(text: str) -> str:
    """A bib or a place as a number without noughts before it: "007", "7", "7." and "7.0" are the same."""
    text = text.strip().lstrip("#").strip().removesuffix(".0")
    match = _NUMBER.fullmatch(text)
    return str(int(match[1])) if match else squeeze(text).casefold()[:20]


def find_heading_row(lines, mapping=()):
    """The index of the row in which most cells are headings we know, at least two; None when there is none."""
    best, best_count = None, 1
    for index, line in enumerate(lines[:TITLE_ROWS]):
        fields = {column.field for column in recognise(line.cells) if column.field}
        mapped = {spelling(cell) for cell in line.cells} & {spelling(heading) for heading in dict(mapping)}
        if len(fields | mapped) > best_count:
            best, best_count = index, len(fields | mapped)
    return best


def without_headings(lines, mapping=()):
    """The columns of a list without headings: a number or a name, and a time; None when it is not that plain.

    `mapping` {column letter: field} says it where the cells do not.
    """
    columns = lettered(lines, mapping)
    if any(column.field or column.why_ignored == "chosen" for column in columns):
        return columns if any(column.field for column in columns) else None
    width = len(columns)
    fields = _guessed([[line.cells[i] if i < len(line.cells) else "" for line in lines] for i in range(width)])
    return (
        tuple(replace(column, field=field) for column, field in zip(columns, fields, strict=True)) if fields else None
    )


def lettered(lines, mapping=()):
    """A column for each that the lines have, with no more than its letter and what `mapping` says of it."""
    chosen = {spelling(letter): field for letter, field in dict(mapping).items()}
    width = max((len(line.cells) for line in lines), default=0)
    return tuple(_column(index, "", "", chosen) for index in range(width))


def _guessed(columns):
    """The fields of two columns, what follows being remarks; [] when their cells do not tell."""
    fields = ["", ""]
    for place, cells in enumerate(columns[:2]):
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) * 2 < len(cells):
            return []
        if all(_BIB_OR_UNKNOWN.fullmatch(cell.strip()) for cell in filled):
            fields[place] = "bib"
        elif _share(filled, _is_result) > 0.8:
            fields[place] = "time"
        elif _share(filled, lambda cell: cell.strip()[0].isalpha()) > 0.8:
            fields[place] = "name"
    is_plain = len(columns) > 1 and fields.count("time") == 1 and "" not in fields
    return fields + [""] * (len(columns) - 2) if is_plain else []


def _is_result(cell):
    return read_cell(cell).kind not in (Kind.REFUSED, Kind.CLOCK)


def check(columns, *, is_start_list=False):
    """Raises what a file lacks: a time or a status, and whose it is."""
    fields = {column.field for column in columns}
    headings = tuple(shown(column.heading or column.letter) for column in columns)
    has_result = fields & {*TIME_FIELDS, "status", "classifier", "finish_clock"}
    if not has_result and not is_start_list:
        raise NoTimeColumn(headings, is_start_list="start_clock" in fields)
    if not fields & set(PERSON_FIELDS):
        raise NoRunnerColumn(headings)
