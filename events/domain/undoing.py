"""Which changes in a history may be undone: the latest of each thing, unless it is the guest's own affair.

What a change put aside stands in the row's facts as ids, codes and times. Names and words are not kept there, so what
is made of them is not brought back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

UNINVITED = "uninvited"
OPEN, WITHDRAWN = "open", "revoked"  # of a link
THERE, NOT_THERE, UNMARKED = "there", "not_there", "unmarked"  # of somebody's presence
TOGETHER, APART = "together", "apart"  # of a party in line
WISHED, SET_ASIDE = "wished", "set_aside"  # of what a guest wanted to say too late
YES = "yes"  # of a consent


class Thing(StrEnum):
    """What a change is about. The values stand in history: add, never change."""

    ANSWER = "answer"
    LINE = "line"
    LINK = "link"
    LANGUAGE = "language"
    PRESENCE = "presence"
    COMPANIONS = "companions"
    PARTY = "party"
    RACE = "race"
    REPLIES = "replies"
    COLLEAGUE = "colleague"
    PROPOSAL = "proposal"
    CONSENT = "consent"
    WISH = "wish"
    GRACE = "grace"


class Verdict(StrEnum):
    """Whether a row can be undone, and if not, why."""

    MAY = "may"
    UNDONE = "undone"
    CHANGED_SINCE = "changed_since"
    GUESTS_OWN = "guests_own"
    LINK_ENDED = "link_ended"
    CANCELLED = "cancelled"
    NO_PLACE = "no_place"
    NO_CHANGE = "no_change"
    NAME_NOT_KEPT = "name_not_kept"
    WORDS_NOT_KEPT = "words_not_kept"
    DATA_NOT_KEPT = "data_not_kept"
    GUEST_AGREES = "guest_agrees"
    NO_MORE_MAIL = "no_more_mail"
    GUEST_PROPOSES = "guest_proposes"
    DECIDE_ANEW = "decide_anew"
    COLLEAGUE_ANSWERED = "colleague_answered"
    COLLEAGUE_RELEASED = "colleague_released"
    TOO_MANY = "too_many"
    HAS_BEGUN = "has_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a row did to one thing; number is the place in line it had before, `was` whatever else there was."""

    thing: Thing
    before: str | int = ""
    after: str | int = ""
    number: int | None = None
    was: Mapping = field(default_factory=dict)


def change_of(what: str, facts: Mapping) -> Change | None:
    """The change a history row tells of; None for one that changed nothing that can be put back."""
    try:
        return _CHANGES[what](facts) if what in _CHANGES else None
    except (KeyError, ValueError):  # an older row, or one whose facts were forgotten with the guest
        return None


def verdicts(rows: Iterable[tuple[int, str, int | None, Mapping]]) -> dict[int, Verdict]:
    """{row id: Verdict} of one guest's history; rows are (id, what, activity id, facts), newest first."""
    changed, undone, found = set(), set(), {}
    for pk, what, activity, facts in rows:
        verdict, thing = _standing(what, facts)
        key = (thing, facts.get("purpose", activity))
        if thing and key in changed:
            verdict = Verdict.UNDONE if pk in undone else Verdict.CHANGED_SINCE
        found[pk] = verdict
        changed.add(key)
        if thing is Thing.ANSWER:
            changed.add((Thing.WISH, activity))  # whoever has an answer by now wishes for nothing
        undone.add(facts.get("undoes"))
    return found


def has_places(heads: int, *, capacity: int | None, coming: int, waiting: int) -> bool:
    """Whether so many get places at once. While somebody waits, a free place is theirs."""
    return capacity is None or (not waiting and coming + heads <= capacity)


def _standing(what, facts):
    """(the verdict while nothing newer is known, the thing the row touched or None).

    A place in line counts as part of the answer.
    """
    change = change_of(what, facts)
    if change is None:
        return _stays(what, facts)
    thing = Thing.ANSWER if change.thing is Thing.LINE else change.thing
    return (_ONCE.get(thing, Verdict.MAY) if what == "undone" else Verdict.MAY), thing


def _stays(what, facts):
    """The same for a row that is not put back from here."""
    if what == "late" and facts.get("again"):  # written by the undoing that stands beside it
        return Verdict.NO_CHANGE, None
    if what == "companions" and "named" not in facts:
        return Verdict.NO_CHANGE, Thing.COMPANIONS
    return _STAYS.get(what, (Verdict.NO_CHANGE, None))


