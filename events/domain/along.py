"""Who comes along from an earlier event's guest list to another one; and of all others the plainest reason why not."""

from collections import Counter
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, field

from .thanks import came

EVERYBODY, INVITED, CAME = "all", "invited", "came"
WHOM = (EVERYBODY, INVITED, CAME)
# In the order in which they are told.
REASONS = ("here", "companion", "unsubscribed", "said_no", "asked_not", "withdrawn", "forgotten")


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A guest of the earlier event. invitation: drafted, sent or revoked; states: {short name of a part: answer};
    agrees: what was said to being invited again, None for nothing.
    """

    pk: int
    contact: int | None
    is_companion: bool
    is_forgotten: bool
    invitation: str
    is_unsubscribed: bool
    has_asked_not: bool
    agrees: bool | None
    has_come: bool | None
    states: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Along:
    """Who comes along, in the order they came, and {reason: how many} of those meant who stay behind."""

    guests: list[Earlier]
    behind: dict[str, int]


def sort_out(guests: Iterable[Earlier], whom: str, here: Container[int]) -> Along:
    """Who of those that are meant comes along to an event with these contacts."""
    meant = [guest for guest in guests if is_meant(guest, whom)]
    reasons = [why_not(guest, here) for guest in meant]
    counts = Counter(reasons)
    along = [guest for guest, reason in zip(meant, reasons, strict=True) if not reason]
    return Along(along, {reason: counts[reason] for reason in REASONS if counts[reason]})


def is_meant(guest: Earlier, whom: str) -> bool:
    """Whether the guest is among everybody, those who were invited (or came all the same), or those who came."""
    if whom == EVERYBODY:
        return True
    has_come = came(guest.states.values(), guest.has_come)
    return has_come or (whom == INVITED and (guest.invitation == "sent" or guest.is_companion))


def why_not(guest: Earlier, here: Container[int]) -> str:
    """The code of why this guest stays behind; "" for who comes along."""
    if guest.is_forgotten or (guest.contact is None and not guest.is_companion):
        return "forgotten"
    if guest.is_companion:
        return "companion"
    if guest.contact in here:
        return "here"
    if guest.has_asked_not:
        return "asked_not"
    if guest.is_unsubscribed:
        return "unsubscribed"
    if guest.agrees is False:
        return "said_no"
    return "withdrawn" if guest.invitation == "revoked" else ""


def parts_for(was_invited_to: Collection[str], parts: Collection[str], there_then: Container[str]) -> list[str]:
    """To which of these parts (short names) somebody is invited: as then, and to those that were not there then; to
    all where that would be nothing.
    """
    own = [part for part in parts if part in was_invited_to or part not in there_then]
    return own or list(parts)
