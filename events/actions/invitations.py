"""Sending a letter to a group of guests in one call, as commands and other deeds do; a page presses by `campaigns`."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from .. import emails
from ..domain.audiences import Wish
from ..domain.segments import GROUPS, Segment
from ..models import Event, History, Letter, Message
from . import campaigns, history
from .audiences import (
    BY_ITSELF,
    Audience,
    EventIsNotOpen,
    GoesByItself,
    GoesWithThanks,
    NobodyIsCounted,
    NothingToSay,
    ResultsAreNotShown,
    choose,
    refuse,
    rows_of,
)

__all__ = [
    "BY_ITSELF", "SEGMENTS", "Audience", "EventIsNotOpen", "GoesByItself", "GoesWithThanks", "NobodyIsCounted",
    "NothingToSay", "ResultsAreNotShown", "Sending", "audience", "send", "send_to",
]  # fmt: skip
SEGMENTS = GROUPS


@dataclass(frozen=True, slots=True)
class Sending:
    """What a press of "send" did, or with dry_run would do."""

    queued: int
    skipped: dict


def audience(event, *, letter="invitation", to="all", activity=None):
    """The Audience of this letter among a group of guests, by the answer to one activity or to any.

    Raises NothingToSay, GoesByItself, NobodyIsCounted and EventIsNotOpen.
    """
    return choose(event, _wish(to, activity), letter=letter, now=timezone.now())


def send(
    event, *, letter="invitation", to="all", activity=None, by, channel, now, at=None, dry_run=False,
    tell=lambda written, total: None,
):  # fmt: skip
    """Queues the letter for its audience, due now or at `at`, with history, every mail before it returns Sending.

    Pressing twice sends nothing twice: a guest has one row per letter. Rows that failed or were stopped are queued
    again, with their Message-ID; those that may have been sent are left to `messages.send_again`. The list is frozen
    in one transaction, the mails are written in portions; tell(written, total) after each.
    """
    wish = _wish(to, activity)
    if dry_run:
        chosen = choose(event, wish, letter=letter, now=now)
        return Sending(len(chosen.ids), chosen.reasons)
    with transaction.atomic():
        event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        chosen = choose(event, wish, letter=letter, now=now)
        how = {"by": by, "channel": channel, "now": now, "at": at}
        campaign = campaigns.freeze(event, chosen, wish, letter=letter, **how) if chosen.ids else None
    if campaign:
        tell(campaign.written, len(chosen.ids))
        campaigns.write_all(campaign, clock=lambda: now, tell=tell)
    return Sending(len(chosen.ids), chosen.reasons)


@transaction.atomic
def send_to(guest, *, by, channel, now):
    """Queues the invitation for this one guest, due now. Without an address, or pressed twice, it queues nothing.

    Raises EventIsNotOpen.
    """
    event = Event.objects.get(pk=guest.event_id)
    letter = Letter.Kind.INVITATION
    refuse(event, letter)
    if not guest.email or rows_of(event, letter).filter(guest=guest).exists():
        return
    Message.objects.create(
        guest=guest, event=event, letter=letter, key=letter, language=guest.mail_language, created_at=now, queued_by=by,
        due_at=now, message_id=emails.new_message_id(),
    )  # fmt: skip
    history.record(
        event, History.What.MAIL_QUEUED, by=by, channel=channel, now=now, guest=guest, letter=str(letter)
    )  # fmt: skip


def _wish(to, activity):
    return Wish(wanted=Segment(to=to, activity=activity and activity.pk))
