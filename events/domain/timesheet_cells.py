"""The cells of a result file beside its times: whose line it is, class, club, gender, year, place."""

import re

from .addresses import NotAnAddress, clean_email
from .cells import unwrap
from .names import NameOrder, completed, first_name_first, fold_letters, squeeze
from .timesheet_columns import number_of

LONGEST = 150
_WITH_BIB = re.compile(r"(.*\S)\s*[\[(]\s*(\d{1,6})\s*[\])]")
_TWICE = re.compile("Ã[\u0080-\u00bf¦¸¥¤¶–…˜†…ƒŠ©]|Ã…|Â[\u0080-\u00bf]")
_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")
_PACKED_DAY = re.compile(r"\d{4}((?:19|20)\d\d)|((?:19|20)\d\d)\d{4}")
_PLACE = re.compile(r"[=T]?(\d{1,6})[.=]?")
_GENDERS = {
    word: code
    for code, words in {
        "F": "k kvinne kvinner f female w woman women d dam damer dame kvinna n nainen naiset j jente jenter flicka",
        "M": "m mann menn male man men h herre herrer herr mies miehet g gutt gutter pojke",
    }.items()
    for word in words.split()
}


def tidy(cell: str) -> str:
    """A cell's text: unwrapped, squeezed, no longer than what is kept; a dash or a question mark is nothing."""
    text = squeeze(unwrap(cell))[:LONGEST]
    return "" if text in ("-", "–", "—", "?", "*", ".") else text


def is_twice_encoded(text: str) -> bool:
    return bool(_TWICE.search(text))


def mended(text: str) -> str:
    """ "BjÃ¸rn" as "Bjørn"; what was not encoded twice stays as it is."""
    try:
        return text.encode("cp1252").decode("utf-8") if is_twice_encoded(text) else text
    except UnicodeError:
        return text


def gender_of(cell: str) -> str:
    """F, M or "" for any of the words of our languages."""
    return _GENDERS.get(fold_letters(tidy(cell)).strip("."), "")


def birth_year_of(cell: str) -> int | None:
    """The year of a birthday in any notation; the day is not read further than this."""
    text = tidy(cell).removesuffix(".0")
    if found := _YEAR.search(text):
        return int(found[1])
    packed = _PACKED_DAY.fullmatch(text)
    return int(packed[1] or packed[2]) if packed else None


def place_of(cell: str) -> int | None:
    """126 for "126.", 2 for "=2"; None for "*", "DNF" and the like."""
    match = _PLACE.fullmatch(tidy(cell).removesuffix(".0"))
    return int(match[1]) if match and int(match[1]) else None


def email_of(cell: str) -> str:
    try:
        return clean_email(tidy(cell)) if "@" in cell else ""
    except NotAnAddress:
        return ""


class Names:
    """How names are written in this file: in one column or two, "Last, First", with the bib in brackets behind."""

    def __init__(self, names):
        self._order, with_bib, count = NameOrder(), 0, 0
        for name in names:
            self._order.add(name)
            with_bib, count = with_bib + bool(_WITH_BIB.fullmatch(name)), count + bool(name)
        self._has_bibs = with_bib * 2 > count

    def read(self, whole: str, first: str, last: str) -> tuple[str, str]:
        """(name, bib out of it or "")."""
        if first and last:
            return f"{first} {last}", ""
        if first or last:
            return completed(whole, first, last), ""
        match = _WITH_BIB.fullmatch(whole) if self._has_bibs else None
        name, bib = match.groups() if match else (whole, "")
        return (first_name_first(name) if self._order.is_last_name_first else name), number_of(bib)
