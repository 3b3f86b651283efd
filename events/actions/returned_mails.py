"""Mails that came back, and complaints of mails, matched with ours: by the address that is one mail's own, by a
Message-ID, by the recipient.
"""

from datetime import timedelta

from ..domain.addresses import email_key
from ..emails import TO_THE_HOUSE
from ..models import Bounce, History, Message, Received
from . import bounces, subscriptions
from .outcomes import Outcome, ignored

RECENTLY = timedelta(days=14)  # so old may a mail be of which a bounce names the recipient only
LEFT_US = (Message.State.SENT, Message.State.UNCERTAIN, Message.State.FAILED)


def take(found, *, now):
    """[Outcome]; in the caller's transaction. What is not about a mail of ours changes nothing."""
    message = _message_of(found.bounce, now)
    if message is None:
        return [ignored("not_ours")]
    bounces.came_back(
        message, kind=str(found.bounce.kind), source=Bounce.Source.MAIL, now=now, status=found.bounce.status
    )
    guest = None if message.letter in TO_THE_HOUSE else message.guest
    return [Outcome(state=Received.State.APPLIED, reason=str(found.bounce.kind), guest=guest, facts=_facts(found))]


def complained(found, *, now):
    """[Outcome]; who pressed "spam" on a mail of ours gets no more invitations, as by the link to unsubscribe."""
    message = _named(_left_us(), found.complaint)
    if message is None or message.letter in TO_THE_HOUSE:
        return [ignored("not_ours")]
    subscriptions.unsubscribe(message.guest, by=None, channel=History.Channel.MAIL, now=now)
    return [Outcome(state=Received.State.APPLIED, reason=found.reason, guest=message.guest)]


def _facts(found):
    return {"status": found.bounce.status} if found.bounce.status else {}


def _message_of(bounce, now):
    """By what proves most. By the recipient alone only where a program wrote the report, and lately sent mail."""
    sent = _left_us()
    named = _named(sent, bounce)
    if named or bounce.number or not bounce.is_report:
        return named
    addresses = {*bounce.recipients, *map(email_key, bounce.recipients)}
    lately = sent.filter(to_address__in=addresses, sent_at__gt=now - RECENTLY)
    return lately.order_by("-sent_at", "-pk").first()


def _left_us():
    return Message.objects.filter(state__in=LEFT_US, guest__forgotten_at=None).select_related("guest__event", "event")


def _named(sent, report):
    """The mail by its own number, which proves most, else by its Message-ID."""
    if report.number:
        return sent.filter(pk=report.number).first()
    return sent.filter(message_id__in=report.ids).order_by("-pk").first() if report.ids else None
