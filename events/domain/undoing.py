"""Which changes in a guest's history may be undone: the latest of each thing, unless it is the guest's own affair."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

UNINVITED = "uninvited"
OPEN, WITHDRAWN = "open", "revoked"  # of a link
THERE, NOT_THERE, UNMARKED = "there", "not_there", "unmarked"  # of somebody's presence
NOT_OURS = {"unsubscribed", "consent", "confirmed"}


class Thing(StrEnum):
    """What a change is about. The values stand in history: add, never change."""

    ANSWER = "answer"
    LINE = "line"
    LINK = "link"
    LANGUAGE = "language"
    PRESENCE = "presence"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a row did to one thing; number is the place in line it had before."""

    thing: Thing
    before: str | int
    after: str | int
    number: int | None = None


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
        touched = _touched(what, activity, facts)
        if what in NOT_OURS:
            found[pk] = Verdict.GUESTS_OWN
        elif touched is None:
            found[pk] = Verdict.NO_CHANGE
        elif touched in changed:
            found[pk] = Verdict.UNDONE if pk in undone else Verdict.CHANGED_SINCE
        else:
            found[pk] = _STAYS.get(what, (Verdict.MAY, None))[0]
        changed.add(touched)
        undone.add(facts.get("undoes"))
    return found


def has_places(heads: int, *, capacity: int | None, coming: int, waiting: int) -> bool:
    """Whether so many get places at once. While somebody waits, a free place is theirs."""
    return capacity is None or (not waiting and coming + heads <= capacity)


def _touched(what, activity, facts):
    """(thing, activity) that a row changed, else None. A place in line counts as part of the answer."""
    if what in _STAYS:
        return _STAYS[what][1], activity
    change = change_of(what, facts)
    if change is None:
        return None
    return (Thing.ANSWER if change.thing is Thing.LINE else change.thing), activity


def _got_a_place(facts):
    return Change(thing=Thing.ANSWER, before="waiting", after="coming", number=facts["number"])


def _answered(facts):
    return Change(thing=Thing.ANSWER, before=facts["before"], after=facts["after"], number=facts.get("number"))


# What changes a thing and is not put back from here, with what it says.
_STAYS = {
    "confirmed": (Verdict.GUESTS_OWN, Thing.ANSWER),
    "link_renewed": (Verdict.LINK_ENDED, Thing.LINK),
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
    "undone": lambda facts: Change(
        thing=Thing(facts["thing"]), before=facts["before"], after=facts["after"], number=facts.get("number")
    ),
}
