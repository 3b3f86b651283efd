"""What letters of one batch ask about their guests, read for all of them at once when the first one asks."""

from dataclasses import dataclass

from .photos import Pictured
from .results import Ran


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """How their parties ran, and how many photos they are on."""

    ran: Ran
    pictured: Pictured


def read_ahead(guest_ids):
    """No query before a letter asks."""
    return ReadAhead(Ran(guest_ids), Pictured(guest_ids))
