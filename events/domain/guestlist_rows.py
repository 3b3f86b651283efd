"""What reading a guest list gives, and every code it uses, with the facts a sentence about it needs."""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from events.domain.tabular import TableError


class Refusal(StrEnum):
    """Why a row was not taken. Every problem's facts also hold `column`: its heading as written, or ""."""

    NAME_MISSING = "name_missing"
    TOO_LONG = "too_long"  # limit, length (characters)
    LINE_BREAK = "line_break"
    CONTROL_CHARACTER = "control_character"  # character, as "U+0000"
    UNREADABLE_CHARACTER = "unreadable_character"  # the file was damaged or saved in a strange encoding
    FORMULA_WITHOUT_VALUE = "formula_without_value"  # formula
    SUM_ROW = "sum_row"
    HEADING_AGAIN = "heading_again"
    ABOVE_HEADING = "above_heading"  # heading_row: looks like a guest, but stands above the heading
    ADDRESS_WRONG = "address_wrong"  # reason: no_at space dots local_part domain too_long
    ADDRESS_SEVERAL = "address_several"  # two addresses in one cell
    ASKED_NOT_TO_BE_INVITED = "asked_not_to_be_invited"  # the person said so; known by a hash of the address


class Doubt(StrEnum):
    """A question about a row; rows in question are not written until somebody has answered."""

    TWO_PEOPLE = "two_people"  # proposal: a row for each; value: the name as written
    WITH_COMPANION = "with_companion"  # proposal: one row with a companion more; value: the name as written
    SAME_PERSON_WITH_ADDRESS = "same_person_with_address"  # first_row: the same without an address
    SAME_NUMBER = "same_number"  # first_row: another person with the same external_id
    SEVERAL_FIT = "several_fit"  # keys, people: those already known that this could be
    NUMBER_OF_SOMEONE_ELSE = "number_of_someone_else"  # key, person: who has this external_id
    ALREADY_MATCHED = "already_matched"  # first_row, key, person: that row is this known person too


class Remark(StrEnum):
    """Worth a look, but no reason to hold the row back."""

    NO_EMAIL = "no_email"  # call or hand over the link
    LANGUAGE_UNKNOWN = "language_unknown"  # value
    COMPANIONS_UNCLEAR = "companions_unclear"  # value
    PHONE_UNCLEAR = "phone_unclear"  # value: a number the spreadsheet has spoilt, as 9.95E+07
    FORMULA_WITHOUT_VALUE = "formula_without_value"  # value: the formula; the cell counts as empty
    NOTE_SHORTENED = "note_shortened"  # limit
    SAME_NAME_IN_FILE = "same_name_in_file"  # first_row: same name and company, another address
    SAME_NAME_ELSEWHERE = "same_name_elsewhere"  # keys, people: known, but not the same by our rules
    SAME_ADDRESS_ELSEWHERE = "same_address_elsewhere"  # keys, people: known under the same address
    ADDRESS_KEPT = "address_kept"  # the file has another address, which is not the reader's to change


@dataclass(eq=False)
class NoHeadings(TableError):
    """No row among the first has a heading we know; `cells` is the first row, to choose from."""

    code = "no_headings"
    row: int
    cells: tuple


@dataclass(eq=False)
class NoNameColumn(TableError):
    """Headings were found, but none for a name."""

    code = "no_name_column"
    columns: tuple


@dataclass(frozen=True, slots=True)
class Notice:
    code: Remark
    field: str
    facts: dict = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One guest as the file has it. "" and None mean: the file says nothing.

    `first_name` only where the file tells it apart; `companions` never counts the guest.
    """

    number: int
    name: str
    first_name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    host: str = ""
    language: str = ""
    companions: int | None = None
    external_id: str = ""
    note: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one cell; `value` is at most 80 characters, control characters made visible."""

    row: int
    field: str
    value: str
    code: Refusal
    facts: dict = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken, with everything that is wrong with it (at least one problem)."""

    number: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The same person as in an earlier row, which counts."""

    number: int
    name: str
    first_row: int


@dataclass(frozen=True, slots=True)
class Question:
    """A row that a person must decide: take `as_written`, or the `proposal` when there is one."""

    number: int
    code: Doubt
    value: str
    as_written: Row
    proposal: tuple[Row, ...] = ()
    facts: dict = dataclasses.field(default_factory=dict)
