"""Which column of a guest list holds what: headings in Norwegian, Swedish, Finnish and English."""

import hashlib
import re
from dataclasses import dataclass

from events.domain.heading_words import CONTACT, CUSTOMER_NUMBER, HEADS, SOME_NUMBER, WORDS
from events.domain.names import fold_letters, squeeze
from events.domain.tabular import TITLE_ROWS

FIELDS = (
    "name",
    "first_name",
    "last_name",
    "company",
    "email",
    "phone",
    "host",
    "language",
    "companions",
    "external_id",
    "note",
)
NAME_FIELDS = ("name", "first_name", "last_name")


def heading_key(heading):
    """The heading's letters, digits and plus signs, folded: "E-post:" and "epost" are the same."""
    return re.sub(r"[^\w+]|_", "", fold_letters(heading))


def meanings_of(words):
    """{heading key: meaning} of {meaning: lines of words with "|" between them}."""
    return {
        heading_key(word): meaning
        for meaning, lines in words.items()
        for line in lines.splitlines()
        for word in line.strip().split("|")
        if word
    }


_MEANINGS = meanings_of(WORDS)


@dataclass(frozen=True)
class Column:
    """One column: its place from 0, its heading as written, and the field it fills ("" when ignored).

    `counts_guest` when its numbers include the guest; `why_ignored`: not_recognised, chosen,
    company_number, running_number.
    """

    index: int
    heading: str
    field: str = ""
    counts_guest: bool = False
    why_ignored: str = ""
    number_kind: str = ""

    @property
    def letter(self):
        """The column's name in a spreadsheet: A, B … Z, AA."""
        letters, number = "", self.index + 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


def meaning(heading, meanings=_MEANINGS):
    """What a heading stands for, or ""; tried whole, without its brackets, without a number."""
    whole = heading_key(heading)
    bare = heading_key(re.sub(r"[(\[].*?[)\]]", " ", heading))
    for key in (whole, bare, bare.rstrip("0123456789")):
        if key in meanings:
            return meanings[key]
    return ""


def recognise(headings, mapping=()):
    """The columns of a heading row, a `Column` for each cell; `mapping` {heading: field or ""} overrules."""
    chosen = {spelling(heading): field for heading, field in dict(mapping).items()}
    meanings = [meaning(heading) for heading in headings]
    fields = [chosen.get(spelling(heading), found) for heading, found in zip(headings, meanings, strict=True)]
    has_name = any(field in NAME_FIELDS for field in fields)
    return tuple(
        _column(index, squeeze(heading), chosen, found, has_name)
        for index, (heading, found) in enumerate(zip(headings, meanings, strict=True))
    )


def _column(index, heading, chosen, found, has_name):
    counts_guest = found == HEADS
    if spelling(heading) in chosen:
        field = chosen[spelling(heading)]
        why = "" if field else "chosen"
        return Column(index, heading, field, counts_guest and field == "companions", why)
    if found == CONTACT:
        return Column(index, heading, "host" if has_name else "name")
    if counts_guest:
        return Column(index, heading, "companions", counts_guest=True)
    if found in (CUSTOMER_NUMBER, SOME_NUMBER):
        return Column(index, heading, "external_id", number_kind=found)
    return Column(index, heading, found, why_ignored="" if found else "not_recognised")


def spelling(heading):
    """Headings are the same column's whatever their case and spaces."""
    return squeeze(heading).casefold()


def find_heading_row(lines, mapping=()):
    """The index in `lines` (the first rows of a file) of the row with most recognised headings, or None.

    A heading row has at least a name or an address; of equals the first.
    """
    best, best_count = None, 0
    for index, line in enumerate(lines[:TITLE_ROWS]):
        fields = {column.field for column in recognise(line.cells, mapping) if column.field}
        if fields & {*NAME_FIELDS, "email"} and len(fields) > best_count:
            best, best_count = index, len(fields)
    return best


def fingerprint(headings):
    """32 hexadecimal digits for a set of headings, whatever their order, case or punctuation."""
    keys = sorted({heading_key(heading) for heading in headings} - {""})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:32]
