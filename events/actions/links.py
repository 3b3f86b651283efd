""" "Send me my link again": by mail, to the stored address and to no other."""

from django.db import transaction

from ..domain.addresses import email_key
from ..models import Event, Guest, History, Invitation
from . import history, messages


@transaction.atomic
def send_again(email, *, now):
    """Queues one mail per invitation that has this address, and tells nobody how many. Pressing twice sends one.

    Only of events whose page still asks for an answer or tells how to come: who holds an address that was wrong, or is
    no longer one's own, gets no more than needed.
    """
    guests = list(
        Guest.objects.filter(contact__email_key=email_key(email))
        .exclude(contact__email="")
        .exclude(invitation__state=Invitation.State.REVOKED)
        .filter(event__state__in=[Event.State.OPEN, Event.State.CLOSED])
        .filter(invitation__isnull=False)
        .select_related("event", "contact")
    )
    if not guests:
        return
    messages.queue([messages.link_again(guest, now=now) for guest in guests], by=None, now=now)
    rows = [
        history.note(
            guest.event, History.What.MAIL_QUEUED, by=None, channel=History.Channel.WEB, now=now, guest=guest,
            letter="link",
        )
        for guest in guests
    ]  # fmt: skip
    History.objects.bulk_create(rows)
