"""Bibs: a number that can be read at ten metres, and who wears it."""

from dataclasses import dataclass

from .typesetting import Form, Frame, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Bib:
    """start is the own start time as it is read; without a name it is a blank one to write on."""

    number: int
    name: str = ""
    company: str = ""
    start: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BibWords:
    start: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibs:
    """event is the title at the top; two_on_a4 sets two on a page with marks to cut by, else each is an A5 page."""

    event: str
    bibs: tuple[Bib, ...]
    words: BibWords
    two_on_a4: bool = False


def bibs(content: Bibs, frame: Frame, form: Form = Form.PDF) -> bytes:
    return typeset("bib", content, frame, form)
