"""Deeds on events: making one with its programme, and changing its state."""

from datetime import datetime, time, timedelta

from django.db import transaction

from ..domain import differences, programmes
from ..models import Activity, Answer, Event, History, Membership, Texts
from . import history, notices, parties, reminders, waiting_list
from .calendars import restamp
from .guests import lock_event

END_OF_DAY = time(23, 59, 59)


def end_of_day(day, zone):
    """The last second of a day in a time zone: a deadline given as a date (aware datetime)."""
    return datetime.combine(day, END_OF_DAY, tzinfo=zone)


@transaction.atomic
def make(slug, *, title, held_on, by, channel, now, programme="stoltzen", capacities=None, **fields):
    """An event with the activities of a known programme ("stoltzen" or "empty").

    title: a str or {language: text}; capacities: {activity slug: places}. Whoever makes it organises it.
    """
    plan = programmes.PROGRAMMES[programme]
    texts = {name: Texts(text) for name, text in plan.texts.items()}
    look = {**texts, "scene": plan.scene, "town": plan.town}
    event = begin(slug, title=title, held_on=held_on, by=by, now=now, **{**look, **fields})
    Activity.objects.bulk_create([_activity(event, part, (capacities or {}).get(part.slug)) for part in plan.parts])
    reminders.make_usual(event, now=now)
    history.record(event, History.What.EVENT_MADE, by=by, channel=channel, now=now, programme=programme)
    return event


def begin(slug, *, title, held_on, by, now, **fields):
    """The bare event, organised by whoever makes it. Raises ValidationError for what cannot be. In a transaction."""
    event = Event(slug=slug, title=title, held_on=held_on, created_at=now, **fields)
    event.full_clean(exclude=["title"])
    event.save()
    event.refresh_from_db()
    if by:
        Membership.objects.create(user=by, event=event, role=Membership.Role.ORGANISER)
    return event


def _activity(event, part, capacity):
    starts_at = datetime.combine(event.held_on, part.starts, tzinfo=event.zone)
    return Activity(
        event=event,
        slug=part.slug,
        kind=part.kind,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=part.minutes),
        capacity=capacity,
        address=part.address,
        map_url=part.map_url,
        serves_food=part.serves_food,
        **{name: Texts(text) for name, text in part.texts.items()},
    )


@transaction.atomic
def change_state(event, state, *, by, channel, now, telling=None):
    """Opens, closes, cancels … an event; the change stands in the history; what is on again lets in whoever waits.

    With telling guests hear that it is cancelled, or on again. Returns the line of history; doing it twice is
    harmless and returns None.
    """
    stored = lock_event(event.pk)
    before = stored.state
    if before == state:
        return None
    event.state = stored.state = state
    stored.save(update_fields=["state"])
    if state == Event.State.OPEN:
        reminders.begin_anew(stored, now=now)
    told = {}
    if Event.State.CANCELLED in (before, state):
        parties.lock(event.pk)  # answering changes the same rows
        restamp(Answer.objects.filter(activity__event=event), now=now)
        was = {} if state == Event.State.ARCHIVED else {"is_cancelled": before == Event.State.CANCELLED}
        parts = Activity.objects.filter(event=event).on()
        how = {"by": by, "channel": channel, "now": now}
        told = notices.tell(stored, parts, differences.facts(event=was), telling, **how)
    row = history.record(event, History.What.STATE, by=by, channel=channel, now=now, before=before, after=state, **told)
    if before in waiting_list.OVER:
        waiting_list.fill(event, now=now)
    return row
