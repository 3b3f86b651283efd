"""Undoing who comes with a guest, and how they stand in line. Whoever was removed comes back without a name."""

from ..domain.answers import Choice, State
from ..domain.undoing import TOGETHER, Verdict
from ..models import Guest, History
from . import companions, waiting_list
from .undo_answers import CannotBeUndone, NoPlaceLeft, Undone, record

CHOICES = {
    State.COMING: Choice.COMING,
    State.WAITING: Choice.COMING,
    State.NOT_COMING: Choice.NOT_COMING,
    State.UNSURE: Choice.UNSURE,
}


def heads_that_come_back(change):
    """{activity id: how many} that had a place when they were removed."""
    heads = {}
    for states in change.was["gone"]:
        for activity, state in states.items():
            heads[int(activity)] = heads.get(int(activity), 0) + (state == State.COMING)
    return {activity: count for activity, count in heads.items() if count}


def put_back(row, change, activities, *, accepts_waiting, how):
    """Whoever was added is removed, and as many as were removed are there again, with what they had said.

    The activities are locked. Raises CannotBeUndone and NoPlaceLeft.
    """
    there = set(Guest.objects.filter(companion_of=row.guest_id).values_list("pk", flat=True))
    made = [pk for pk in change.was["made"] if pk in there]
    wishes = [companions.Wish(pk=pk, is_removed=True) for pk in made]
    wishes += [companions.Wish(answers=_answers(states, activities)) for states in change.was["gone"]]
    if not wishes:
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    try:
        settled = companions.save(row.guest, wishes, **how, tell=False)
    except companions.TooMany as most:
        raise CannotBeUndone(Verdict.TOO_MANY) from most
    waits = any(decision.state == State.WAITING for said in settled.decisions.values() for decision in said.values())
    if waits and heads_that_come_back(change) and not accepts_waiting:
        raise NoPlaceLeft
    after = State.WAITING if waits else ""
    return Undone(_told_as_undone(row, change, after, how), settled.promoted)


def split_or_join(row, change, how):
    """The party takes places together again, or one at a time again."""
    if change.before == TOGETHER:
        waiting_list.join(row.guest, **how)
        return Undone(_told_as_undone(row, change, change.before, how))
    promoted = waiting_list.split(row.guest, **how)
    return Undone(_told_as_undone(row, change, change.before, how), promoted)


def _answers(states, activities):
    """{slug: Choice} of what somebody had said to activities that still take place."""
    said = {activities.get(int(pk)): CHOICES.get(state) for pk, state in states.items()}
    return {part.slug: choice for part, choice in said.items() if part and choice and not part.is_cancelled}


def _told_as_undone(row, change, after, how):
    """The row that the deed has just written says instead what was undone. Raises CannotBeUndone without one."""
    told = History.objects.filter(guest=row.guest_id, what=History.What.COMPANIONS, pk__gt=row.pk)
    written = told.order_by("pk").last()
    if written is None:
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    facts = {name: value for name, value in written.facts.items() if name != "splits"}
    written.delete()
    return record(row, change, after, how, **facts)
