"""To whom a letter goes: those who are asked for, and of everybody else the plainest reason why not."""

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .segments import UNINVITED, Person, Segment, fits, is_in_group, misfits
from .thanks import thanks_for

THANKS = "thanks"
PENDING = "pending"
GOES_AGAIN = frozenset({"failed", "stopped"})  # a row in this state is put into the queue once more


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Whom somebody wants to write to: a segment, perhaps only these of it, and whom to leave out."""

    wanted: Segment = field(default_factory=Segment)
    unwanted: Segment | None = None
    only: Container[int] | None = None
    without: Container[int] = ()


@dataclass(frozen=True, slots=True)
class Sorted:
    """The ids of those who get the letter, in the order they came, and (id, reason) of all others."""

    ids: list[int]
    left_out: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a list since somebody looked at it: who is gone and why, who is new, how many are not there at
    all any more.
    """

    gone: list[tuple[int, str]]
    new: list[int]
    vanished: int

    def __bool__(self) -> bool:
        return bool(self.gone or self.new or self.vanished)


def sort_out(people: Iterable[Person], wish: Wish, *, letter: str, now: datetime) -> Sorted:
    """Who gets the letter and who does not."""
    ids, left_out = [], []
    for person in people:
        reason = why_not(person, wish, letter=letter, now=now)
        if reason:
            left_out.append((person.pk, reason))
        else:
            ids.append(person.pk)
    return Sorted(ids, left_out)


def why_not(person: Person, wish: Wish, *, letter: str, now: datetime) -> str:
    """The code of why this guest is left out, the plainest reason first; "" for who gets the letter."""
    return _not_meant(person, wish, now=now) or _not_fit(person, letter) or _not_reached(person)


def difference(seen: Collection[int], ids: Collection[int], left_out: Iterable[tuple[int, str]]) -> Difference:
    """How a list differs from the one that was seen. Who has answered meanwhile did so "a minute ago"."""
    gone = [(pk, _JUST_NOW.get(reason, reason)) for pk, reason in left_out if pk in seen]
    new = [pk for pk in ids if pk not in seen]
    return Difference(gone, new, len(seen) - len(gone) - (len(ids) - len(new)))


def no_longer(segment: Segment, states: Mapping[int, str]) -> str:
    """Why somebody who was chosen by an answer is not to get the letter any more, else "". A frozen list only
    shrinks: whoever joins the group later does not join the list.
    """
    if segment.to not in _BY_DEED and not is_in_group(segment.to, states, segment.activity):
        return _other_group(segment.to)
    is_other = any(states.get(pk, UNINVITED) != state for pk, state in segment.answers.items())
    return "other_answer" if is_other else ""


_BY_DEED = frozenset({"came", "missed", "started"})  # not an answer that can change
_JUST_NOW = {"answered": "answered_just_now", "other_answer": "answered_just_now"}


def _not_meant(person, wish, *, now):
    """Not among those who are asked for."""
    if person.is_companion:
        return "companion"
    if not person.states or (wish.wanted.activity is not None and wish.wanted.activity not in person.states):
        return "not_invited"
    if person.pk in wish.without or (wish.unwanted is not None and fits(person, wish.unwanted, now=now)):
        return "excluded"
    if wish.only is not None and person.pk not in wish.only:
        return "not_in_segment"
    wrong = misfits(person, wish.wanted, now=now)
    if "to" in wrong:
        return _other_group(wish.wanted.to)
    return "not_in_segment" if wrong else ""


def _other_group(group):
    return {"unanswered": "answered", "started": "not_started"}.get(group, "other_answer")


def _not_fit(person, letter):
    if letter == THANKS and not thanks_for(person.states.values(), person.has_come):
        return "never_answered"
    return "revoked" if person.invitation in ("", "revoked") else ""


def _not_reached(person):
    """There is no way, the guest wants none, or has it."""
    if not person.has_email:
        return "no_email"
    if person.email_fails:
        return "bounced"
    if person.is_unsubscribed:
        return "unsubscribed"
    if person.mail == "uncertain":
        return "uncertain"
    return "" if not person.mail or person.mail in GOES_AGAIN else "already_sent"


# As JSON, for what is kept of a press ------------------------------------------------------

_PLAIN = ("to", "activity", "mail", "silent_days", "host", "language", "before", "brings")


def as_json(wish: Wish) -> dict:
    """The wish in codes and ids, without what is not asked for."""
    told = _segment_as_json(wish.wanted)
    if wish.unwanted is not None:
        told["unwanted"] = _segment_as_json(wish.unwanted)
    if wish.only is not None:
        told["only"] = str(wish.only)
    return {**told, "without": str(wish.without)} if wish.without else told


def segment_from_json(told: Mapping) -> Segment:
    """The segment as it was kept, of whom it is for; what is not known is as if nobody had asked for it."""
    plain = {name: told[name] for name in _PLAIN if name in told}
    answers = {int(pk): state for pk, state in told.get("answers", {}).items()}
    companies = frozenset(told["companies"]) if "companies" in told else None
    return Segment(**plain, answers=answers, companies=companies)


def _segment_as_json(segment):
    usual = Segment()
    told = {name: getattr(segment, name) for name in _PLAIN if getattr(segment, name) != getattr(usual, name)}
    if segment.answers:
        told["answers"] = {str(pk): state for pk, state in segment.answers.items()}
    if segment.companies is not None:
        told["companies"] = sorted(segment.companies)
    return told
