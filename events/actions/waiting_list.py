"""The waiting list: places that come free go to the first in line, at once and with a word by mail."""

from django.db import transaction
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from ..domain.answers import State, places_to_fill
from ..models import Activity, Answer, History
from . import history, messages


def next_in_line(lines):
    """The answers that get a place: {activity: (coming, waiting)} → answers, first in line first. One query, or
    none where no place is free. The activities must be locked.
    """
    places = {
        activity.pk: places_to_fill(activity.capacity, coming, waiting)
        for activity, (coming, waiting) in lines.items()
        if not activity.is_cancelled
    }
    if not any(places.values()):
        return []
    waiting = (
        Answer.objects.filter(activity__in=places, state=State.WAITING)
        .annotate(
            line=Window(RowNumber(), partition_by=F("activity_id"), order_by=[F("waiting_number").asc(), F("pk").asc()])
        )
        .filter(line__lte=max(places.values()))
        .select_related("guest__contact", "guest__event", "activity")
        .order_by("activity_id", "line")
    )
    return [answer for answer in waiting if answer.line <= places[answer.activity_id]]


def promote(answers):
    """Marks the answers as coming, unsaved, remembering the number each had in line."""
    for answer in answers:
        answer.had_number = answer.waiting_number
        answer.state, answer.waiting_number = State.COMING, None
    return answers


def notes(promoted, *, now):
    """Unsaved history rows for promoted answers."""
    return [
        history.note(
            answer.guest.event, History.What.PROMOTED, by=None, channel=History.Channel.SYSTEM, now=now,
            guest=answer.guest, activity=answer.activity, number=answer.had_number,
        )
        for answer in promoted
    ]  # fmt: skip


def letters(promoted, *, now):
    """Drafts of "there is a place for you" for those who have mail."""
    return [
        messages.promotion(answer, now=now)
        for answer in promoted
        if answer.guest.contact_id and answer.guest.contact.email
    ]


@transaction.atomic
def fill(event, *, now):
    """Gives every free place of the event to whoever waits; for when places were added. Returns how many."""
    activities = list(Activity.objects.select_for_update().filter(event=event).order_by("pk"))
    counted = (
        Answer.objects.filter(activity__in=activities)
        .order_by()
        .values_list("activity_id")
        .annotate(coming=Count("pk", filter=Q(state=State.COMING)), waiting=Count("pk", filter=Q(state=State.WAITING)))
    )
    counts = {pk: (coming, waiting) for pk, coming, waiting in counted}
    promoted = next_in_line({activity: counts.get(activity.pk, (0, 0)) for activity in activities})
    Answer.objects.bulk_update(promote(promoted), ["state", "waiting_number"], batch_size=200)
    History.objects.bulk_create(notes(promoted, now=now), batch_size=500)
    messages.queue(letters(promoted, now=now), by=None, now=now)
    return len(promoted)
