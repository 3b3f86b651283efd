"""One line of a guest list as a guest, a refusal or a question."""

import re
from dataclasses import replace

from events.domain.addresses import NotAnAddress, clean_email, clean_phone
from events.domain.cells import shown, unwrap
from events.domain.guestlist_cells import (
    LIMITS,
    CellIsRefused,
    clean,
    companion_count,
    language_code,
    two_people,
    without_companion,
)
from events.domain.guestlist_rows import Doubt, Notice, Problem, Question, Refusal, Refused, Remark, Row
from events.domain.headings import FIELDS, heading_key
from events.domain.names import completed, first_name_first, fold_letters, full_length
from events.domain.tabular import Formula

_SUM_WORDS = frozenset(
    (
        "sum",
        "summa",
        "summe",
        "total",
        "totalt",
        "totalsum",
        "totalsumma",
        "totalt antall",
        "i alt",
        "yhteensa",
        "antall",
    )
)
_SUM_FORMULA = re.compile(r"=\s*(SUM|SUBTOTAL|COUNT|COUNTA|SUMMER|ANTALL)\b", re.IGNORECASE)
_SPOILT_NUMBER = re.compile(r"\d[.,]?\d*E\+?\d+", re.IGNORECASE)
# In these a formula without a known value is a missing guest; elsewhere it is an empty cell.
_NEEDED = frozenset(("name", "first_name", "last_name", "email"))


class RowReader:
    """Reads lines by the columns of one file; `last_name_first`: indexes of columns written "Last, First"."""

    def __init__(self, columns, headings, last_name_first):
        self._columns = {field: [c for c in columns if c.field == field] for field in FIELDS}
        self._heading_keys = [heading_key(cell) for cell in headings]
        self._last_name_first = last_name_first

    def read(self, line):
        """Row | Refused | Question; every problem of the line is found, not only the first."""
        if code := self._not_a_guest(line):
            value = shown(" ".join(filter(None, map(unwrap, line.cells))))
            return Refused(line.number, (Problem(line.number, "name", value, code, {"column": ""}),))
        reading = _Reading(line.number)
        texts = {field: self._text(reading, field, line) for field in FIELDS}
        name, first_name = self._name(reading, texts)
        row = self._row(reading, texts, name, first_name)
        if reading.problems:
            return Refused(line.number, tuple(reading.problems))
        return _doubted(row)

    def _not_a_guest(self, line):
        if len(line.cells) == len(self._heading_keys) and all(
            heading_key(cell) == key for cell, key in zip(line.cells, self._heading_keys, strict=True)
        ):
            return Refusal.HEADING_AGAIN
        if any("@" in cell for cell in line.cells):
            return None
        if any(isinstance(cell, Formula) and _SUM_FORMULA.match(cell.formula) for cell in line.cells):
            return None if self._has_person(line) else Refusal.SUM_ROW
        words = {fold_letters(cell).strip(" :.=") for cell in line.cells[:10]}
        return Refusal.SUM_ROW if words & _SUM_WORDS and not self._has_person(line) else None

    def _has_person(self, line):
        """A name that is no word for a sum, or a company."""
        cells = [self._cell(c, line) for f in ("name", "first_name", "last_name", "company") for c in self._columns[f]]
        words = [fold_letters(unwrap(cell)).strip(" :.=") for cell in cells]
        return any(word and word not in _SUM_WORDS for word in words)

    def _cell(self, column, line):
        return line.cells[column.index] if column.index < len(line.cells) else ""

    def _text(self, reading, field, line):
        """What the field's columns say: the first that says something; notes all together."""
        texts = []
        for column in self._columns[field]:
            text = self._clean(reading, field, column, self._cell(column, line))
            if text and column.index in self._last_name_first and field == "host":
                text = first_name_first(text)
            if text and field != "note":
                return _Text(text, column)
            texts.append(text)
        column = self._columns[field][0] if self._columns[field] else None
        return _Text("\n".join(filter(None, texts)), column)

    def _clean(self, reading, field, column, cell):
        if not cell and not isinstance(cell, Formula):
            return ""
        try:
            return clean(field, cell)
        except CellIsRefused as fault:
            is_formula = fault.code == Refusal.FORMULA_WITHOUT_VALUE
            if is_formula and field not in _NEEDED:
                reading.notice(Remark.FORMULA_WITHOUT_VALUE, field, value=fault.facts["formula"])
            else:
                value = cell.formula if is_formula else cell
                reading.problem(field, value, fault.code, column=column.heading, **fault.facts)
            return ""

    def _name(self, reading, texts):
        """(whole name, first name where the file tells it), or a problem."""
        name, first, last = (texts[field] for field in ("name", "first_name", "last_name"))
        whole, given = name.text, first.text
        if whole and name.column.index in self._last_name_first:
            flipped = first_name_first(whole)
            given = given or (flipped != whole and whole.partition(",")[2].strip()) or ""
            whole = flipped
        if first.text and last.text:
            whole = f"{first.text} {last.text}"
        elif first.text or last.text:
            whole = completed(whole, first.text, last.text)
        if not any(map(str.isalnum, whole)):
            if not reading.has_problem_in("name", "first_name", "last_name"):
                column = (name.column or first.column or last.column).heading
                reading.problem("name", whole, Refusal.NAME_MISSING, column=column)
        elif full_length(whole) > LIMITS["name"]:
            facts = {"limit": LIMITS["name"], "length": len(whole), "column": ""}
            reading.problem("name", whole, Refusal.TOO_LONG, **facts)
        return whole, given

    def _row(self, reading, texts, name, first_name):
        email = self._email(reading, texts["email"])
        language = reading.understood(language_code, Remark.LANGUAGE_UNKNOWN, "language", texts["language"].text)
        companions = self._companions(reading, texts["companions"])
        phone = clean_phone(texts["phone"].text)
        if _SPOILT_NUMBER.fullmatch(phone):
            reading.notice(Remark.PHONE_UNCLEAR, "phone", value=phone)
        note = texts["note"].text
        if len(note) > LIMITS["note"]:
            reading.notice(Remark.NOTE_SHORTENED, "note", limit=LIMITS["note"])
        return Row(
            number=reading.number,
            name=name,
            first_name=first_name,
            company=texts["company"].text,
            email=email,
            phone=phone,
            host=texts["host"].text,
            language=language or "",
            companions=companions,
            external_id=texts["external_id"].text,
            note=note[: LIMITS["note"]],
            notices=tuple(reading.notices),
        )

    def _email(self, reading, text):
        if not text.text:
            reading.notice(Remark.NO_EMAIL, "email")
            return ""
        try:
            return clean_email(text.text)
        except NotAnAddress as fault:
            is_several = fault.reason == "several"
            code = Refusal.ADDRESS_SEVERAL if is_several else Refusal.ADDRESS_WRONG
            facts = {} if is_several else {"reason": fault.reason}
            reading.problem("email", text.text, code, column=text.column.heading, **facts)
            return ""

    def _companions(self, reading, text):
        if not text.text:
            return None
        count = companion_count(text.text, counts_guest=text.column.counts_guest)
        if count is None:
            reading.notice(Remark.COMPANIONS_UNCLEAR, "companions", value=shown(text.text))
        return count


