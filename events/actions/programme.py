"""Deeds on the programme: parts are added and changed, and every calendar entry follows.

Where a deed takes `telling`, guests are told of it by mail (notices); None tells nobody.
"""

from django.db import transaction
from django.utils.text import slugify

from ..domain import differences, names
from ..models import Activity, Answer, Guest, History
from . import history, notices, parties, reminders, start_writing, waiting_list
from .calendars import moment_code, restamp
from .guests import BATCH, lock_event, new_answers

SHOWN_IN_CALENDARS = frozenset({"title", "description", "place", "address", "starts_at", "ends_at"})
LETS_IN = frozenset({"capacity", "promotes_until_hours", "starts_at"})
EVENT_IN_CALENDARS = frozenset({"title", "contact_name", "contact_phone"})


def free_slug(event, title):
    """A short name made of the title, unlike those of the event's other activities."""
    base = slugify(names.fold(str(title)))[:34] or "part"
    taken = set(Activity.objects.filter(event=event).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


@transaction.atomic
def add(event, *, by, channel, now, **fields):
    """A new part of the programme; every guest of the event is invited to it, companions where they are welcome, and
    nobody who is forgotten. Pressing twice adds one.
    """
    lock_event(event.pk)  # the second press waits here for the first
    parties.lock(event.pk)  # whoever brings somebody along meanwhile is done first, or finds the new part
    if there_already := _same(event, fields):
        return there_already
    fields.setdefault("slug", free_slug(event, fields["title"]))
    activity = Activity.objects.create(event=event, **fields)
    invited = Guest.objects.filter(event=event, forgotten_at=None)
    if not activity.welcomes_companions:
        invited = invited.invited()
    guests = invited.only("pk").iterator(chunk_size=BATCH)
    rows = (row for guest in guests for row in new_answers(guest, [activity], now=now))
    Answer.objects.bulk_create(list(rows), batch_size=BATCH)
    note(activity, "added", by=by, channel=channel, now=now)
    return activity


def _same(event, fields):
    """The part that takes place at the same time and is the same in all else; None when there is none."""
    at_once = Activity.objects.on().filter(event=event, starts_at=fields["starts_at"], ends_at=fields["ends_at"])
    return next((part for part in at_once if all(getattr(part, name) == fields[name] for name in fields)), None)


@transaction.atomic
def change(activity, fields, *, by, channel, now, telling=None):
    """Stores what is new in {field: value}; returns the line of history, whose facts name the fields that changed,
    or None where none did.

    Calendar entries follow what they show; places that were added go to the waiting list. Companions who become
    welcome are asked; those who are no longer keep what they have.
    """
    event = lock_event(activity.event_id)
    stored = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    changed = sorted(name for name, value in fields.items() if getattr(stored, name) != value)
    if not changed:
        return None
    before, was_at = differences.of_part(stored), stored.starts_at
    for name in changed:
        setattr(stored, name, fields[name])
    stored.save(update_fields=changed)
    if SHOWN_IN_CALENDARS.intersection(changed):
        restamp(Answer.objects.filter(activity=stored), now=now)
    if was_at != stored.starts_at:
        start_writing.move_along(stored, stored.starts_at - was_at)
    how = {"by": by, "channel": channel, "now": now}
    row = note(stored, "changed", fields=changed, **_told(event, stored, before, telling, how), **how)
    if LETS_IN.intersection(changed):
        waiting_list.fill(event, now=now, only=stored)
    if "welcomes_companions" in changed and stored.welcomes_companions:
        _invite_companions(stored, now=now)
    return row


def _told(event, part, before, telling, how):
    """Tells guests what was so before. Returns facts for the history, by which the change can be taken back."""
    now_so = differences.of_part(part)
    was = differences.between(before, now_so)
    told = notices.tell(event, [part], differences.facts(parts={part.pk: was}), telling, **how)
    return {"was": was, "is": {name: now_so[name] for name in was}, **told} if was else {}


@transaction.atomic
def give_grace(activities, until_at, *, by, channel, now):
    """Takes answers to these parts until then; the deadline stays as it is named. The same again changes nothing."""
    for activity in sorted(activities, key=lambda each: each.pk):  # in the order in which everybody locks
        stored = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        before, stored.grace_until_at = stored.grace_until_at, until_at
        if before != until_at:
            stored.save(update_fields=["grace_until_at"])
            how = {"by": by, "channel": channel, "now": now}
            note(activity, "grace", **how, until=moment_code(until_at), before=moment_code(before))


@transaction.atomic
def change_event(event, changed, *, by, channel, now, is_for_all=False):
    """Stores an event's changed fields (already set on it; their names) and lets calendars follow. is_for_all: those
    who are guests already may bring as many as new ones; nobody is removed.
    """
    if is_for_all:
        number = event.companions_allowed
        here = Guest.objects.filter(event=event, companion_of=None, forgotten_at=None)
        if here.exclude(companions_allowed=number).update(companions_allowed=number):
            changed = {*changed, "companions_allowed"}
    if not changed:
        return
    event.save(update_fields=sorted(changed))
    if reminders.MOVES.intersection(changed):
        reminders.begin_anew(event, now=now)
    if EVENT_IN_CALENDARS.intersection(changed):
        parties.lock(event.pk)  # answering changes the same rows
        restamp(Answer.objects.filter(activity__event=event), now=now)
    history.record(
        event, History.What.PROGRAMME, by=by, channel=channel, now=now, change="event", fields=sorted(changed)
    )


def _invite_companions(activity, *, now):
    """Those whose guests are invited get an answer to give."""
    there = Guest.objects.filter(event=activity.event_id, forgotten_at=None)
    companions = there.filter(companion_of__answer__activity=activity)
    rows = [
        row
        for guest in companions.exclude(answer__activity=activity)
        for row in new_answers(guest, [activity], now=now)
    ]
    Answer.objects.bulk_create(rows, batch_size=BATCH)


def note(activity, what, *, by, channel, now, **facts):
    """The line of history about a part of the programme."""
    return history.record(
        activity.event, History.What.PROGRAMME, by=by, channel=channel, now=now, activity=activity, change=what, **facts
    )
