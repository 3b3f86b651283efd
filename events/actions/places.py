"""A place from the waiting list is said yes to, or given back."""

from django.db import transaction

from ..domain.answers import Choice, State, companions_follow
from . import parties
from .settling import settle


@transaction.atomic
def answer(guest, slug, choice, *, by, channel, now, agent=""):
    """What the guest says to a place that came free for somebody of the party: COMING confirms it, NOT_COMING gives
    it back to the next in line. Possible until the activity starts, whatever the deadline. Returns Settled.

    With no such question open (any more), a no to the guest's own place counts as on the guest's page, and a yes
    changes nothing.
    """
    party = parties.gather(guest)
    rows = party.answers.get(slug, {})
    promoted = [pk for pk, row in rows.items() if row.promoted_at and row.state == State.COMING]
    told = {"by": by, "channel": channel, "now": now, "agent": agent}
    if not promoted:
        said = {guest.pk: choice} if choice == Choice.NOT_COMING and guest.pk in rows else {}
        return settle(party, _with_companions(guest, slug, said, rows), **told)
    said = dict.fromkeys(promoted, choice)
    return settle(
        party, _with_companions(guest, slug, said, rows), closes_at=lambda activity: activity.starts_at, **told
    )


def _with_companions(guest, slug, said, rows):
    """{slug: {guest id: Choice}}, companions following the guest's own no."""
    if not said:
        return {}
    others = {pk: State(row.state) for pk, row in rows.items() if pk != guest.pk}
    follow = companions_follow(said[guest.pk], others) if guest.pk in said else {}
    return {slug: {**follow, **said}}
