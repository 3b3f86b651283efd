"""What every language has to say."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One letter in one language; all three with placeholders, body in markup."""

    subject: str
    preheader: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words around a letter. buttons by kind of letter ("" for any other); states and reactions by answer.

    {place} is the number in line, {event} and {organiser} are names; each is put in by plain replacement. companions
    by answer say it of {name}. who stands behind "for": you, both, companions; the latter two also _unnamed.
    """

    buttons: Mapping[str, str]
    plain_link: str
    states: Mapping[str, str]
    reactions: Mapping[str, str]
    companion: str
    companions: Mapping[str, str]
    who: Mapping[str, str]
    last_and: str
    files_attached: str
    cancelled: str
    questions: str
    why: str
    why_us: str
    unsubscribe: str
    unsubscribe_subject: str
    test_mark: str
    test_note: str
