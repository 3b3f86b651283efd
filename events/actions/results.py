"""Results are shown to guests, taken back, made final and opened again; each guest chooses what others see of them."""

from django.db import transaction
from django.db.models import F

from ..domain.timing import Flag
from ..models import Entry, Guest, History, Race, Result
from . import history, races, timing


class NothingToShow(ValueError):
    """The race has not begun: there is nothing yet that could be shown, or be final."""


class StillOpen(ValueError):
    """Somebody has to be decided about before the results are final; carries how many."""

    def __init__(self, count):
        super().__init__(count)
        self.count = count


CHOICES = ("shows_place", "hides_time")


@transaction.atomic
def publish(activity, *, by, channel, now):
    """Guests see the results from now on. Returns whether they did not before. Raises NothingToShow."""
    race = races.of(activity)
    if race.is_published:
        return False
    if race.state == Race.State.DRAFT:
        raise NothingToShow(race.pk)
    _set(race, published_at=now)
    _note(race, History.What.SHOWN, by=by, channel=channel, now=now, results=_count(race))
    return True


@transaction.atomic
def unpublish(activity, *, by, channel, now):
    """Guests see nothing of the results any more, nor does whoever has the board. Returns whether they did."""
    race = races.of(activity)
    if not race.is_published:
        return False
    _set(race, published_at=None, is_live=False)
    _note(race, History.What.NOT_SHOWN, by=by, channel=channel, now=now)
    return True


@transaction.atomic
def finalise(activity, *, by, channel, now):
    """The results stand, and are no longer called provisional. Returns whether they did not before.

    Raises NothingToShow without a result, and StillOpen as long as somebody is to be decided about.
    """
    race = races.of(activity)
    if race.is_final:
        return False
    if race.state != Race.State.PROVISIONAL:
        raise NothingToShow(race.pk)
    if count := to_decide(race).count():
        raise StillOpen(count)
    timing.rebuild(race)
    _set(race, state=Race.State.FINAL)
    _note(race, History.What.FINAL, by=by, channel=channel, now=now, results=_count(race))
    return True


@transaction.atomic
def reopen(activity, *, by, channel, now):
    """The results may change again, and are provisional. Returns whether they were final."""
    race = races.of(activity)
    if not race.is_final:
        return False
    _set(race, state=Race.State.PROVISIONAL)
    timing.rebuild(race)
    _note(race, History.What.NOT_FINAL, by=by, channel=channel, now=now)
    return True


def to_decide(race):
    """Results of which somebody has to say what they are: nobody knows whether they finished, or timers disagree."""
    found = Result.objects.filter(race=race)
    flagged = [result.pk for result in found if Flag.DISAGREES in result.flags or Flag.BEFORE_START in result.flags]
    return found.filter(status=Result.Status.UNCLEAR) | found.filter(pk__in=flagged)


@transaction.atomic
def choose(entry, chosen, *, by, channel, now):
    """What others see of the guest's result: {"shows_place": bool or None, "hides_time": bool}, or one of them.

    Takes effect at once: who hides the time has no place any more, and the others' close up. Returns whether something
    is different.
    """
    Guest.objects.select_for_update(no_key=True).only("pk").get(pk=entry.guest_id)
    stored = Entry.objects.get(pk=entry.pk)
    news = [name for name in CHOICES if name in chosen and getattr(stored, name) != chosen[name]]
    if not news:
        return False
    was = {name: getattr(stored, name) for name in news}
    Entry.objects.filter(pk=entry.pk).update(**{name: chosen[name] for name in news}, changed_at=now)
    shown_anew(Race.objects.filter(activity=entry.activity_id))
    if "hides_time" in news:
        derive_anew([entry.activity_id], with_places=True)
    history.record(
        entry.guest.event, History.What.RESULT_WISH, by=by, channel=channel, now=now, guest=entry.guest,
        activity=entry.activity, was=was, chosen={name: chosen[name] for name in news},
    )  # fmt: skip
    return True


def shown_anew(races_):
    """What is shown of these races is different, though no result is: boards look again. One query."""
    races_.update(revision=F("revision") + 1)


def derive_anew(activity_ids, *, with_places=False):
    """What results of these races depend on has changed: a class, a gender, a year of birth, an ambition; with_places
    whether a time is hidden, which final results follow too.

    One query where none of them has results yet.
    """
    for race in Race.objects.filter(activity__in=activity_ids, result__isnull=False).distinct().order_by("pk"):
        timing.rebuild(race, with_places=with_places)


def _set(race, **fields):
    for name, value in fields.items():
        setattr(race, name, value)
    Race.objects.filter(pk=race.pk).update(**fields, revision=F("revision") + 1)


def _note(race, what, *, by, channel, now, **facts):
    activity = race.activity
    history.record(activity.event, what, by=by, channel=channel, now=now, activity=activity, **facts)


def _count(race):
    return Result.objects.filter(race=race).count()
