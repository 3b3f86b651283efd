"""Thanks for the evening, in words that fit: to whoever came, was missed, or could not come."""

from collections.abc import Collection

from .answers import State

CAME, MISSED, DECLINED = "thanks", "thanks_missed", "thanks_declined"  # as the kinds of letters are called


def came(states: Collection[str], has_come: bool | None) -> bool:
    """Whether the guest counts as having come: as somebody marked it; unmarked, whoever was coming."""
    return State.COMING in states if has_come is None else has_come


def was_missed(states: Collection[str], has_come: bool | None) -> bool:
    """Was coming, and somebody marked that they were not there."""
    return has_come is False and State.COMING in states


def thanks_for(states: Collection[str], has_come: bool | None) -> str:
    """The kind of letter that fits; "" for who never said a word, and is not written to."""
    if came(states, has_come):
        return CAME
    if was_missed(states, has_come):
        return MISSED
    return "" if set(states) <= {State.NO_ANSWER} else DECLINED
