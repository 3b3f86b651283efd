"""What a guest told somebody of ours besides the answer: written down at once, in the guest's name."""

from django.db import transaction

from ..models import Consent
from . import companions, consents, entries, messages, replies, waiting_list


@transaction.atomic
def write_down(guest, *, told, said, by, channel, now, tell=True):
    """Stores what was told about races, {answer: facts}, and replied to questions, {answer: {question: value}}.

    The guest gets a confirmation with the link to it, with `tell`, when anything is new. Returns whether it is.
    """
    how = {"by": by, "channel": channel, "now": now}
    is_new = bool(entries.tell(guest.event, told, **how)) | bool(replies.reply(guest.event, said, **how))
    _confirm(guest, tell=tell and is_new, by=by, now=now)
    return is_new


@transaction.atomic
def agree(guest, chosen, *, language, by, channel, now, tell=True):
    """Keeps the guest's own yes and no as told to us, {purpose: whether yes}. Returns whether anything is new."""
    before = set(Consent.objects.filter(guest=guest).values_list("pk", flat=True))
    how = {"by": by, "channel": channel, "language": language, "now": now}
    said = {consents.say(guest, purpose, is_given, **how).pk for purpose, is_given in chosen.items()}
    is_new = not said <= before
    _confirm(guest, tell=tell and is_new, by=by, now=now)
    return is_new


@transaction.atomic
def bring(guest, wishes, *, may_part, by, channel, now, tell=True, seen=None):
    """Who comes along, as actions.companions takes it, and whether they may also take places one at a time.

    Returns (Settled, the answers of others who got a place). Raises companions.TooMany and CannotBeSaid.
    """
    how = {"by": by, "channel": channel, "now": now}
    settled = companions.save(guest, wishes, **how, tell=tell, seen=seen)
    if may_part:
        parted = waiting_list.split(guest, **how)
        return settled, [*settled.promoted, *parted]
    waiting_list.join(guest, **how)
    return settled, settled.promoted


def _confirm(guest, *, tell, by, now):
    reader = guest.reader if tell else None
    messages.queue([messages.confirmation(reader, now=now)] if reader else [], by=by, now=now)
