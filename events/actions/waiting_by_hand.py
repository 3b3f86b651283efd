"""What organisers do on a waiting list: move somebody, with a reason, and give a place by hand."""

from collections import Counter

from django.db import transaction
from django.db.models import F

from ..domain import waiting
from ..domain.answers import State, free_places
from ..domain.waiting import Why
from ..models import Activity, Answer, History
from . import history, messages, parties, waiting_list


class NoLongerWaits(ValueError):
    """Has got a place, or has left the line, meanwhile."""


class NothingToGive(ValueError):
    """The activity is called off, or the event is over; carries why."""

    def __init__(self, why):
        super().__init__(why)
        self.why = why


class NoRoom(ValueError):
    """There is no room for so many; carries the free places and the heads of those who stand together."""

    def __init__(self, *, free, heads):
        super().__init__(free, heads)
        self.free, self.heads = free, heads


@transaction.atomic
def move(answer, place, *, reason, by, channel, now):
    """Moves whoever waits with this answer, and those who stand there too, to where another stands: a place in line,
    from 1; beyond the end is the end.

    Returns the answers that get a place because of it. At the same place already, nothing is written. Raises
    NoLongerWaits.
    """
    activity, unit = _locked(answer)
    line = Answer.objects.filter(activity=activity)
    heads = Counter(line.waiting().values_list("waiting_number", flat=True))
    numbers, units = sorted(heads), [heads[number] for number in sorted(heads)]
    before, after = numbers.index(unit[0].waiting_number), waiting.unit_at(units, place)
    if before == after:
        return []
    shift = waiting.moved(numbers, unit[0].waiting_number, after)
    line.filter(waiting_number__range=(shift.low, shift.high)).update(waiting_number=F("waiting_number") + shift.by)
    line.filter(pk__in=[row.pk for row in unit]).update(waiting_number=shift.number)
    came_from = waiting.place_of(units, before)
    units.insert(after, units.pop(before))
    facts = {"from": came_from, "to": waiting.place_of(units, after), "reason": reason}
    _record(unit, activity, History.What.MOVED, facts, by=by, channel=channel, now=now)
    counted = parties.count({activity.pk: activity})
    return waiting_list.let_in(activity.event, {activity: counted[activity.pk]}, now=now)


@transaction.atomic
def give_place(answer, *, by, channel, now, beyond=False):
    """Gives a place to whoever waits with this answer, and to those who stand there too, also after the cut-off.

    Raises NoRoom unless there is room or it is to be `beyond` the number of places; NoLongerWaits and NothingToGive.
    Returns the answers.
    """
    activity, unit = _locked(answer)
    if activity.is_cancelled:
        raise NothingToGive(Why.CANCELLED)
    if activity.event.state in waiting_list.OVER:
        raise NothingToGive(Why.OVER)
    heads = parties.count({activity.pk: activity})[activity.pk]
    free = free_places(activity.capacity, heads.coming)
    is_beyond = free is not None and len(unit) > free
    if is_beyond and not beyond:
        raise NoRoom(free=free, heads=len(unit))
    waiting_list.promote(unit, now=now)
    Answer.objects.bulk_update(unit, waiting_list.PLACE_FIELDS)
    facts = {"number": unit[0].had_number, **({"beyond": True} if is_beyond else {})}
    _record(unit, activity, History.What.GIVEN_PLACE, facts, by=by, channel=channel, now=now)
    messages.queue(waiting_list.letters(unit, now=now), by=by, now=now)
    return unit


def _locked(answer):
    """The activity, locked, and the answers that share this one's number in line."""
    activities = Activity.objects.select_for_update(of=["self"], no_key=True).select_related("event")
    activity = activities.get(pk=answer.activity_id)
    number = Answer.objects.filter(pk=answer.pk, state=State.WAITING).values("waiting_number")
    unit = list(
        Answer.objects.filter(activity=activity, waiting_number__in=number)
        .select_related("guest__contact", "guest__companion_of__contact")
        .order_by("pk")
    )
    if not unit:
        raise NoLongerWaits
    for row in unit:
        row.activity = activity
    return activity, unit


def _record(unit, activity, what, facts, *, by, channel, now):
    rows = [
        history.note(
            activity.event, what, by=by, channel=channel, now=now, guest=row.guest, activity=activity, **facts
        )
        for row in unit
    ]  # fmt: skip
    History.objects.bulk_create(rows)