class _Text:
    """A field's text and the column it came from."""

    __slots__ = ("column", "text")

    def __init__(self, text, column):
        self.text, self.column = text, column


class _Reading:
    """What has been found about one line so far."""

    def __init__(self, number):
        self.number, self.problems, self.notices = number, [], []

    def problem(self, field, value, code, **facts):
        self.problems.append(Problem(self.number, field, shown(value), code, facts))

    def notice(self, code, field, **facts):
        self.notices.append(Notice(code, field, facts))

    def has_problem_in(self, *fields):
        return any(problem.field in fields for problem in self.problems)

    def understood(self, read, code, field, text):
        """`read(text)`, with a notice when it makes nothing of it."""
        value = read(text) if text else None
        if text and value is None:
            self.notice(code, field, value=shown(text))
        return value


def _doubted(row):
    """The row, or the question whether its name is one person's."""
    if bare := without_companion(row.name):
        proposal = replace(row, name=bare, companions=max(row.companions or 0, 1))
        return Question(row.number, Doubt.WITH_COMPANION, row.name, row, (proposal,))
    people = two_people(row.name)
    if not people:
        return row
    extra = None if row.companions is None else max(row.companions - len(people) + 1, 0)
    proposal = tuple(
        replace(row, name=name, first_name=name.partition(" ")[0], companions=0 if index else extra)
        for index, name in enumerate(people)
    )
    return Question(row.number, Doubt.TWO_PEOPLE, row.name, row, proposal)
