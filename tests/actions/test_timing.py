"""Marks are added, results follow: places, bests over the years, and nothing is written twice."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import races, timing
from events.actions.timing import Mark
from events.domain.ranking import Status
from events.domain.timing import Kind
from events.models import Course, EarlierTime, Entry, Race, Result, TimingEvent
from tests import factories

pytestmark = pytest.mark.django_db
MINUTE = 60_000


def make_race(event, **fields):
    activity = event.activity_set.get(slug="race")
    race = races.of(activity)
    Race.objects.filter(pk=race.pk).update(**fields)
    return Race.objects.select_related("activity").get(pk=race.pk)


@pytest.fixture
def field(clock):
    """A race with three runners: Kari, Ola and Åse, on a course."""
    event = factories.make_event()
    course = Course.objects.create(name="Stoltzekleiven", created_at=clock.now)
    race = make_race(event, course=course)
    names = ("Kari Nordås", "Ola Berge", "Åse Øvrebø")
    guests = [factories.make_guest(event, name, answers={"race": "coming"}) for name in names]
    races.enter_all(race, now=clock.now)
    entries = [Entry.objects.get(guest=guest) for guest in guests]
    return race, entries


def typed(entry, minutes, seconds=0, ms=0):
    return Mark(kind=Kind.TYPED, entry=entry, time_ms=minutes * MINUTE + seconds * 1000 + ms)


def told(entry):
    result = Result.objects.get(entry=entry)
    return result.status, result.time_ms, result.place, result.best


def test_whoever_comes_is_entered_once(field, clock):
    race, _entries = field
    assert races.enter_all(race, now=clock.now) == 0
    assert Entry.objects.filter(activity=race.activity).count() == 3


def test_results_are_rounded_up_and_those_who_share_a_time_share_a_place(field, clock):
    race, (kari, ola, asse) = field
    marks = [typed(kari, 12, 34, 1), typed(ola, 12, 34, 999), typed(asse, 14)]
    assert timing.record(race, marks, by=None, channel="system", now=clock.now) == 3
    assert told(kari) == ("OK", 755_000, 1, "debut")
    assert told(ola) == ("OK", 755_000, 1, "debut")
    assert told(asse) == ("OK", 840_000, 3, "debut")
    assert Result.objects.get(entry=asse).gap_ms == 85_000


def test_a_mark_that_comes_twice_counts_once(field, clock):
    race, (kari, *_others) = field
    mark = Mark(kind=Kind.TYPED, entry=kari, time_ms=MINUTE, uuid=uuid.uuid4())
    assert [timing.record(race, [mark], by=None, channel="system", now=clock.now) for _ in range(2)] == [1, 0]
    assert TimingEvent.objects.count() == 1


def test_what_is_written_last_stands_also_in_the_same_millisecond(field, clock):
    race, (kari, *_others) = field
    for minutes in (12, 13, 11):
        timing.record(race, [typed(kari, minutes)], by=None, channel="system", now=clock.now)
    assert told(kari)[1] == 11 * MINUTE


def test_results_can_be_thrown_away_and_made_anew(field, clock):
    race, (kari, ola, asse) = field
    marks = [typed(kari, 12), Mark(kind=Kind.STATUS, entry=ola, status=Status.DNF)]
    timing.record(race, marks, by=None, channel="system", now=clock.now)
    before = [told(kari), told(ola)]
    Result.objects.all().delete()
    assert timing.rebuild(race)
    assert [told(kari), told(ola)] == before
    assert not Result.objects.filter(entry=asse).exists()


def test_the_revision_goes_up_when_a_result_changes_and_only_then(field, clock):
    race, (kari, *_others) = field
    timing.record(race, [typed(kari, 12)], by=None, channel="system", now=clock.now)
    assert Race.objects.get(pk=race.pk).revision == 1
    assert not timing.rebuild(race)
    timing.record(race, [typed(kari, 12)], by=None, channel="system", now=clock.now)
    assert Race.objects.get(pk=race.pk).revision == 1


@pytest.mark.parametrize(
    ("minutes", "best", "difference"), [(11, "pers", -MINUTE), (12, "tangert", 0), (13, "not_this_time", MINUTE)]
)
def test_a_best_is_one_on_the_same_course_in_earlier_years(field, clock, minutes, best, difference):
    race, (kari, *_others) = field
    past = factories.make_event("stoltzen-before", held_on=race.activity.event.held_on - timedelta(days=364))
    before = make_race(past, course=race.course)
    elsewhere = factories.make_event("elsewhere", held_on=race.activity.event.held_on - timedelta(days=728))
    another = make_race(elsewhere, course=None)
    for each, when in ((before, 12), (another, 5)):
        guest = factories.make_guest(each.activity.event, contact=kari.guest.contact, answers={"race": "coming"})
        races.enter_all(each, now=clock.now)
        timing.record(each, [typed(Entry.objects.get(guest=guest), when)], by=None, channel="system", now=clock.now)
    timing.record(race, [typed(kari, minutes)], by=None, channel="system", now=clock.now)
    result = Result.objects.get(entry=kari)
    assert (result.best, result.best_diff_ms) == (best, difference)


def test_a_time_the_guest_told_of_counts_when_the_race_says_so(field, clock):
    race, (kari, *_others) = field
    EarlierTime.objects.create(
        guest=kari.guest, course=race.course, year=race.activity.event.held_on.year - 3, time_ms=10 * MINUTE,
        told_at=clock.now,
    )  # fmt: skip
    timing.record(race, [typed(kari, 12)], by=None, channel="system", now=clock.now)
    assert Result.objects.get(entry=kari).best_diff_ms == 2 * MINUTE
    Race.objects.filter(pk=race.pk).update(counts_told_times=False)
    timing.rebuild(race)
    assert told(kari)[3] == "debut"


def test_the_queries_do_not_grow_with_the_runners(field, clock):
    race, entries = field
    timing.record(race, [typed(entries[1], 12)], by=None, channel="system", now=clock.now)
    few = queries(race, entries[:1], clock.now)
    for _number in range(20):
        factories.make_guest(race.activity.event, answers={"race": "coming"})
    races.enter_all(race, now=clock.now)
    assert queries(race, list(Entry.objects.filter(activity=race.activity)), clock.now) == few


def queries(race, entries, now):
    with CaptureQueriesContext(connection) as captured:
        timing.record(race, [typed(entry, 12 + entry.pk % 9) for entry in entries], by=None, channel="system", now=now)
    return len(captured)
