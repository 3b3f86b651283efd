"""The waiting lists: part by part, who stands where."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from ..models import Activity, Answer

SHOWN = 200


@dataclass(frozen=True)
class Line:
    """One activity's waiting list: the first SHOWN answers in order, and how many wait in all."""

    activity: Activity
    waiting: int
    first: list

    @property
    def more(self):
        return self.waiting - len(self.first)


def lines(event):
    """A Line for every activity where somebody waits; two queries."""
    waiting = Count("answer", filter=Q(answer__state="waiting"))
    activities = Activity.objects.filter(event=event).in_order().annotate(waiting=waiting).filter(waiting__gt=0)
    first = (
        Answer.objects.filter(activity__event=event, state="waiting")
        .annotate(place=Window(RowNumber(), partition_by=F("activity_id"), order_by=["waiting_number", "pk"]))
        .filter(place__lte=SHOWN)
        .select_related("guest__contact__company")
        .order_by("activity_id", "place")
    )
    answers = {}
    for answer in first:
        answers.setdefault(answer.activity_id, []).append(answer)
    return [Line(activity, activity.waiting, answers.get(activity.pk, [])) for activity in activities]
