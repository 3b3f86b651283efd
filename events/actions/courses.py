"""The ways races are run on: made once, and used by race after race."""

from django.db import transaction

from ..models import Course, History, RaceClass
from . import history, races


@transaction.atomic
def make(activity, fields, *, by, channel, now):
    """A new course, or a new version of one, on which this race is run from now on. Returns it."""
    course = Course.objects.create(created_at=now, **fields)
    races.set_up(activity, {"course": course}, by=by, channel=channel, now=now)
    return course


@transaction.atomic
def change(activity, course, fields, *, by, channel, now):
    """Stores what is known of the course; times on it compare as before. The same again writes nothing."""
    changed = sorted(name for name, value in fields.items() if getattr(course, name) != value)
    if changed:
        Course.objects.filter(pk=course.pk).update(**{name: fields[name] for name in changed})
        history.record(
            activity.event, History.What.RACE_SET, by=by, channel=channel, now=now, activity=activity, fields=changed,
            course=course.pk,
        )  # fmt: skip


@transaction.atomic
def set_rules(activity, rules, *, by, channel, now):
    """For whom the classes are: {RaceClass: {gender, from_age, to_age}}. Nobody's class changes by it."""
    changed = []
    for each, fields in rules.items():
        if any(getattr(each, name) != value for name, value in fields.items()):
            RaceClass.objects.filter(pk=each.pk, activity=activity).update(**fields)
            changed.append(each.pk)
    if changed:
        history.record(
            activity.event, History.What.RACE_SET, by=by, channel=channel, now=now, activity=activity,
            fields=["classes"], classes=changed,
        )  # fmt: skip
