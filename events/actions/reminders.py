"""The rules by which letters go out by themselves: made with the event, changed, switched off and on."""

from django.db import transaction

from ..domain.reminders import PRACTICAL, REMINDER
from ..models import Event, History, Reminder
from . import history

USUAL = ((REMINDER, 10, 10), (REMINDER, 3, 10), (PRACTICAL, 1, 10))  # letter, days before, hour
MOVES = frozenset({"answer_by_at", "held_on", "time_zone"})  # of an event: what the days are counted from


class OnThatDayAlready(ValueError):
    """Another rule sends this letter on the same day."""


def make_usual(event, *, now):
    """The rules that each event begins with."""
    Reminder.objects.bulk_create(
        Reminder(event=event, letter=letter, days_before=days, hour=hour, since_at=now) for letter, days, hour in USUAL
    )


@transaction.atomic
def make_usual_where_none(event, *, by, channel, now):
    """The same for an event that has no rules. Returns whether it had none; doing it twice is harmless."""
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if Reminder.objects.filter(event=event).exists():
        return False
    make_usual(event, now=now)
    history.record(event, History.What.RULES, by=by, channel=channel, now=now, change="made")
    return True


def begin_anew(event, *, now):
    """The event opened, or its days moved: the rules hold from now on, and what would have been due before is not
    made up for.
    """
    Reminder.objects.filter(event=event).update(since_at=now)


@transaction.atomic
def change(reminder, *, days, hour, by, channel, now):
    """Another day or hour. Returns whether it is another. Raises OnThatDayAlready."""
    reminder = _locked(reminder)
    if (reminder.days_before, reminder.hour) == (days, hour):
        return False
    others = Reminder.objects.filter(event=reminder.event_id, letter=reminder.letter, days_before=days)
    if others.exclude(pk=reminder.pk).exists():
        raise OnThatDayAlready
    reminder.days_before, reminder.hour, reminder.since_at = days, hour, now
    reminder.save(update_fields=["days_before", "hour", "since_at"])
    _record(reminder, by=by, channel=channel, now=now, days=days, hour=hour)
    return True


@transaction.atomic
def switch(reminder, is_on, *, by, channel, now):
    """Off, or on from now. Returns whether it was otherwise before; doing it twice is harmless."""
    reminder = _locked(reminder)
    if reminder.is_on == is_on:
        return False
    reminder.is_on, reminder.since_at = is_on, now
    reminder.save(update_fields=["is_on", "since_at"])
    _record(reminder, by=by, channel=channel, now=now, is_on=is_on)
    return True


def _locked(reminder):
    """The rule as it is now that whoever sends by it waits."""
    Event.objects.select_for_update(no_key=True).get(pk=reminder.event_id)
    return Reminder.objects.select_related("event").get(pk=reminder.pk)


def _record(reminder, *, by, channel, now, **facts):
    history.record(reminder.event, History.What.RULES, by=by, channel=channel, now=now, letter=reminder.letter, **facts)
