"""Deeds on the programme: parts are added, moved, changed and cancelled, and every calendar entry follows."""

from datetime import UTC

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from ..domain import names
from ..models import Activity, Answer, Event, Guest, History
from . import history, parties, waiting_list
from .guests import BATCH, new_answers

SHOWN_IN_CALENDARS = frozenset({"title", "description", "place", "address", "starts_at", "ends_at"})
LETS_IN = frozenset({"capacity", "promotes_until_hours", "starts_at"})
EVENT_IN_CALENDARS = frozenset({"title", "contact_name", "contact_phone"})


def restamp(answers, *, now):
    """Raises the revision of calendar entries, so that calendars take the new one (RFC 5545 §3.8.7.4)."""
    answers.update(sequence=F("sequence") + 1, stamped_at=now)


def free_slug(event, title):
    """A short name made of the title, unlike those of the event's other activities."""
    base = slugify(names.fold(str(title)))[:34] or "part"
    taken = set(Activity.objects.filter(event=event).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


@transaction.atomic
def add(event, *, by, channel, now, **fields):
    """A new part of the programme; every guest of the event is invited to it, companions where they are welcome.

    Pressing twice adds one.
    """
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)  # the second press waits here for the first
    if there_already := _same(event, fields):
        return there_already
    fields.setdefault("slug", free_slug(event, fields["title"]))
    activity = Activity.objects.create(event=event, **fields)
    invited = Guest.objects.filter(event=event)
    if not activity.welcomes_companions:
        invited = invited.invited()
    guests = invited.only("pk").iterator(chunk_size=BATCH)
    rows = (row for guest in guests for row in new_answers(guest, [activity], now=now))
    Answer.objects.bulk_create(list(rows), batch_size=BATCH)
    _note(activity, "added", by=by, channel=channel, now=now)
    return activity


def _same(event, fields):
    """The part that takes place at the same time and is the same in all else; None when there is none."""
    at_once = Activity.objects.on().filter(event=event, starts_at=fields["starts_at"], ends_at=fields["ends_at"])
    return next((part for part in at_once if all(getattr(part, name) == fields[name] for name in fields)), None)


@transaction.atomic
def change(activity, fields, *, by, channel, now):
    """Stores what is new in {field: value}; returns the names of the fields that changed.

    Calendar entries follow what they show; places that were added go to the waiting list. Companions who become
    welcome are asked; those who are no longer keep what they have.
    """
    stored = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    changed = sorted(name for name, value in fields.items() if getattr(stored, name) != value)
    if not changed:
        return []
    for name in changed:
        setattr(stored, name, fields[name])
    stored.save(update_fields=changed)
    if SHOWN_IN_CALENDARS.intersection(changed):
        restamp(Answer.objects.filter(activity=stored), now=now)
    _note(stored, "changed", by=by, channel=channel, now=now, fields=changed)
    if LETS_IN.intersection(changed):
        waiting_list.fill(stored.event, now=now, only=stored)
    if "welcomes_companions" in changed and stored.welcomes_companions:
        _invite_companions(stored, now=now)
    return changed


@transaction.atomic
def give_grace(activities, until_at, *, by, channel, now):
    """Takes answers to these parts until then; the deadline stays as it is named. The same again changes nothing."""
    for activity in sorted(activities, key=lambda each: each.pk):  # in the order in which everybody locks
        stored = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        before, stored.grace_until_at = stored.grace_until_at, until_at
        if before != until_at:
            stored.save(update_fields=["grace_until_at"])
            how = {"by": by, "channel": channel, "now": now}
            _note(activity, "grace", **how, until=moment_code(until_at), before=moment_code(before))


def moment_code(moment):
    """A moment as history keeps it; "" for none."""
    return moment.astimezone(UTC).isoformat() if moment else ""


@transaction.atomic
def cancel(activity, *, by, channel, now):
    """Takes a part off the programme; entries in calendars say so. Doing it twice is harmless."""
    if not Activity.objects.filter(pk=activity.pk, cancelled_at=None).update(cancelled_at=now):
        return
    restamp(Answer.objects.filter(activity=activity), now=now)
    _note(activity, "cancelled", by=by, channel=channel, now=now)


@transaction.atomic
def restore(activity, *, by, channel, now):
    """Puts a cancelled part back on the programme. Doing it twice is harmless."""
    if not Activity.objects.filter(pk=activity.pk).exclude(cancelled_at=None).update(cancelled_at=None):
        return
    restamp(Answer.objects.filter(activity=activity), now=now)
    _note(activity, "restored", by=by, channel=channel, now=now)
    waiting_list.fill(activity.event, now=now, only=Activity.objects.get(pk=activity.pk))


@transaction.atomic
def change_event(event, changed, *, by, channel, now):
    """Stores an event's changed fields (already set on it; their names) and lets calendars follow."""
    if not changed:
        return
    event.save(update_fields=sorted(changed))
    if EVENT_IN_CALENDARS.intersection(changed):
        parties.lock(event.pk)  # answering changes the same rows
        restamp(Answer.objects.filter(activity__event=event), now=now)
    history.record(
        event, History.What.PROGRAMME, by=by, channel=channel, now=now, change="event", fields=sorted(changed)
    )


def _invite_companions(activity, *, now):
    """Those whose guests are invited get an answer to give."""
    companions = Guest.objects.filter(event=activity.event_id, companion_of__answer__activity=activity)
    rows = [
        row
        for guest in companions.exclude(answer__activity=activity)
        for row in new_answers(guest, [activity], now=now)
    ]
    Answer.objects.bulk_create(rows, batch_size=BATCH)


def _note(activity, what, *, by, channel, now, **facts):
    history.record(
        activity.event, History.What.PROGRAMME, by=by, channel=channel, now=now, activity=activity, change=what, **facts
    )
