"""Wanting no more invitations."""

from django.db import transaction

from ..models import Contact, History
from . import history


@transaction.atomic
def unsubscribe(guest, *, by, channel, now):
    """No more invitations and reminders to this person, at any event; answers stay as they are.

    Confirmations of what the person does, and the link when asked for, still go out: silence would be rude. Doing it
    twice is harmless. Returns whether anything changed.
    """
    changed = Contact.objects.filter(pk=guest.contact_id, unsubscribed_at=None).update(unsubscribed_at=now)
    if changed:
        history.record(guest.event, History.What.UNSUBSCRIBED, by=by, channel=channel, now=now, guest=guest)
    return bool(changed)
