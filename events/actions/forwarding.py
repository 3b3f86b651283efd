"""A person's mail goes on to whoever looks after that person: the guest's host, else the event's contact, else ours.

Nothing of it is kept. It is sent while it still lies in the mailbox; who finds it half passed on after a crash sends
it again, with the same Message-ID, for a mail to one of us that comes twice is better than one that does not come.
"""

import logging
from datetime import timedelta

from django.conf import settings

from ..domain import mailboxes
from ..domain.addresses import email_key
from ..domain.delivery import NotTaken, Step
from ..emails import our_address
from ..emails.forwarding import forwarded
from ..models import Event, Guest, Message, Received
from .lines import line_to
from .outcomes import Outcome

_ABOUT_US = {Step.CONNECT, Step.LOGIN, Step.SENDER}  # a refusal here is for the operator to mend
LEASE = timedelta(minutes=10)
State = Received.State
log = logging.getLogger("vertskap.inbound")


def our_addresses():
    """The addresses whose mail comes here, folded: passing on to one of them would go round for ever."""
    own = {our_address()}
    if settings.INBOUND_URL:
        own.add(mailboxes.read_address(settings.INBOUND_URL).user)
    return frozenset(map(email_key, own))


def guest_of(mail):
    """The guest this mail is about: whose mail it answers, else whose address it is from; None for a stranger.

    Of several events, the one whose day is nearest ahead, else the latest.
    """
    guests = Guest.objects.filter(forgotten_at=None).select_related("event", "host", "contact__host")
    if mail.answered_ids:
        answered = Message.objects.filter(message_id__in=mail.answered_ids).order_by("-pk")
        if guest := guests.filter(pk__in=answered.values("guest")[:1]).first():
            return guest
    if not mail.sender:
        return None
    same = list(guests.filter(contact__email_key=email_key(mail.sender)))
    is_live = {Event.State.DRAFT, Event.State.OPEN, Event.State.CLOSED}
    return max(same, key=lambda guest: (guest.event.state in is_live, guest.event.held_on, guest.pk), default=None)


def claimed(found):
    """[Outcome] of a mail that is to be passed on; in the caller's transaction."""
    return [Outcome(state=State.FORWARDING, reason=found.reason, guest=guest_of(found.mail))]


def claim_again(row, *, now):
    """Whether the row was left half passed on, and is ours now: of two readers one."""
    stale = Received.objects.filter(pk=row.pk, state=State.FORWARDING, at__lte=now - LEASE)
    return bool(stale.update(at=now))


def pass_on(row, sender, raw, *, now):
    """Sends a claimed mail; raw None where it is too large. Returns the row's new state, FORWARDING for "later".

    Must not be called inside a transaction.
    """
    if _are_too_many(now):
        log.warning("More than %s mails an hour: the rest lies in the mailbox", settings.FORWARDED_MAILS_PER_HOUR)
        return _record(row, State.IGNORED, "too_many")
    to = _whom(row.guest, sender)
    if not to:
        return _record(row, State.IGNORED, "nobody_to_tell")
    mail = forwarded(raw, to=to, sender=sender, key=row.key, guest=row.guest, event=row.event)
    try:
        _send(mail)
    except NotTaken as refusal:
        if (refusal.reply or 0) < 500 or refusal.step in _ABOUT_US:
            log.warning("A mail could not be passed on yet: %s", refusal.step)
            return State.FORWARDING
        log.error("A mail could not be passed on: refused with %s", refusal.reply)
        return _record(row, State.IGNORED, "forward_refused")
    return _record(row, State.FORWARDED, row.reason)


def _whom(guest, sender):
    """The first of us who has an address that is neither the sender's nor the mailbox itself; "" for nobody."""
    host = (guest.host or (guest.contact.host if guest.contact_id else None)) if guest else None
    candidates = [host.email if host else "", guest.event.contact[1] if guest else "", settings.CONTACT_EMAIL]
    barred = {*our_addresses(), email_key(sender)}
    return next((address for address in candidates if address and email_key(address) not in barred), "")


def _are_too_many(now):
    """So that nobody uses us to flood our own people."""
    lately = Received.objects.filter(state=State.FORWARDED, at__gt=now - timedelta(hours=1))
    return lately.count() >= settings.FORWARDED_MAILS_PER_HOUR


def _send(mail):
    line = line_to()
    try:
        line.open()
        line.send(line.parcel(mail, our_address()))
    finally:
        line.close()


def _record(row, state, reason):
    Received.objects.filter(pk=row.pk, state=State.FORWARDING).update(state=state, reason=reason)
    return state
