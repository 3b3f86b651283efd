"""What a mail provider tells of a mail, kept as our own states and bounces."""

from django.db import transaction
from django.db.models import Q

from ..domain.provider_words import Meaning, told_by
from ..emails import TO_THE_HOUSE
from ..models import Bounce, History, Message
from . import bounces, subscriptions


@transaction.atomic
def hear(event, *, provider_id, our_id, reason, words, now):
    """One event, by anymail's names. Unknown mails and whatever was told before change nothing. Returns the Message
    that was meant, or None.
    """
    message = _meant(provider_id, our_id)
    told = told_by(event, reason, words)
    if message is None:
        return None
    for meaning in told.meanings:
        if meaning == Meaning.ARRIVED:
            _arrived(message, now)
        elif meaning == Meaning.NO_MORE:
            _no_more(message, now)
        elif meaning != Meaning.NOTHING:
            kind, source = Bounce.Kind(meaning), Bounce.Source.PROVIDER
            bounces.came_back(message, kind=kind, source=source, status=told.status, now=now)
    return message


def _no_more(message, now):
    """What a host thinks of a letter about a guest says nothing of the guest."""
    if message.letter not in TO_THE_HOUSE:
        subscriptions.unsubscribe(message.guest, by=None, channel=History.Channel.SYSTEM, now=now)


def _meant(provider_id, our_id):
    names = [Q(provider_id=provider_id)] if provider_id else []
    names += [Q(message_id=f"<{our_id}>")] if our_id else []
    if not names:
        return None
    rows = Message.objects.filter(names[0] | names[-1]).select_related("guest__event")
    return rows.order_by("pk").first()


def _arrived(message, now):
    """At the receiver's server, which is not read. What we were not sure of was sent after all."""
    unsure = Message.objects.filter(pk=message.pk, state=Message.State.UNCERTAIN)
    unsure.update(state=Message.State.SENT, error_code="", sent_at=now)
