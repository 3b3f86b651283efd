"""The demo's wishes: somebody who was forgotten, and somebody who does not want to be invited again."""

from datetime import timedelta

from ..models import Guest, History
from . import privacy

FORGOTTEN, NOT_AGAIN = 16, 17  # places in the guest list, behind those of whom there are few of a kind
BEFORE = timedelta(hours=3)
WEB = {"by": None, "channel": History.Channel.WEB}


def fill(event, *, now):
    """Both said so this morning, by their links; in a small demo nobody does."""
    guests = list(
        Guest.objects.filter(event=event, companion_of=None).select_related("event", "contact").order_by("pk")
    )
    if len(guests) <= 2 * NOT_AGAIN:
        return
    privacy.never_again(guests[NOT_AGAIN], now=now - BEFORE, **WEB)
    privacy.forget_guest(guests[FORGOTTEN], now=now - BEFORE, **WEB)
