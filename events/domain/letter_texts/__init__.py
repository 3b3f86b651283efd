"""Our own texts of the letters, and the words around them, in four languages: plain data, no code of its own.

A body is markup (see markup) with placeholders (see letters). What has nothing to say is left out: a line with a
placeholder that is empty (no deadline, no personal line) does not appear. These may stand alone on a line and
become a part of the page: {personal_line}, {programme}, {answers}, {link}.
"""

from collections.abc import Mapping

from . import en, fi, nb, sv
from .shapes import Text, Words

_TEXTS: Mapping[str, Mapping[str, Text]] = {"nb": nb.TEXTS, "en": en.TEXTS, "sv": sv.TEXTS, "fi": fi.TEXTS}
_WORDS: Mapping[str, Words] = {"nb": nb.WORDS, "en": en.WORDS, "sv": sv.WORDS, "fi": fi.WORDS}
_FORMAL: Mapping[str, Mapping[str, Text]] = {language: {} for language in _TEXTS}
KINDS = frozenset(nb.TEXTS)
INFORMAL, FORMAL = "informal", "formal"
LANGUAGES = tuple(_TEXTS)


def own(kind: str, language: str, tone: str = INFORMAL) -> Text | None:
    """Our text of this kind of letter in this tone; None for kinds that only an organiser can write."""
    return (_FORMAL[language].get(kind) if tone == FORMAL else None) or _TEXTS[language].get(kind)


def words(language: str) -> Words:
    """What the mail says around the letter: buttons, answers in words, the foot."""
    return _WORDS[language]


__all__ = ["FORMAL", "INFORMAL", "KINDS", "LANGUAGES", "Text", "Words", "own", "words"]
