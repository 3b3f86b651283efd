"""Races for tests: a field of runners with times, and what each has chosen."""

from django.utils import timezone

from events.actions import races, timing
from events.actions.timing import Mark
from events.domain.ranking import Status
from events.domain.timing import Kind
from events.models import Consent, Entry, Race
from tests import factories

MINUTE = 60_000


def make_race(event, **fields):
    """The race of the event's activity "race", set up with these fields."""
    race = races.of(event.activity_set.get(slug="race"))
    Race.objects.filter(pk=race.pk).update(**fields)
    return Race.objects.select_related("activity__event", "course").get(pk=race.pk)


def make_runner(race, name="", *, company=None, companion_of=None, **fields):
    """The entry of a guest who comes to the race, with these fields of the entry."""
    event = race.activity.event
    if companion_of is not None:
        guest = factories.make_companion(companion_of, name, answers={"race": "coming"})
    else:
        guest = factories.make_guest(event, name, company=company, answers={"race": "coming"})
    return enter(race, guest, **fields)


def enter(race, guest, **fields):
    return Entry.objects.create(guest=guest, activity=race.activity, changed_at=timezone.now(), **fields)


def agree(entry, purpose=Consent.Purpose.NAME, *, is_given=True):
    """The guest says yes, or no, to the purpose."""
    return Consent.objects.create(
        guest=entry.guest, purpose=purpose, is_given=is_given, text_version="1", language="nb", channel="web",
        said_at=timezone.now(),
    )  # fmt: skip


def record(race, times):
    """{entry: minutes, or a Status} is written down, in one go."""
    timing.record(
        race, [_mark(entry, said) for entry, said in times.items()], by=None, channel="system", now=timezone.now()
    )


def _mark(entry, said):
    if isinstance(said, Status):
        return Mark(kind=Kind.STATUS, entry=entry, status=said)
    return Mark(kind=Kind.TYPED, entry=entry, time_ms=round(said * MINUTE))


def publish(race, state=Race.State.PROVISIONAL):
    Race.objects.filter(pk=race.pk).update(published_at=timezone.now(), state=state)
    return Race.objects.select_related("activity__event", "course").get(pk=race.pk)
