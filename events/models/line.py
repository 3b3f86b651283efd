"""How many come and wait, and who stands where on the waiting lists."""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q

from .answer import Answer
from .prepared import Prepared

COUNTED = (Answer.State.COMING, Answer.State.WAITING)


@dataclass(slots=True)
class Line:
    """Heads at one activity, and the place in line of the one guest who is looked at (0: does not wait)."""

    coming: int = 0
    waiting: int = 0
    place: int = 0


_heads = Prepared(
    lambda event_id: (
        Answer.objects.filter(activity__event=event_id, activity__capacity__isnull=False, state__in=COUNTED)
        .order_by()
        .values_list("activity_id", "state")
        .annotate(heads=Count("pk"))
    ),
    example=-1,
)


def lines_of(event, answers):
    """{activity id: Line} where places are few or the guest waits, from one guest's answers with their activities.

    One query where somebody may have to wait, else none.
    """
    waiting = [row for row in answers if row.waiting_number]
    if waiting:
        return _lines_with_places(answers, waiting)
    lines = defaultdict(Line)
    if any(row.activity.capacity is not None for row in answers):
        for activity_id, state, heads in _heads(event.pk):
            setattr(lines[activity_id], state, heads)
    return lines


def _lines_with_places(answers, waiting):
    """The same with the guest's own places in line."""
    up_to_the_guest = reduce(
        or_, (Q(activity=row.activity_id, waiting_number__lte=row.waiting_number) for row in waiting)
    )
    counted = Answer.objects.filter(activity__in=[row.activity_id for row in answers], state__in=COUNTED).order_by()
    rows = counted.values_list("activity_id", "state").annotate(
        heads=Count("pk"), up_to_the_guest=Count("pk", filter=up_to_the_guest)
    )
    lines = defaultdict(Line)
    for activity_id, state, heads, place in rows:
        setattr(lines[activity_id], state, heads)
        lines[activity_id].place += place
    return lines


def places_in_line(guest_ids):
    """{guest id: {activity id: number in line, from 1}} for those who wait; one query, two where somebody does."""
    activities = set(Answer.objects.filter(guest__in=guest_ids).waiting().values_list("activity_id", flat=True))
    if not activities:
        return {}
    places, counts, wanted = defaultdict(dict), defaultdict(int), set(guest_ids)
    line = Answer.objects.filter(activity__in=activities).waiting().values_list("activity_id", "guest_id")
    for activity_id, guest_id in line:
        counts[activity_id] += 1
        if guest_id in wanted:
            places[guest_id][activity_id] = counts[activity_id]
    return dict(places)
