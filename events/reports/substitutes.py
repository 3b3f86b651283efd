"""What would happen if a guest were replaced: which places move, and who is written to."""

from dataclasses import dataclass

from django.db.models import Count, Q

from ..domain.answers import State
from ..models import Activity, Answer


@dataclass(frozen=True)
class Place:
    """What the guest said to one activity, how many places it has free without the guest, and how many wait there."""

    activity: Activity
    state: str
    free: int | None
    waiting: int

    @property
    def is_held(self):
        return self.state == State.COMING

    @property
    def is_wanted(self):
        """Somebody else gets the place as soon as the guest gives it back."""
        return self.is_held and self.waiting > 0


def places_of(guest):
    """A Place for everything that takes place and the guest is invited to, in the order of the day; two queries."""
    answers = Answer.objects.filter(guest=guest, activity__cancelled_at=None).select_related("activity")
    answers = list(answers.order_by("activity__starts_at", "pk"))
    counted = (
        Answer.objects.filter(activity__in=[answer.activity_id for answer in answers])
        .order_by()
        .values_list("activity_id")
        .annotate(coming=Count("pk", filter=Q(state=State.COMING)), waiting=Count("pk", filter=Q(state=State.WAITING)))
    )
    counts = {pk: (coming, waiting) for pk, coming, waiting in counted}
    return [_place(answer, *counts[answer.activity_id]) for answer in answers]


def _place(answer, coming, waiting):
    activity = answer.activity
    free = None if activity.capacity is None else max(0, activity.capacity - coming)
    return Place(activity, answer.state, free, waiting)
