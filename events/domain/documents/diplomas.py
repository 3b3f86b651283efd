"""Diplomas on A4, one on a page."""

from dataclasses import dataclass

from .typesetting import Form, Frame, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class Diploma:
    """The words of one; what is "" takes no room.

    did leads to the time ("climbed Stoltzekleiven in"), instead stands where there is no time, pill is what was
    special, lines are what is worth telling besides, where is town and day.
    """

    language: str
    heading: str
    event: str
    name: str
    did: str
    where: str
    company: str = ""
    time: str = ""
    instead: str = ""
    pill: str = ""
    lines: tuple[str, ...] = ()
    facts: str = ""
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diplomas:
    diplomas: tuple[Diploma, ...]


def diplomas(content: Diplomas, frame: Frame, form: Form = Form.PDF) -> bytes:
    return typeset("diploma", content, frame, form)
