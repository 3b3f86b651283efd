"""The waiting lists: part by part, who stands where, and why the next one has not been let in."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Q, Window
from django.db.models.functions import DenseRank

from ..domain.answers import free_places
from ..domain.waiting import Why, cut_off_at, why_nobody
from ..models import Activity, Answer, Event

SHOWN = 200
OVER = {Event.State.HELD, Event.State.ARCHIVED, Event.State.CANCELLED}


@dataclass(frozen=True)
class Unit:
    """Those who stand together: their answers, the place in line (from 1, one more than the heads before), and the
    places of those before and behind; 0 where there is nobody.
    """

    answers: list
    place: int
    up: int
    down: int

    @property
    def first(self):
        return self.answers[0]


@dataclass(frozen=True)
class Line:
    """One activity's waiting list: the first SHOWN units, how many wait in all, the free places (None: no limit), and
    why nobody is let in just now.
    """

    activity: Activity
    waiting: int
    units: list
    free: int | None
    why: Why | None

    @property
    def more(self):
        return self.waiting - sum(len(unit.answers) for unit in self.units)


def lines(event, *, now):
    """A Line for every activity where places are few or somebody waits; two queries."""
    counts = {
        state: Count("answer", filter=Q(answer__state=state)) for state in (Answer.State.COMING, Answer.State.WAITING)
    }
    activities = Activity.objects.filter(event=event).in_order().annotate(**counts)
    waiting = (
        Answer.objects.filter(activity__event=event, state=Answer.State.WAITING)
        .annotate(unit=Window(DenseRank(), partition_by=F("activity_id"), order_by=F("waiting_number").asc()))
        .filter(unit__lte=SHOWN)
        .select_related("guest__contact__company", "guest__companion_of__contact__company")
        .order_by("activity_id", "unit", "pk")
    )
    found = {pk: list(rows) for pk, rows in groupby(waiting, lambda row: row.activity_id)}
    shown = [part for part in activities if part.waiting or (part.capacity is not None and not part.is_cancelled)]
    return [_line(event, activity, found.get(activity.pk, []), now) for activity in shown]


def _line(event, activity, answers, now):
    together = [list(rows) for _number, rows in groupby(answers, lambda row: row.unit)]
    free = free_places(activity.capacity, activity.coming)
    why = why_nobody(
        free,
        [len(rows) for rows in together],
        now=now,
        cut_off_at=cut_off_at(activity.starts_at, activity.promotes_until_hours),
        is_cancelled=activity.is_cancelled,
        is_over=event.state in OVER,
    )
    return Line(activity, activity.waiting, _units(together), free, why)


def _units(together):
    places = [1]
    for rows in together:
        places.append(places[-1] + len(rows))
    return [
        Unit(rows, places[at], places[at - 1] if at else 0, places[at + 1] if at + 1 < len(together) else 0)
        for at, rows in enumerate(together)
    ]
