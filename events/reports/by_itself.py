"""The calendar of what goes out by itself: when, to how many as things stand now, and what became of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from ..domain import reminders
from ..domain.reminders import Chosen, Standing
from ..models import Campaign, Occurrence, Reminder
from ..models.readers import readers_of
from .sendings import Progress, progress_of


@dataclass(frozen=True)
class Day:
    """One day of a rule that was dealt with. chosen: whom a missed letter would reach now, None where it is of no
    use any more; progress: of its sending, None where there was nobody to write to.
    """

    occurrence: Occurrence
    progress: Progress | None = None
    chosen: Chosen | None = None


@dataclass(frozen=True)
class Line:
    """One rule. day: what became of it, once its day was dealt with; due_at: None without a deadline."""

    reminder: Reminder
    standing: Standing
    due_at: datetime | None
    chosen: Chosen | None
    day: Day | None = None

    @property
    def is_to_come(self):
        """Whether it goes out one day, or would if it were on."""
        return self.day is None and self.standing is not Standing.OVER

    @property
    def count(self):
        return len(self.chosen.ids) if self.chosen else 0

    @property
    def reasons(self):
        """[(reason code, how many)] of those left out, the most frequent first."""
        return reasons_of(self.chosen)


@dataclass(frozen=True)
class Timetable:
    """lines in order of time; earlier: days of rules that have another day by now."""

    lines: list
    earlier: list = field(default_factory=list)


def reasons_of(chosen):
    return Counter(reason for _pk, reason in chosen.left_out).most_common() if chosen else []


def timetable(event, *, now):
    """Timetable of the event; eight queries at the most, whatever its size and age."""
    rules = list(Reminder.objects.filter(event=event).with_occasion())
    if not rules:
        return Timetable([])
    readers, found = readers_of(event), {reminder.pk: reminder for reminder in rules}
    planned = reminders.plan(
        [reminder.rule for reminder in rules], rules[0].occasion, readers,
        done_on={reminder.pk: reminder.done_on for reminder in rules}, now=now,
    )  # fmt: skip
    days = _days(found, readers, now)
    lines = [_line(found[plan.rule.pk], plan, days) for plan in planned]
    shown = {line.day.occurrence.pk for line in lines if line.day}
    return Timetable(lines, [day for day in days if day.occurrence.pk not in shown])


def _line(reminder, plan, days):
    on = plan.at.date() if plan.at else None
    day = next(
        (each for each in days if each.occurrence.reminder_id == reminder.pk and each.occurrence.day == on), None
    )
    return Line(reminder, plan.standing, plan.at, plan.chosen, day)


def _days(rules, readers, now):
    """[Day] of all rules, the latest first."""
    occurrences = list(Occurrence.objects.filter(reminder__in=rules).order_by("-due_at", "-pk"))
    sendings = Campaign.objects.light().filter(pk__in=[row.campaign_id for row in occurrences if row.campaign_id])
    progress = progress_of(list(sendings)) if any(row.campaign_id for row in occurrences) else {}
    return [
        Day(row, progress.get(row.campaign_id), _reaches(rules[row.reminder_id], row, readers, now))
        for row in occurrences
    ]


def _reaches(reminder, occurrence, readers, now):
    if occurrence.state != Occurrence.State.MISSED or not reminders.is_of_use(
        reminder.rule, reminder.occasion, now=now
    ):
        return None
    return reminders.choose(readers, reminder.rule, now)
