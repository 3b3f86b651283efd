"""Deeds on how a race is run: set up, and who is in it."""

from django.db import transaction
from django.db.models import F, Q

from ..models import Activity, Answer, Entry, Event, History, Race, boards
from . import history, start_writing


class NotARace(ValueError):
    """The activity is no race."""


@transaction.atomic
def of(activity):
    """The race of the activity, locked; made with the usual rules when it is not there yet. Raises NotARace."""
    if activity.kind != Activity.Kind.RACE:
        raise NotARace(activity.pk)
    # Not FOR UPDATE: guests whose rows refer to the activity must not wait, with those rows in hand.
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    race, _is_new = Race.objects.select_related("course").get_or_create(activity=activity)
    race.activity = activity
    return race


@transaction.atomic
def set_up(activity, fields, *, by, channel, now):
    """Stores how the race is run; returns it. Storing the same again writes nothing.

    Start times and waves move with the first start; what another kind of start knows nothing of is taken back. Where
    something was timed already, the results are worked out anew.
    """
    race = of(activity)
    first_at = race.starts_at
    changed = sorted(name for name, value in fields.items() if getattr(race, name) != value)
    if changed:
        for name in changed:
            setattr(race, name, fields[name])
        race.save(update_fields=changed)
        Race.objects.filter(pk=race.pk).update(revision=F("revision") + 1)  # it is shown in another way
        history.record(
            activity.event, History.What.RACE_SET, by=by, channel=channel, now=now, activity=activity, fields=changed
        )
        if "start" in changed:
            _take_back_other_starts(race, by=by, channel=channel, now=now)
        moved = start_writing.shift(activity, race.starts_at - first_at) if race.starts_at != first_at else []
        start_writing.follow(race, moved, now=now)
    return race


def _take_back_other_starts(race, **how):
    """Whoever starts with a wave has no own time, and the other way round."""
    guests = _with_other_starts(race).values_list("guest", flat=True)
    start_writing.write(race, {guest: dict.fromkeys(_other_starts(race)) for guest in guests}, **how)


def would_lose_starts(race):
    """How many would lose the start they were given, with the race as it is in hand, not stored."""
    return _with_other_starts(race).count()


def _other_starts(race):
    """What an entry cannot hold with this kind of start."""
    return {Race.Start.INTERVAL: ["wave_id"], Race.Start.WAVES: ["slot_at"]}.get(race.start, ["wave_id", "slot_at"])


def _with_other_starts(race):
    other = _other_starts(race)
    held = Q(**{f"{other[0]}__isnull": False}) | Q(**{f"{other[-1]}__isnull": False})
    return Entry.objects.filter(held, activity=race.activity_id)


@transaction.atomic
def enter_all(race, *, now):
    """Whoever is coming and has no entry gets one; returns how many. Two queries, and none is written when all have."""
    without = Answer.objects.filter(activity=race.activity_id, state=Answer.State.COMING).exclude(
        guest__entry__activity=race.activity_id
    )
    entries = [
        Entry(guest_id=guest, activity_id=race.activity_id, changed_at=now)
        for guest in without.values_list("guest_id", flat=True)
    ]
    Entry.objects.bulk_create(entries, ignore_conflicts=True)
    if entries:
        boards.changed(race.activity.event_id)
    return len(entries)


def enter_by_themselves(*, now):
    """Guests who come become entries of the races ahead and under way, without anybody doing anything."""
    ahead = Activity.objects.filter(
        kind=Activity.Kind.RACE, cancelled_at=None, event__state__in=[Event.State.OPEN, Event.State.CLOSED]
    )
    return sum(enter_all(Race(activity=activity), now=now) for activity in ahead.select_related("event"))
