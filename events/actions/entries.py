"""What guests tell about the race: class, ambition and the like, for themselves and whom they bring."""

from django.db import transaction

from ..models import Entry, History, Race
from ..models.entry import CODES
from . import history, results

FACTS = tuple(CODES)
FIXED = frozenset({"ambition_seconds"})  # once the first has started


@transaction.atomic
def tell(event, told, *, by, channel, now):
    """Stores what is told about each place in a race of the event: {answer: {fact of FACTS: value}}.

    Telling the same again changes nothing, nor does an ambition once the first has started. The history says what was
    told about, and what stood there before, as codes and numbers. As many queries, however many run. Returns how many
    entries are new or different.
    """
    wanted = {(answer.guest_id, answer.activity_id): answer for answer in told}
    running = begun({answer.activity for answer in told}, now=now)
    entries = {
        (entry.guest_id, entry.activity_id): entry
        for entry in Entry.objects.filter(
            guest__in={guest for guest, _activity in wanted}, activity__in={activity for _guest, activity in wanted}
        )
    }
    rows, changed, is_hiding = [], [], False
    for key, answer in wanted.items():
        entry, facts = entries.get(key), told[answer]
        known = entry or Entry()
        may_say = taken(has_begun=answer.activity_id in running)
        news = [name for name in may_say if name in facts and getattr(known, name) != facts[name]]
        if entry and not news and entry.told_at:
            continue
        was = {CODES[name]: getattr(entry, name) for name in news} if entry else {}
        entry = entry or Entry(guest_id=key[0], activity_id=key[1])
        for name in news:
            setattr(entry, name, facts[name])
        entry.changed_at, entry.told_at = now, entry.told_at or now
        changed.append(entry)
        is_hiding |= "hides_time" in news
        rows.append(_note(event, answer, news, was, by=by, channel=channel, now=now))
    Entry.objects.bulk_create(  # somebody else may have told in between: the newest wins (F7)
        changed, update_conflicts=True, unique_fields=["guest", "activity"],
        update_fields=[*(name.removesuffix("_id") for name in FACTS), "told_at", "changed_at"],
    )  # fmt: skip
    History.objects.bulk_create(rows)
    results.derive_anew(running, with_places=is_hiding)
    return len(rows)


def taken(*, has_begun):
    """The FACTS that may be told, or told otherwise: an ambition stands once the first has started."""
    return [name for name in FACTS if not has_begun or name not in FIXED]


def begun(activities, *, now):
    """The ids of those whose first start is over; one query."""
    races = {race.activity_id: race for race in Race.objects.filter(activity__in=activities)}
    first = {each.pk: each.starts_at for each in activities}
    first |= {pk: race.first_start_at for pk, race in races.items() if race.first_start_at}
    return {pk for pk, starts_at in first.items() if starts_at <= now}


def _note(event, answer, news, was, *, by, channel, now):
    """`was` is empty for the first that was told."""
    return history.note(
        event, History.What.RACE, by=by, channel=channel, now=now, guest=answer.guest,
        activity=answer.activity, told=[CODES[name] for name in news], was=was,
    )  # fmt: skip
