"""Mails that came back, matched with ours: by the address that is one mail's own, by a Message-ID, by the recipient."""

from datetime import timedelta

from ..domain.addresses import email_key
from ..emails import TO_THE_HOUSE
from ..models import Bounce, Message, Received
from . import bounces
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


def _facts(found):
    return {"status": found.bounce.status} if found.bounce.status else {}


def _message_of(bounce, now):
    """By what proves most. By the recipient alone only where a program wrote the report, and lately sent mail."""
    sent = Message.objects.filter(state__in=LEFT_US, guest__forgotten_at=None).select_related("guest", "event")
    if bounce.number:
        return sent.filter(pk=bounce.number).first()
    named = sent.filter(message_id__in=bounce.ids).order_by("-pk").first() if bounce.ids else None
    if named or not bounce.is_report:
        return named
    addresses = {*bounce.recipients, *map(email_key, bounce.recipients)}
    lately = sent.filter(to_address__in=addresses, sent_at__gt=now - RECENTLY)
    return lately.order_by("-sent_at", "-pk").first()
