"""An event moves to another day, and all of its programme with it."""

from django.db import transaction

from ..domain import differences
from ..models import Activity, Answer, History
from . import history, notices, parties, reminders, start_writing, waiting_list
from .calendars import restamp
from .guests import lock_event


@transaction.atomic
def move(event, held_on, *, by, channel, now, telling=None):
    """Moves the event, and every part by as many days, to the same time of day. Deadlines stay.

    Returns the line of history, None where it is held on that day already.
    """
    event = lock_event(event.pk)
    if event.held_on == held_on:
        return None
    parts = parties.lock(event.pk)
    before = differences.of_event(event), _plain(parts)
    days = (held_on - event.held_on).days
    event.held_on = held_on
    event.save(update_fields=["held_on"])
    reminders.begin_anew(event, now=now)
    was_at = {pk: part.starts_at for pk, part in parts.items()}
    for part in parts.values():
        for name in ("starts_at", "ends_at"):
            setattr(part, name, differences.by_days(getattr(part, name), days, event.zone))
    Activity.objects.bulk_update(parts.values(), ["starts_at", "ends_at"])
    for part in parts.values():
        start_writing.move_along(part, part.starts_at - was_at[part.pk])
    restamp(Answer.objects.filter(activity__in=parts), now=now)
    facts = _facts(before, event, parts)
    on = [part for part in parts.values() if not part.is_cancelled]
    told = notices.tell(event, on, facts, telling, by=by, channel=channel, now=now)
    row = history.record(
        event, History.What.PROGRAMME, by=by, channel=channel, now=now, change="moved", was=facts["event"],
        **{"is": {"held_on": held_on.isoformat()}}, **told,
    )  # fmt: skip
    waiting_list.fill(event, now=now)
    return row


def _plain(parts):
    return {pk: differences.of_part(part) for pk, part in parts.items()}


def _facts(before, event, parts):
    """What was so before of the event and of its parts."""
    of_event, of_parts = before
    now_so = _plain(parts)
    moved = {pk: differences.between(old, now_so[pk]) for pk, old in of_parts.items()}
    return differences.facts(event=differences.between(of_event, differences.of_event(event)), parts=moved)
