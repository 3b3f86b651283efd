"""How many come and wait, and who stands where on the waiting lists; whoever comes together stands together."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from .answer import Answer
from .prepared import Prepared

COUNTED = (Answer.State.COMING, Answer.State.WAITING)


@dataclass(slots=True)
class Line:
    """Heads at one activity, and where those numbers stand in line that were asked about: {number: place, from 1}.

    Who stands together shares a number; a place is one more than the heads before it.
    """

    coming: int = 0
    waiting: int = 0
    places: dict = field(default_factory=dict)

    def place_of(self, answer):
        """0 for who does not wait."""
        return self.places.get(answer.waiting_number, 0)


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
    """{activity id: Line} where places are few or somebody of these waits, from a party's answers with activities.

    One query where somebody may have to wait, else none.
    """
    waiting = {(row.activity_id, row.waiting_number) for row in answers if row.waiting_number}
    if waiting:
        return _lines_with_places(answers, waiting)
    lines = defaultdict(Line)
    if any(row.activity.capacity is not None for row in answers):
        for activity_id, state, heads in _heads(event.pk):
            setattr(lines[activity_id], state, heads)
    return lines


def _lines_with_places(answers, waiting):
    """The same with the places in line of these (activity id, number)."""
    numbers = sorted(waiting)
    ahead = {
        f"ahead_{at}": Count("pk", filter=Q(activity=activity_id, waiting_number__lt=number))
        for at, (activity_id, number) in enumerate(numbers)
    }
    counted = Answer.objects.filter(activity__in={row.activity_id for row in answers}, state__in=COUNTED).order_by()
    rows = counted.values_list("activity_id", "state").annotate(heads=Count("pk"), **ahead)
    lines = defaultdict(Line)
    for activity_id, state, heads, *counts in rows:
        line = lines[activity_id]
        setattr(line, state, heads)
        if state == Answer.State.WAITING:
            pairs = zip(numbers, counts, strict=True)
            line.places |= {number: count + 1 for (of, number), count in pairs if of == activity_id}
    return lines


def places_in_line(guest_ids, answers=None):
    """{guest id: {activity id: place in line, from 1}} for those who wait; one query, two where somebody does.

    One less where the guests' answers are at hand.
    """
    if answers is None:
        answers = Answer.objects.filter(guest__in=guest_ids).waiting().only("activity_id", "state")
    activities = {answer.activity_id for answer in answers if answer.state == Answer.State.WAITING}
    if not activities:
        return {}
    places, heads, first, wanted = defaultdict(dict), defaultdict(int), {}, set(guest_ids)
    line = Answer.objects.filter(activity__in=activities).waiting()
    for activity_id, guest_id, number in line.values_list("activity_id", "guest_id", "waiting_number"):
        heads[activity_id] += 1
        place = first.setdefault((activity_id, number), heads[activity_id])
        if guest_id in wanted:
            places[guest_id][activity_id] = place
    return dict(places)
