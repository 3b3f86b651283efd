"""Which kind line a runner reads: chosen by how the race went, the same warmth for the last as for the first."""

from enum import StrEnum

from .ranking import Best, Status

NEAR_SHARE, NEAR_MS = 50, 5_000  # a fiftieth of the ambition, or five seconds where that is more


class Mood(StrEnum):
    """How a race went for its runner. The values are stored with the organiser's own words: add, never change."""

    PERS = "pers"
    EQUAL = "tangert"
    NEAR_AMBITION = "near_ambition"
    DEBUT = "debut"
    NOT_THIS_TIME = "not_this_time"
    FINISHED = "finished"
    DNF = "dnf"
    DSQ = "dsq"
    NC = "nc"
    DNS = "dns"
    UNCLEAR = "unclear"


_NOT_FINISHED = {
    Status.DNF: Mood.DNF,
    Status.DSQ: Mood.DSQ,
    Status.NC: Mood.NC,
    Status.DNS: Mood.DNS,
    Status.UNCLEAR: Mood.UNCLEAR,
}


def mood(
    status: Status, best: str, *, ambition_ms: int | None = None, off_ms: int | None = None, may_be_debut: bool = True
) -> Mood:
    """The gladdest that fits. off_ms is how far from the ambition; may_be_debut is false where we know of no time, but
    not that there was none: of companions, and of who says to have been here before.
    """
    if status in _NOT_FINISHED:
        return _NOT_FINISHED[status]
    if best == Best.PERS:
        return Mood.PERS
    if best == Best.EQUAL:
        return Mood.EQUAL
    if is_near(ambition_ms, off_ms):
        return Mood.NEAR_AMBITION
    if best == Best.NOT_THIS_TIME:
        return Mood.NOT_THIS_TIME
    return Mood.DEBUT if may_be_debut else Mood.FINISHED


def is_near(ambition_ms: int | None, off_ms: int | None) -> bool:
    """Whether a time is near the ambition, over or under alike."""
    return bool(ambition_ms) and off_ms is not None and abs(off_ms) <= max(NEAR_MS, ambition_ms // NEAR_SHARE)
