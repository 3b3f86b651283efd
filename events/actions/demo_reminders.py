"""The demo's letters by rule: the usual ones wait for their hour, and one reminder has gone out already."""

from datetime import timedelta

from ..domain import reminders
from ..models import Reminder
from . import occurrences

DAYS_AGO, HOUR = 2, 10


def fill(event, *, now, deliver):
    """A reminder that went out the day before yesterday to those who had said nothing; deliver(moment) sends it."""
    deadline_on = event.answer_by_at.astimezone(event.zone).date()
    gone_on = (now - timedelta(days=DAYS_AGO)).astimezone(event.zone).date()
    rule = Reminder.objects.create(
        event=event, letter=reminders.REMINDER, days_before=(deadline_on - gone_on).days, hour=HOUR,
        since_at=event.created_at,
    )  # fmt: skip
    at = reminders.due_at(rule.rule, Reminder.objects.with_occasion().get(pk=rule.pk).occasion)
    if occurrences.settle(rule.pk, now=at):
        deliver(at)
