"""Our own texts of the letters, and the words around them, in four languages and two tones: plain data, no code.

A body is markup (see markup) with placeholders (see letters). What has nothing to say is left out: a line with a
placeholder that is empty (no deadline, no personal line) does not appear. These may stand alone on a line and
become a part of the page: {personal_line}, {programme}, {practical}, {bring}, {changes}, {answers}, {said}, {link}.
"""

from collections.abc import Mapping

from . import en, fi, nb, sv
from .shapes import Text, Words

INFORMAL, FORMAL = "informal", "formal"
TONES = (INFORMAL, FORMAL)
_LANGUAGES = {"nb": nb, "en": en, "sv": sv, "fi": fi}
LANGUAGES = tuple(_LANGUAGES)
_TEXTS: Mapping[tuple[str, str], Mapping[str, Text]] = {
    **{(code, INFORMAL): language.INFORMAL for code, language in _LANGUAGES.items()},
    **{(code, FORMAL): language.FORMAL for code, language in _LANGUAGES.items()},
}
_WORDS: Mapping[tuple[str, str], Words] = {
    **{(code, INFORMAL): language.INFORMAL_WORDS for code, language in _LANGUAGES.items()},
    **{(code, FORMAL): language.FORMAL_WORDS for code, language in _LANGUAGES.items()},
}
KINDS = frozenset(nb.INFORMAL)
SKELETONS = frozenset(kind for kind, text in nb.INFORMAL.items() if text.prompt)
_PROMPTS = tuple({text.prompt for texts in _TEXTS.values() for text in texts.values() if text.prompt})


def own(kind: str, language: str, tone: str = INFORMAL) -> Text | None:
    """Our text of this kind of letter in this tone, of SKELETONS one to start from; None for a kind unknown here."""
    return _TEXTS[language, tone].get(kind)


def is_unwritten(body: str) -> bool:
    """Whether a line of ours that asks the organiser to write something still stands in the text."""
    return any(prompt in body for prompt in _PROMPTS)


def words(language: str, tone: str = INFORMAL) -> Words:
    """What the mail says around the letter: buttons, answers in words, the foot."""
    return _WORDS[language, tone]


def start(language: str, tone: str = INFORMAL, *, time: str = "", bib: int | None = None, name: str = "") -> str:
    """The own start in a race in words, or that of whoever is called `name`; "" where nothing is given out yet."""
    said = words(language, tone).starts_of if name else words(language, tone).starts
    key = "both" if time and bib else "start" if time else "bib" if bib else None
    if key is None:
        return ""
    return said[key].replace("{time}", time).replace("{bib}", str(bib)).replace("{name}", name)


__all__ = [
    "FORMAL",
    "INFORMAL",
    "KINDS",
    "LANGUAGES",
    "SKELETONS",
    "TONES",
    "Text",
    "Words",
    "is_unwritten",
    "own",
    "start",
    "words",
]
