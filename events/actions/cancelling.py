"""Parts of the programme are taken off it and put back; calendars and guests hear of it."""

from django.db import transaction

from ..domain import differences
from ..models import Activity, Answer
from . import notices, waiting_list
from .calendars import restamp
from .guests import lock_event
from .programme import note


@transaction.atomic
def cancel(activity, *, by, channel, now, telling=None):
    """Takes a part off the programme; entries in calendars say so. Doing it twice is harmless.

    Returns the line of history, None where it was off already.
    """
    event = lock_event(activity.event_id)
    if not Activity.objects.filter(pk=activity.pk, cancelled_at=None).update(cancelled_at=now):
        return None
    return _follow(event, activity, "cancelled", telling, by=by, channel=channel, now=now)


@transaction.atomic
def restore(activity, *, by, channel, now, telling=None):
    """Puts a cancelled part back on the programme, as cancel takes it off; whoever waits may get a place."""
    event = lock_event(activity.event_id)
    if not Activity.objects.filter(pk=activity.pk).exclude(cancelled_at=None).update(cancelled_at=None):
        return None
    row = _follow(event, activity, "restored", telling, by=by, channel=channel, now=now)
    waiting_list.fill(event, now=now, only=Activity.objects.get(pk=activity.pk))
    return row


def _follow(event, activity, what, telling, **how):
    """Calendars, guests and history after what has been stored."""
    restamp(Answer.objects.filter(activity=activity), now=how["now"])
    is_off = what == "cancelled"
    facts = differences.facts(parts={activity.pk: {"is_cancelled": not is_off}})
    told = notices.tell(event, [activity], facts, telling, **how)
    return note(activity, what, was={"is_cancelled": not is_off}, **{"is": {"is_cancelled": is_off}}, **told, **how)
