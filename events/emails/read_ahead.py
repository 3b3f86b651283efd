"""What letters of one batch ask about their guests, read for all of them at once when the first one asks."""

from dataclasses import dataclass

from .additions import Added
from .photos import Pictured
from .removals import Reasons
from .results import Ran


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """How their parties ran, how many photos they are on, which they have added, and why some are shown again."""

    ran: Ran
    pictured: Pictured
    added: Added
    reasons: Reasons


def read_ahead(messages):
    """No query before a letter asks."""
    guests = [message.guest_id for message in messages]
    return ReadAhead(
        Ran(guests),
        Pictured(guests),
        Added([(message.guest_id, message.facts) for message in messages]),
        Reasons([message.facts for message in messages]),
    )
