"""Bibs, waves and start times are stored here, and nowhere else: with history, calendars and results beside them."""

from django.db import transaction

from ..models import Activity, Answer, Entry, History, Race, TimingEvent, Wave
from . import calendars, history, timing

FIELDS = ("bib", "wave_id", "slot_at")
NOTHING = {"bib": None, "wave_id": None, "slot_at": None}


@transaction.atomic
def write(race, wanted, *, by, channel, now, guest=None, **facts):
    """Stores {guest id: {field of FIELDS: value}}; returns how many are different. The race's activity is locked.

    One line of history says what was so before, by which it can be taken back; `guest` is whom it is about where that
    is one. Calendar entries follow, and results where something was timed already. The queries are as many whatever
    the number of runners.
    """
    entries = _entries(race, wanted)
    if missing := [pk for pk in wanted if pk not in entries]:
        rows = [Entry(guest_id=pk, activity_id=race.activity_id, changed_at=now) for pk in missing]
        Entry.objects.bulk_create(rows, ignore_conflicts=True)  # one may be telling of the race at this moment
        entries |= _entries(race, missing)
    changed = [entries[pk] for pk, fields in wanted.items() if _differs(entries[pk], fields)]
    if not changed:
        return 0
    was = [codes(entry) for entry in changed]
    # Emptied first: two who change their bibs must not have the same one in between.
    Entry.objects.filter(pk__in=[entry.pk for entry in changed]).update(**NOTHING)
    for entry in changed:
        for name, value in wanted[entry.guest_id].items():
            setattr(entry, name, value)
        entry.changed_at = now
    Entry.objects.bulk_update(changed, ["bib", "wave", "slot_at", "changed_at"], batch_size=500)
    what = History.What.START if guest else History.What.STARTS
    history.record(
        race.activity.event, what, by=by, channel=channel, now=now, guest=guest, activity=race.activity, was=was,
        **{"is": [codes(entry) for entry in changed]}, count=len(changed), **facts,
    )  # fmt: skip
    follow(race, [entry.guest_id for entry in changed], now=now)
    return len(changed)


def _entries(race, guests):
    return {row.guest_id: row for row in Entry.objects.filter(activity=race.activity_id, guest__in=guests)}


def _differs(entry, fields):
    return any(getattr(entry, name) != value for name, value in fields.items())


def codes(entry):
    """[guest id, bib, wave id, moment] as history keeps them."""
    return [entry.guest_id, entry.bib, entry.wave_id, calendars.moment_code(entry.slot_at)]


def follow(race, guests, *, now):
    """Calendars and results of these guests' starts are made anew."""
    calendars.restamp_start(Answer.objects.filter(activity=race.activity_id, guest__in=guests), now=now)
    _results_follow(race)


def _results_follow(race):
    if TimingEvent.objects.filter(race=race).exists():
        timing.rebuild(race)


def free(answers):
    """Takes back what these answers' entries held, as with_start read them. One query, none where they held nothing."""
    held = [answer.entry for answer in answers if answer.has_start]
    if held:
        Entry.objects.filter(pk__in=held).update(**NOTHING)


def is_free_again(answer, *, now):
    """Whether the start of somebody who is not coming any more goes to others: until the race begins."""
    return answer.has_start and answer.activity.starts_at > now


def freed(answer):
    """What was given back, as codes for the history."""
    return {"freed": True, "bib": answer.bib, "start": calendars.moment_code(answer.own_start_at)}


@transaction.atomic
def release(guests, activities, *, by, channel, now, note=True):
    """Frees what these guests hold in races that lie ahead; the history says what it was, unless `note` is False."""
    rows = Answer.objects.filter(guest__in=guests, activity__in=activities).select_related("activity__event", "guest")
    held = [answer for answer in rows.with_start() if is_free_again(answer, now=now)]
    free(held)
    if note:
        History.objects.bulk_create(
            history.note(
                answer.activity.event, History.What.START, by=by, channel=channel, now=now, guest=answer.guest,
                activity=answer.activity, **freed(answer),
            )
            for answer in held
        )  # fmt: skip


@transaction.atomic
def move_along(activity, by_time):
    """A race that begins earlier or later, and is stored so, takes its start times and waves along, and results follow
    where something was timed already; the activity is locked.
    """
    if activity.kind != Activity.Kind.RACE or not by_time:
        return
    shift(activity, by_time)
    race = Race.objects.filter(activity=activity).first()
    if race and race.first_start_at:
        race.first_start_at += by_time
        race.save(update_fields=["first_start_at"])
    if race:
        _results_follow(race)


def shift(activity, by_time):
    """Moves all start times and waves of the race; returns the ids of the guests who start otherwise."""
    entries = list(Entry.objects.filter(activity=activity, slot_at__isnull=False))
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(slot_at=None)
    for entry in entries:
        entry.slot_at += by_time
    Entry.objects.bulk_update(entries, ["slot_at"], batch_size=500)
    waves = list(Wave.objects.filter(race__activity=activity))
    for wave in waves:
        wave.starts_at += by_time
    Wave.objects.bulk_update(waves, ["starts_at"])
    in_waves = Entry.objects.filter(activity=activity, wave__isnull=False).values_list("guest", flat=True)
    return [*(entry.guest_id for entry in entries), *in_waves]
