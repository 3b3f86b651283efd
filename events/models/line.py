"""How many come and wait, and who stands where on the waiting lists."""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q, Value

from .answer import Answer

COUNTED = (Answer.State.COMING, Answer.State.WAITING)


@dataclass(slots=True)
class Line:
    """Heads at one activity, and the place in line of the one guest who is looked at (0: does not wait)."""

    coming: int = 0
    waiting: int = 0
    place: int = 0


def lines_of(answers):
    """{activity id: Line} where places are few or the guest waits, from one guest's answers with their activities.

    One query, or none where there is room for everyone.
    """
    lines = {row.activity_id: Line() for row in answers if row.activity.capacity is not None or row.waiting_number}
    if not lines:
        return {}
    counted = Answer.objects.filter(activity__in=lines, state__in=COUNTED).order_by()
    rows = counted.values_list("activity_id", "state").annotate(heads=Count("pk"), ahead=_up_to(answers))
    for activity_id, state, heads, ahead in rows:
        line = lines[activity_id]
        if state == Answer.State.COMING:
            line.coming = heads
        else:
            line.waiting, line.place = heads, ahead
    return lines


def _up_to(answers):
    """Counts those in line up to the guest."""
    places = [
        Q(activity=row.activity_id, waiting_number__lte=row.waiting_number) for row in answers if row.waiting_number
    ]
    return Count("pk", filter=reduce(or_, places)) if places else Value(0)


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
