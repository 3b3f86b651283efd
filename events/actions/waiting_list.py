"""The waiting list: places that come free go to the first in line, at once and with a word by mail."""

from itertools import groupby

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import DenseRank

from ..domain import waiting
from ..domain.answers import State, free_places
from ..models import Answer, Event, Guest, History
from . import calendars, history, messages, parties

PLACE_FIELDS = ("state", "waiting_number", "promoted_at", *calendars.FIELDS)
OVER = {Event.State.HELD, Event.State.ARCHIVED, Event.State.CANCELLED}


def next_in_line(event, heads, *, now, without=()):
    """The answers that get a place now, first in line first: {activity: Heads} → answers, with whom letters go to.

    Parties get in together or not at all, and nobody is let past them. One query, or none where nobody can be let in.
    The activities must be locked; `without` are answers that are about to be stored differently.
    """
    free = {activity.pk: free_places(activity.capacity, counted.coming) for activity, counted in heads.items()}
    open_ones = {
        activity.pk: counted.waiting if free[activity.pk] is None else free[activity.pk]
        for activity, counted in heads.items()
        if counted.waiting and free[activity.pk] != 0 and _moves_by_itself(event, activity, now)
    }
    if not open_ones:
        return []
    line = (
        Answer.objects.filter(activity__in=open_ones, state=State.WAITING)
        .exclude(pk__in=[answer.pk for answer in without])
        .annotate(unit=Window(DenseRank(), partition_by=F("activity_id"), order_by=F("waiting_number").asc()))
        .filter(unit__lte=max(open_ones.values()))
        .select_related("guest__contact", "guest__companion_of__contact", "activity")
        .order_by("activity_id", "unit", "pk")
    )
    let_in = []
    for pk, answers in groupby(line, lambda answer: answer.activity_id):
        units = [list(unit) for _number, unit in groupby(answers, lambda answer: answer.unit)]
        count = waiting.units_let_in(free[pk], [len(unit) for unit in units])
        let_in += [answer for unit in units[:count] for answer in unit]
    return let_in


def _moves_by_itself(event, activity, now):
    cut_off_at = waiting.cut_off_at(activity.starts_at, activity.promotes_until_hours)
    return event.state not in OVER and not activity.is_cancelled and now < cut_off_at


def promote(answers, *, now):
    """Marks the answers as coming, unsaved, remembering the number each had in line."""
    for answer in answers:
        answer.had_number = answer.waiting_number
        calendars.go_to(answer, State.COMING, now=now)
        answer.waiting_number, answer.promoted_at = None, now


def notes(event, promoted, *, now):
    """Unsaved history rows for promoted answers."""
    return [
        history.note(
            event, History.What.PROMOTED, by=None, channel=History.Channel.SYSTEM, now=now,
            guest=answer.guest, activity=answer.activity, number=answer.had_number,
        )
        for answer in promoted
    ]  # fmt: skip


def letters(promoted, *, now):
    """Drafts of "there is a place for you" for those who have mail; a companion's goes to whoever brings it."""
    return [messages.promotion(answer, now=now) for answer in promoted if answer.guest.leader.email]


@transaction.atomic
def fill(event, *, now, only=None):
    """Gives every free place of the event to whoever waits; for when places were added. Returns how many.

    `only` is one activity, for a caller that has locked it and must not lock others after it.
    """
    activities = parties.lock(event) if only is None else {only.pk: only}
    heads = parties.count(activities)
    return len(let_in(event, {activity: heads[pk] for pk, activity in activities.items()}, now=now))


def let_in(event, heads, *, now):
    """Lets in and tells whoever is next: {activity: Heads}, the activities locked. Returns their answers."""
    promoted = next_in_line(event, heads, now=now)
    promote(promoted, now=now)
    Answer.objects.bulk_update(promoted, PLACE_FIELDS, batch_size=75)
    History.objects.bulk_create(notes(event, promoted, now=now), batch_size=500)
    messages.queue(letters(promoted, now=now), by=None, now=now)
    return promoted


@transaction.atomic
def split(guest, *, by, channel, now):
    """The party also takes places one at a time, the guest first; in line each stands alone, in the party's place.

    Free places are taken at once. Returns the answers that got one. Doing it twice is harmless.
    """
    party = parties.gather(guest)
    if party.splits:
        return []
    Guest.objects.filter(pk=guest.pk).update(splits_party=True)
    guest.splits_party = True
    parted = [row for rows in party.answers.values() for row in _one_by_one(rows.values())]
    Answer.objects.bulk_update(parted, ["waiting_number"])
    history.record(guest.event, History.What.COMPANIONS, by=by, channel=channel, now=now, guest=guest, splits=True)
    heads = parties.count(party.activities)
    touched = {row.activity for row in parted}
    return let_in(guest.event, {activity: heads[activity.pk] for activity in touched}, now=now)


@transaction.atomic
def join(guest, *, by, channel, now):
    """The party takes places together again, or none: those who wait stand where the first of them stands.

    Nobody gets a place by it. Returns whether the party was apart. Doing it twice is harmless.
    """
    party = parties.gather(guest)
    if not party.splits:
        return False
    Guest.objects.filter(pk=guest.pk).update(splits_party=False)
    guest.splits_party = False
    for rows in party.answers.values():
        together = [row for row in rows.values() if row.waiting_number]
        first = min((row.waiting_number for row in together), default=None)
        for row in together:
            row.waiting_number = first
        Answer.objects.bulk_update(together, ["waiting_number"])
    history.record(guest.event, History.What.COMPANIONS, by=by, channel=channel, now=now, guest=guest, splits=False)
    return True


def _one_by_one(answers):
    """Numbers of their own for those who stand together, whoever stands behind moving on; the rows to be stored."""
    together = [answer for answer in answers if answer.waiting_number]
    if len(together) < 2:
        return []
    first = together[0].waiting_number
    behind = Answer.objects.filter(activity=together[0].activity_id, waiting_number__gt=first)
    behind.update(waiting_number=F("waiting_number") + len(together) - 1)
    for number, answer in enumerate(together, start=first):
        answer.waiting_number = number
    return together
