"""The demo's letters by rule: the usual ones wait for their hour, and one reminder has gone out already."""

from datetime import timedelta

from ..domain import reminders
from ..models import Reminder
from . import occurrences

HOUR = 10


def fill(event, *, by_then, deliver):
    """A reminder that had gone out by itself by then, to those silent; deliver(moment) sends it."""
    gone_on = (by_then.astimezone(event.zone) - timedelta(hours=HOUR)).date()
    days = event.answer_by_at.astimezone(event.zone).date() - gone_on
    rule = Reminder.objects.create(
        event=event, letter=reminders.REMINDER, days_before=days.days, hour=HOUR, since_at=event.created_at
    )
    at = reminders.due_at(rule.rule, Reminder.objects.with_occasion().get(pk=rule.pk).occasion)
    if occurrences.settle(rule.pk, now=at):
        deliver(at)
