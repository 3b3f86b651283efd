"""Names compared, searched, sorted and greeted the way Nordic people expect."""

import re
import unicodedata
from functools import lru_cache

SORT_KEY_LENGTH = 40

# Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŋ": "n"}
    | dict.fromkeys("’‘ʼ´`", "'")
    | dict.fromkeys("‐‑‒–—−", "-")
)
_NICKNAME = re.compile(r"""["“”„«»][^"“”„«»]*["“”„«»]|(?<=\s)'[^']+'(?=\s)|\([^()]*\)""")
_NOT_IN_KEY = re.compile(r"[^\w]+|_")
_QUOTES = "\"“”„«»'‘’()"
_TITLES = frozenset(("dr", "prof", "mr", "mrs", "ms", "hr", "herr", "fru", "frøken", "fröken", "rouva", "herra"))
_SORTED_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LAST = {"æ": 26, "ä": 26, "ø": 27, "ö": 27, "å": 28}
_FIRST_DIGIT, _FIRST_LETTER, _OTHER_SCRIPT = 2, 12, 90


def squeeze(text):
    """Composed Unicode, single spaces, none of the invisible marks that copying leaves behind."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(filter(_is_visible, text)).split())


def _is_visible(character):
    # The joiners hold emoji and some scripts together.
    return character in "\u200c\u200d" or unicodedata.category(character) != "Cf"


def fold(name):
    """A name for comparison: "Åse  VÅGEN" and "ase vagen" are the same; a quoted nickname is left out."""
    return fold_letters(_NICKNAME.sub(" ", name)) or fold_letters(name)


@lru_cache(maxsize=4096)  # one name is folded for several questions, one company for all its people
def fold_letters(text):
    """Lower case, accents off (ø→o, å→a, æ→ae, ß→ss), one kind of apostrophe and dash, single spaces."""
    text = text.casefold()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
        text = "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cf")).translate(_PLAIN)
    return " ".join(text.split())


def full_length(text):
    """Characters as written or folded, whichever are more: both are stored, and one "ﷺ" folds to eighteen."""
    return max(len(text), len(fold_letters(text)))


def name_key(name):
    """What tells people apart: the folded name's letters and digits, not its hyphens, dots and pictures."""
    folded = fold(name)
    return _NOT_IN_KEY.sub(" ", folded).strip() or folded


def traces(name, email, company):
    """What a person leaves in a file to be found by, whatever the order of the names.

    `email` is an `addresses.email_key`, or "".
    """
    words = " ".join(sorted(name_key(name).split()))
    return [("email", words, email)] * bool(email) + [("company", words, fold_letters(company))]


def search_text(*parts):
    """All words folded, each once, to look in with `contains`; fold what is looked for with it as well."""
    words = (word for part in parts if part for word in fold_letters(part).split())
    return " ".join(dict.fromkeys(words))


def sort_key(name, first_name=""):
    """At most 40 digits that sort by last name, then first, as a…z æ/ä ø/ö å under any database collation.

    Two digits a character: 00 ends the last name, 01 is a space or hyphen. Without `first_name` the last
    word is the last name.
    """
    first, last = _halves(squeeze(_NICKNAME.sub(" ", name)) or squeeze(name), squeeze(first_name))
    codes = [*_codes(last), 0, *_codes(first)] if first else [*_codes(last)]
    return "".join(f"{code:02}" for code in codes)[:SORT_KEY_LENGTH]


def _halves(name, first_name):
    if first_name and name.casefold().startswith(first_name.casefold() + " "):
        return name[: len(first_name)], name[len(first_name) + 1 :]
    first, _, last = name.rpartition(" ")
    return first, last


def _codes(text):
    for character in text.casefold():
        if character in _LAST:
            yield _FIRST_LETTER + _LAST[character]
            continue
        for plain in fold_letters("y" if character == "ü" else character):
            if plain in _SORTED_LETTERS:
                yield _FIRST_LETTER + _SORTED_LETTERS.index(plain)
            elif plain in "0123456789":
                yield _FIRST_DIGIT + int(plain)
            elif plain.isalpha():
                yield _OTHER_SCRIPT
        if character in " -":
            yield 1


def given_name(name):
    """What a greeting uses: the first word, without comma, quotes or title; SHOUTED names calmed."""
    words = squeeze(name).split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES:
        words = words[1:]
    word = words[0].strip(_QUOTES + ",;") if words else ""
    return calm(word)


def calm(word):
    """ "BJØRN" as "Bjørn", "ANNE-LISE" as "Anne-Lise"; initials of one or two letters stay."""
    return word.title() if word.isupper() and len(word) > 2 else word


def first_name_first(name):
    """ "Berge, Ragnhild" as "Ragnhild Berge"; anything without exactly one inner comma as it is."""
    last, comma, first = name.partition(",")
    if not comma or "," in first or not last.strip() or not first.strip():
        return name
    return f"{first.strip()} {last.strip()}"


def completed(whole, first, last):
    """A whole name out of a name column and only one half beside it."""
    if first:
        has_it = f" {fold(first)} " in f" {fold(whole)} "
        return whole if has_it else squeeze(f"{first} {whole}")
    return whole if fold(whole).endswith(fold(last)) else squeeze(f"{whole} {last}")


class NameOrder:
    """Learns from the cells of one column whether it is written "Last, First".

    It is when most cells are, and most of the last names are one word. Cells that hold several people
    ("Kari, Ola & Per") have no vote.
    """

    def __init__(self):
        self._count = self._written = self._single = 0

    def add(self, name):
        if not name or any(mark in name for mark in "&/+"):
            return
        self._count += 1
        last, comma, first = name.partition(",")
        if comma and "," not in first and _has_word(last) and _has_word(first):
            self._written += 1
            self._single += " " not in last.strip()

    @property
    def is_last_name_first(self):
        return self._written * 2 > self._count and self._single * 2 > self._written


def _has_word(text):
    return any(map(str.isalpha, text))


def is_better_spelling(old, new):
    """Whether `new` says more than `old`: not when only case, spaces, a nickname or lost accents differ.

    A name that shouts or whispers ("BJØRN BERGE", "kari") is bettered by one that does neither.
    """
    if old == new:
        return False
    if fold(old) != fold(new):
        return True
    bare_old, bare_new = squeeze(_NICKNAME.sub(" ", old)), squeeze(_NICKNAME.sub(" ", new))
    if bare_old.casefold() != bare_new.casefold():
        return fold(new) != bare_new.casefold()
    return _is_one_case(bare_old) and not _is_one_case(bare_new)


def _is_one_case(text):
    return text.isupper() or text.islower()
