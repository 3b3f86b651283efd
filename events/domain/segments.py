"""Groups of guests, combinable: by answer, by what has been sent, by who they are and whom they know.

One way of looking at each question: a person has codes under it, and a segment asks for one of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from .answers import State
from .thanks import came, was_missed

GROUPS = ("all", "unanswered", "coming", "declined", "unsure", "waiting", "came", "missed", "started")
UNINVITED, NOBODY = "uninvited", 0
NOT_YET, SILENT, FAILS = "not_yet", "silent", "fails"
YES, NO = "yes", "no"


class Person(NamedTuple):
    """What is known of one guest when a letter is addressed; a tuple, for there may be ten thousand.

    states: by activity, of those invited to it. invitation: drafted, sent, revoked, or "" without one. mail: the state
    of the row of this very letter, "pending" where one is about to be written, or "". has_started:
    in a race, or somebody the guest brings has.
    """

    pk: int
    states: Mapping[int, str] = {}
    is_companion: bool = False
    invitation: str = "sent"
    invited_at: datetime | None = None
    answered_at: datetime | None = None
    has_come: bool | None = None
    has_email: bool = True
    email_fails: bool = False
    is_unsubscribed: bool = False
    host: int = NOBODY
    host_name: str = ""
    company: int = NOBODY
    language: str = ""
    came_before: bool = False
    brings: bool = False
    mail: str = ""
    has_started: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What is asked for; everything that is set must hold. `to` looks at the answers to one activity, or to any.

    answers: {activity: state or "uninvited"}. silent_days belongs to mail="silent". host 0 is "no host".
    """

    to: str = "all"
    activity: int | None = None
    answers: Mapping[int, str] = field(default_factory=dict)
    mail: str = ""
    silent_days: int = 0
    host: int | None = None
    companies: frozenset[int] | None = None
    language: str = ""
    before: str = ""
    brings: str = ""

    @property
    def asked(self) -> dict[str, str | int]:
        """{question: the code asked for}, of `to` even "all"."""
        said = {"to": self.to, "mail": self.mail, "language": self.language, "before": self.before}
        said |= {"brings": self.brings} | {_about(pk): state for pk, state in self.answers.items()}
        found = {question: code for question, code in said.items() if code}
        return found if self.host is None else {**found, "host": self.host}


def is_in_group(
    group: str, states: Mapping[int, str], activity: int | None = None, has_come: bool | None = None
) -> bool:
    """Whether somebody with these answers belongs to the group, by the answer to one activity or to any."""
    said = set(states.values()) if activity is None else {states[activity]} if activity in states else set()
    if group == "came" and activity is not None:
        return has_come is not False and State.COMING in said
    return _GROUPS[group](said, has_come)


def _declined(said, _has_come):
    return State.NOT_COMING in said and said <= {State.NOT_COMING, State.NO_ANSWER}


_GROUPS = {
    "all": lambda said, _has_come: True,
    "unanswered": lambda said, _has_come: said <= {State.NO_ANSWER},
    "coming": lambda said, _has_come: State.COMING in said,
    "declined": _declined,
    "unsure": lambda said, _has_come: State.UNSURE in said,
    "waiting": lambda said, _has_come: State.WAITING in said,
    "came": came,
    "missed": was_missed,
}


def is_silent(person: Person, *, days: int, now: datetime) -> bool:
    """Invited at least so many days ago, and has said nothing since."""
    return (
        person.invitation == "sent"
        and person.answered_at is None
        and (person.invited_at is None or person.invited_at <= now - timedelta(days=days))
    )


def fits(person: Person, segment: Segment, *, now: datetime) -> bool:
    """Whether everything the segment asks for holds."""
    return not misfits(person, segment, now=now)


def misfits(person: Person, segment: Segment, *, now: datetime) -> list[str]:
    """The questions whose answer is not the one asked for."""
    wrong = [q for q, code in segment.asked.items() if not _has(q, code, person, segment, now)]
    if segment.companies is not None and person.company not in segment.companies:
        wrong.append("companies")
    return wrong


def counts(
    people: Iterable[Person], segment: Segment, activities: Iterable[int], *, now: datetime
) -> dict[str, Counter]:
    """{question: {code: how many fit, were this code asked for and all else as it is}}."""
    questions = [*_CODES, *map(_about, activities)]
    found = {question: Counter() for question in questions}
    for person in people:
        wrong = misfits(person, segment, now=now)
        if len(wrong) > 1:
            continue
        for question in wrong or questions:
            if question in found:
                found[question].update(_codes(question, person, segment, now))
    return found


def _about(activity: int) -> str:
    return f"answer-{activity}"


def _has(question, code, person, segment, now):
    if question == "to":
        return _in_group(code, person, segment)
    return code in _codes(question, person, segment, now)


def _in_group(group, person, segment):
    if group == "started":
        return person.has_started
    return is_in_group(group, person.states, segment.activity, person.has_come)


def _codes(question, person, segment, now):
    if question in _CODES:
        return _CODES[question](person, segment, now)
    return (person.states.get(int(question.removeprefix("answer-")), UNINVITED),)


def _mail_codes(person, segment, now):
    codes = [NOT_YET] if person.invitation == "drafted" else []
    if is_silent(person, days=segment.silent_days, now=now):
        codes.append(SILENT)
    return [*codes, FAILS] if person.email_fails else codes


_CODES = {
    "to": lambda person, segment, now: [group for group in GROUPS if _in_group(group, person, segment)],
    "mail": _mail_codes,
    "host": lambda person, segment, now: (person.host,),
    "language": lambda person, segment, now: (person.language,),
    "before": lambda person, segment, now: (YES if person.came_before else NO,),
    "brings": lambda person, segment, now: (YES if person.brings else NO,),
}
