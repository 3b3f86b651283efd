"""Any guest-list file as rows, refusals, duplicates and questions: one outcome for each row of guests.

Read in two passes, neither of which holds the rows: the first looks at whole columns (how names are written,
whose number it is, who is in the file), the second gives the outcomes in the file's order.
"""

from dataclasses import dataclass, replace
from itertools import islice

from events.domain.cells import shown
from events.domain.guestlist_duplicates import Seen
from events.domain.guestlist_reader import RowReader
from events.domain.guestlist_rows import NoHeadings, NoNameColumn, Problem, Refusal, Refused, Row
from events.domain.guestlist_survey import Survey
from events.domain.headings import FIELDS, NAME_FIELDS, find_heading_row, fingerprint, recognise, spelling
from events.domain.tabular import TITLE_ROWS, FileIsEmpty, Table, TooManyRows, open_table
from events.domain.tabular_base import OnlyHeadings, UnknownColumn, UnknownField


@dataclass(frozen=True)
class GuestList:
    """A guest list that has been looked through once; `outcomes()` may be called again and again.

    `count`: how many outcomes there are. `present`: traces of everybody in the file (`matching.traces`).
    `titles`: (row number, text) of what stands above the heading and is no guest.
    """

    table: Table
    columns: tuple
    heading_row: int
    fingerprint: str
    count: int
    present: frozenset
    titles: tuple
    reader: RowReader
    above: tuple = ()

    @property
    def ignored(self):
        """The columns that are not read, headings first seen first; blank ones left out."""
        return tuple(column for column in self.columns if not column.field and column.heading)

    def outcomes(self):
        """Row | Refused | Duplicate | Question for each row that has something in it."""
        yield from self.above
        seen = Seen()
        for line in _below(self.table, self.heading_row):
            outcome = self.reader.read(line)
            yield seen.check(outcome) if isinstance(outcome, Row) else outcome


def open_guest_list(data, *, sheet=None, mapping=None, limits=None):
    """The guest list in the bytes of a file; `mapping` {heading: field, or "" to ignore it} corrects columns.

    Raises a TableError (see tabular and guestlist_rows) when the file as a whole cannot be read.
    """
    mapping = dict(mapping or {})
    for field in mapping.values():
        if field and field not in FIELDS:
            raise UnknownField(field, FIELDS)
    table = open_table(data, sheet=sheet, limits=limits)
    heading, above = _find_heading(table, mapping)
    columns = recognise(heading.cells, mapping)
    _check_columns(columns, mapping)
    return _survey(table, heading, above, columns)


def _find_heading(table, mapping):
    head = list(islice(table, TITLE_ROWS))
    if not head:
        raise FileIsEmpty(table.sheet, table.other_sheets)
    index = find_heading_row(head, mapping)
    if index is None:
        raise NoHeadings(head[0].number, tuple(shown(cell) for cell in head[0].cells))
    return head[index], head[:index]


def _check_columns(columns, mapping):
    headings = tuple(column.heading for column in columns if column.heading)
    spellings = set(map(spelling, headings))
    for heading in mapping:
        if spelling(heading) not in spellings:
            raise UnknownColumn(heading, headings)
    if not any(column.field in NAME_FIELDS for column in columns):
        raise NoNameColumn(headings)


def _survey(table, heading, above, columns):
    survey = Survey(columns)
    for line in _below(table, heading.number):
        survey.add(line)
        if survey.count > table.limits.max_rows:
            raise TooManyRows(table.limits.max_rows)
    guests_above = tuple(line for line in above if _looks_like_a_guest(line, columns))
    if not survey.count and not guests_above:
        raise OnlyHeadings(heading.number)
    columns = survey.decided_columns()
    return GuestList(
        table=table,
        columns=columns,
        heading_row=heading.number,
        fingerprint=fingerprint(heading.cells),
        count=survey.count + len(guests_above),
        present=survey.present(),
        titles=tuple((line.number, shown(" ".join(line.cells))) for line in above if line not in guests_above),
        reader=RowReader(columns, heading.cells, survey.last_name_first()),
        above=tuple(_refused_above(line, heading.number) for line in guests_above),
    )


def _below(table, heading_row):
    return (line for line in table if line.number > heading_row)


def _looks_like_a_guest(line, columns):
    """A title has a cell or two; a row with an address, or as full as the table is wide, is somebody."""
    filled = sum(bool(cell.strip()) for cell in line.cells)
    return (any("@" in cell for cell in line.cells) and filled > 1) or filled >= max(4, len(columns) - 1)


def _refused_above(line, heading_row):
    facts = {"column": "", "heading_row": heading_row}
    problem = Problem(line.number, "", shown(" ".join(line.cells)), Refusal.ABOVE_HEADING, facts)
    return Refused(line.number, (problem,))


def as_answered(question, *, is_split):
    """The rows to write for an answered question: the proposal, or the row as written."""
    rows = question.proposal if is_split and question.proposal else (question.as_written,)
    return tuple(replace(row, number=question.number) for row in rows)
