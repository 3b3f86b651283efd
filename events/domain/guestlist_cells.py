"""One cell of a guest list: cleaned, or refused with a code."""

import re
import unicodedata

from events.domain.cells import unwrap
from events.domain.guestlist_rows import Refusal
from events.domain.names import fold_letters, full_length, squeeze
from events.domain.tabular import LONGEST_CELL, Formula

# Longest value of each field, in characters.
LIMITS = {
    "name": 150,
    "first_name": 150,
    "last_name": 150,
    "company": 150,
    "email": 254,
    "phone": 40,
    "host": 150,
    "language": 150,
    "companions": 150,
    "external_id": 60,
    "note": 2000,
}
MOST_COMPANIONS = 50

_ONE_LINE_ONLY = frozenset(("name", "first_name", "last_name", "email"))
_BREAKS = re.compile("[\r\n\v\f\x85\u2028\u2029]+")
_DASHES = frozenset(("", "-", "--", "–", "—", "?"))
_NOTHING = _DASHES | {"n/a", "#n/a", "null"}
_NO_ADDRESS = _NOTHING | {
    "ingen",
    "mangler",
    "ukjent",
    "har ikke",
    "saknas",
    "okänd",
    "ei ole",
    "puuttuu",
    "none",
}

_SAYS_NOTHING = {"name": _DASHES, "first_name": _DASHES, "last_name": _DASHES, "email": _NO_ADDRESS}

_LANGUAGES = {
    word: code
    for code, words in {
        "nb": "nb no nn nor nob nno norsk bokmål nynorsk norwegian norska norja norge norway norsk/bokmål",
        "sv": "sv se swe svensk svenska swedish ruotsi sverige sweden",
        "fi": "fi fin finsk finska suomi finnish finland",
        "en": "en eng gb uk us engelsk engelska english englanti storbritannia",
    }.items()
    for word in map(fold_letters, words.split())
}
_YES = frozenset(("ja", "j", "yes", "y", "kylla", "k", "x", "true", "sann", "sant", "tosi", "✓", "✔"))
_NO = frozenset(("nei", "nej", "no", "n", "ei", "e", "false", "usann", "falskt", "epatosi"))

# Spaces are looked at from their first on and once: a cell full of them takes no longer than another.
_JOINER = re.compile(r"(?:(?<!\s)\s++)?+[&/+]\s*+|(?<!\s)\s++(?:og|och|ja|and|und|samt|sekä)\s++", re.IGNORECASE)
_COMPANION = re.compile(
    r"(?:(?<!\s)\s++)?+(?:\+ ?(?:1|en|én|ett)|[+&] ?(?:følge|partner|avec|gjest|gäst|guest|ledsager|sällskap)"
    r"|m/ ?(?:følge|partner|ledsager|gjest)"
    r"|(?:med|og|och|and|with|ja|inkl\.?|incl\.?)"
    r" (?:følge|partner|ledsager|gjest|sällskap|gäst|guest|avec|seuralainen))$",
    re.IGNORECASE,
)


class CellIsRefused(ValueError):
    """A value that cannot be taken; `facts` as the code tells."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts


def clean(field, cell):
    """The text of a cell for a field, "" for nothing; raises CellIsRefused."""
    if isinstance(cell, Formula) and not cell:
        raise CellIsRefused(Refusal.FORMULA_WITHOUT_VALUE, formula=cell.formula[:80])
    if len(cell) > LONGEST_CELL:
        raise CellIsRefused(Refusal.TOO_LONG, limit=LIMITS[field], length=len(cell))
    text = unwrap(cell)
    if not text.isprintable() or "\ufffd" in text:
        text = _without_marks(field, text)
    text = squeeze(text) if field != "note" else _tidy_note(text)
    if text.casefold() in _SAYS_NOTHING.get(field, _NOTHING):
        return ""
    if field != "note" and full_length(text) > LIMITS[field]:
        raise CellIsRefused(Refusal.TOO_LONG, limit=LIMITS[field], length=len(text))
    return text


def _without_marks(field, text):
    """Line breaks become spaces where they do no harm; what no name has is refused."""
    if "\ufffd" in text:
        raise CellIsRefused(Refusal.UNREADABLE_CHARACTER)
    if field in _ONE_LINE_ONLY and _BREAKS.search(text.strip()):
        raise CellIsRefused(Refusal.LINE_BREAK)
    text = _BREAKS.sub("\n" if field == "note" else " ", text).replace("\t", " ")
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cs") and character != "\n":
            raise CellIsRefused(Refusal.CONTROL_CHARACTER, character=f"U+{ord(character):04X}")
    return text


def _tidy_note(text):
    return "\n".join(filter(None, map(squeeze, text.split("\n"))))


def language_code(text):
    """nb, sv, fi or en for any spelling of a language or its country; None when it is none of ours."""
    key = fold_letters(text).strip(" .")
    return _LANGUAGES.get(key) or _LANGUAGES.get(re.split(r"[-_ (,/]", key)[0])


def companion_count(text, *, counts_guest=False):
    """How many a guest brings, the guest taken out if `counts_guest`; None when the text is no number."""
    key = fold_letters(text)
    if key in _YES:
        return 0 if counts_guest else 1
    if key in _NO:
        return 0
    match = re.fullmatch(r"\+? ?(\d{1,4})(?:[.,]0+)?(?: ?(?:stk|st|pers|personer|kpl|hlo))?\.?", key)
    if not match:
        return None
    count = max(int(match[1]) - counts_guest, 0)
    return count if count <= MOST_COMPANIONS else None


def two_people(name):
    """The people in "Kari & Ola Nordås": ("Kari Nordås", "Ola Nordås"); () when it is one person."""
    if not _JOINER.search(name):
        return ()
    parts = [part.strip() for part in re.split(",", _JOINER.sub(",", name)) if part.strip()]
    if len(parts) < 2 or not all(map(_is_plain_name, parts)):
        return ()
    surname = parts[-1].partition(" ")[2]
    return tuple(f"{part} {surname}" if surname and " " not in part else part for part in parts)


def without_companion(name):
    """ "Kari Nordås" out of "Kari Nordås +1" or "Kari Nordås med følge"; "" when nobody is mentioned."""
    bare = _COMPANION.sub("", name)
    return bare if bare and bare != name else ""


def _is_plain_name(text):
    return text[0].isalpha() and all(c.isalpha() or c in " -'’." for c in text)