def _got_a_place(facts):
    return Change(thing=Thing.ANSWER, before="waiting", after="coming", number=facts["number"])


def _answered(facts):
    return Change(thing=Thing.ANSWER, before=facts["before"], after=facts["after"], number=facts.get("number"))


def _companions(facts):
    if "splits" not in facts:
        return Change(thing=Thing.COMPANIONS, was=facts["was"])
    before, after = (TOGETHER, APART) if facts["splits"] else (APART, TOGETHER)
    return Change(thing=Thing.PARTY, before=before, after=after)


def _replied(facts):
    """Of what was written in words nothing was kept; what was chosen may stand beside it."""
    if not facts["was"]:
        raise KeyError("was")
    return Change(thing=Thing.REPLIES, was=facts["was"])


def _agreed(facts):
    """Only a yes that the house wrote down says what was before; it may be taken away, and no yes be given."""
    if facts["after"] != YES:
        raise ValueError(facts["after"])
    return Change(thing=Thing.CONSENT, before=facts["before"], after=YES, was={"purpose": facts["purpose"]})


def _programme(facts):
    if facts["change"] != "grace":
        raise ValueError(facts["change"])
    return Change(thing=Thing.GRACE, before=facts["before"], after=facts["until"])


def _undone(facts):
    return Change(
        thing=Thing(facts["thing"]), before=facts["before"], after=facts["after"], number=facts.get("number"),
        was=facts.get("was", {}),
    )  # fmt: skip


# What is not put back from here, with what it says and what it touches.
_STAYS = {
    "confirmed": (Verdict.GUESTS_OWN, Thing.ANSWER),
    "link_renewed": (Verdict.LINK_ENDED, Thing.LINK),
    "unsubscribed": (Verdict.NO_MORE_MAIL, None),
    "corrected": (Verdict.DATA_NOT_KEPT, None),
    "companions": (Verdict.NAME_NOT_KEPT, None),
    "consent": (Verdict.GUEST_AGREES, Thing.CONSENT),
    "replied": (Verdict.WORDS_NOT_KEPT, Thing.REPLIES),
    "race": (Verdict.NO_CHANGE, Thing.RACE),
    "proposed": (Verdict.GUEST_PROPOSES, Thing.PROPOSAL),
    "substituted": (Verdict.NO_CHANGE, Thing.COLLEAGUE),
    "late": (Verdict.NO_CHANGE, Thing.WISH),
    "set_aside": (Verdict.NO_CHANGE, Thing.WISH),
}
# What is undone once, and how it may be had again.
_ONCE = {
    Thing.CONSENT: Verdict.GUEST_AGREES,
    Thing.COLLEAGUE: Verdict.COLLEAGUE_RELEASED,
    Thing.PROPOSAL: Verdict.DECIDE_ANEW,
}
_CHANGES = {
    "answered": _answered,
    "promoted": _got_a_place,
    "given_place": _got_a_place,
    "moved": lambda facts: Change(thing=Thing.LINE, before=facts["from"], after=facts["to"]),
    "invited": lambda facts: Change(thing=Thing.ANSWER, before=UNINVITED, after="no_answer"),
    "left_out": lambda facts: Change(thing=Thing.ANSWER, before=facts["before"], after=UNINVITED),
    "link_revoked": lambda facts: Change(thing=Thing.LINK, before=OPEN, after=WITHDRAWN),
    "language": lambda facts: Change(thing=Thing.LANGUAGE, before=facts["before"], after=facts["language"]),
    "came": lambda facts: Change(thing=Thing.PRESENCE, before=facts["before"], after=facts["after"]),
    "companions": _companions,
    "race": lambda facts: Change(thing=Thing.RACE, was=facts["was"]),
    "replied": _replied,
    "substituted": lambda facts: Change(thing=Thing.COLLEAGUE, was=facts["was"]),
    "not_taken": lambda facts: Change(thing=Thing.PROPOSAL, was=facts["was"]),
    "consent": _agreed,
    "set_aside": lambda facts: Change(thing=Thing.WISH, before=WISHED, after=SET_ASIDE, was=facts["was"]),
    "programme": _programme,
    "undone": _undone,
}
