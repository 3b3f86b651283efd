"""The promises of the rules, kept: each day of a rule is dealt with once, however many schedulers run.

Whoever deals with it holds the event's row, writes the day's row and the mails in one transaction: killed before the
end, nothing has happened and the next one does it; killed after it, the day's row says so.
"""

import logging
from dataclasses import dataclass

from django.db import transaction

from .. import emails
from ..domain import reminders
from ..domain.audiences import Wish
from ..domain.reminders import PRACTICAL, REMINDER, Standing
from ..domain.segments import Segment
from ..models import Campaign, Event, History, Occurrence, Reminder
from ..models.readers import readers_of
from . import campaigns, history
from .audiences import NothingToSay

WISHES = {REMINDER: Wish(wanted=Segment(to="unanswered")), PRACTICAL: Wish(wanted=Segment(to="coming"))}
log = logging.getLogger("vertskap.worker")
HAPPENS = (Standing.DUE, Standing.MISSED)


class OfNoUseAnyMore(ValueError):
    """What the letter is about is over, or the event is not open for it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a missed letter that was sent after all; campaign is None where nobody was left to write to."""

    count: int
    campaign: Campaign | None = None


def run_due(*, now, should_stop=lambda: False):
    """Sends what the rules have due and notes what was missed. One query when there is nothing. Returns how many days
    of rules were dealt with.
    """
    waiting = [
        reminder.pk for reminder in Reminder.objects.in_force().with_occasion() if _standing(reminder, now) in HAPPENS
    ]
    return sum(_try(pk, now=now) for pk in waiting if not should_stop())


def _try(reminder_id, *, now):
    """What is wrong with one event must not keep the others' letters, nor the worker, from going on."""
    try:
        return settle(reminder_id, now=now)
    except Exception:
        log.exception("A letter that is due by rule could not be written")
        return False


@transaction.atomic
def settle(reminder_id, *, now):
    """Deals with today's day of a rule, if it is due and nobody has. Returns whether it did.

    A letter without a text waits for it until the evening. What nobody would have got was not missed.
    """
    reminder = _locked(reminder_id)
    standing = reminder and _standing(reminder, now)
    if standing not in HAPPENS:
        return False
    chosen = reminders.choose(readers_of(reminder.event), reminder.rule, now)
    campaign = None
    if chosen.ids and standing is Standing.DUE:
        if not emails.has_text(reminder.event, reminder.letter):
            return False
        at = reminders.due_at(reminder.rule, reminder.occasion)
        end = reminders.until(reminder.rule, reminder.occasion, at)
        campaign = _send(reminder, chosen, until=end, by=None, channel=History.Channel.SYSTEM, now=now)
    is_missed = chosen.ids and standing is Standing.MISSED
    _write(reminder, Occurrence.State.MISSED if is_missed else Occurrence.State.SENT, campaign, now=now)
    return True


@transaction.atomic
def send_now(occurrence, *, by, channel, now):
    """Sends a letter that was missed, to whom it concerns now; at a person's press, so at any hour. Returns Sent, or
    None when somebody has decided already. Raises OfNoUseAnyMore, and NothingToSay where there is no text.
    """
    reminder = _locked(occurrence.reminder_id)
    occurrence = Occurrence.objects.missed().filter(pk=occurrence.pk).first()
    if occurrence is None:
        return None
    if not reminders.is_of_use(reminder.rule, reminder.occasion, now=now):
        raise OfNoUseAnyMore
    chosen, campaign = reminders.choose(readers_of(reminder.event), reminder.rule, now), None
    if chosen.ids:
        if not emails.has_text(reminder.event, reminder.letter):
            raise NothingToSay(reminder.letter)
        end = reminders.about_until(reminder.rule, reminder.occasion)
        campaign = _send(reminder, chosen, until=end, by=by, channel=channel, now=now)
    occurrence.state, occurrence.campaign, occurrence.settled_at = Occurrence.State.SENT, campaign, now
    occurrence.save(update_fields=["state", "campaign", "settled_at"])
    _record(reminder, "sent_after_all", by=by, channel=channel, now=now)
    return Sent(len(chosen.ids), campaign)


@transaction.atomic
def leave(occurrence, *, by, channel, now):
    """Leaves a missed letter unsent. Returns whether it was still open; doing it twice is harmless."""
    missed = Occurrence.objects.missed().filter(pk=occurrence.pk)
    if not missed.update(state=Occurrence.State.LEFT, settled_at=now):
        return False
    _record(occurrence.reminder, "left_alone", by=by, channel=channel, now=now)
    return True


def _standing(reminder, now):
    return reminders.standing(reminder.rule, reminder.occasion, done_on=reminder.done_on, now=now)


def _locked(reminder_id):
    """The rule with its event, as they are now that the event is ours; None for one that is gone."""
    event_id = Reminder.objects.filter(pk=reminder_id).values_list("event", flat=True).first()
    list(Event.objects.select_for_update(no_key=True).filter(pk=event_id))
    return Reminder.objects.with_occasion().filter(pk=reminder_id).first()


def _send(reminder, chosen, *, until, by, channel, now):
    """A sending like any other, that can be stopped; its mails leave until then, and no later."""
    campaign = campaigns.freeze(
        reminder.event, chosen, WISHES[reminder.letter], letter=reminder.letter, by=by, channel=channel, now=now,
        key=reminder.key,
    )  # fmt: skip
    campaign.criteria |= {"rule": reminder.pk, "until": until.isoformat() if until else ""}
    campaign.save(update_fields=["criteria"])
    return campaign


def _write(reminder, state, campaign, *, now):
    at = reminders.due_at(reminder.rule, reminder.occasion)
    Occurrence.objects.create(
        reminder=reminder, day=at.date(), due_at=at, state=state, campaign=campaign, settled_at=now
    )


def _record(reminder, change, *, by, channel, now):
    history.record(
        reminder.event, History.What.RULES, by=by, channel=channel, now=now, letter=reminder.letter, change=change
    )
