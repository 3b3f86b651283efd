"""What every language has to say."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One letter in one language and tone; subject, preheader and body with placeholders, body in markup.

    prompt is a line of the body that asks the organiser to write something there; "" where the text is complete.
    """

    subject: str
    preheader: str
    body: str
    prompt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words around a letter. buttons by kind of letter ("" for any other); plain_link_us stands in one to ourselves;
    states and reactions by answer.

    {place} is the number in line, {event} and {organiser} are names; each is put in by plain replacement. companions
    by answer say it of {name}. late by choice tells what came after the deadline and waits for somebody to grant it.
    starts say of the own {time} and {bib} in a race, both or one, starts_of of somebody's. who stands behind "for":
    you, both, companions; the latter two also _unnamed.
    troubles by kind of bounce say why a mail does not arrive ("" for any other).
    """

    buttons: Mapping[str, str]
    plain_link: str
    plain_link_us: str
    states: Mapping[str, str]
    late: Mapping[str, str]
    reactions: Mapping[str, str]
    companion: str
    companions: Mapping[str, str]
    who: Mapping[str, str]
    last_and: str
    bring: str
    map: str
    together: str
    starts: Mapping[str, str]
    starts_of: Mapping[str, str]
    troubles: Mapping[str, str]
    files_attached: str
    cancelled: str
    questions: str
    why: str
    why_us: str
    unsubscribe: str
    unsubscribe_subject: str
    test_mark: str
    test_note: str
