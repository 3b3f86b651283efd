"""Results are shown, taken back, made final; they follow what they depend on, and nothing is done twice."""

from datetime import timedelta

import pytest

from events.actions import (
    companions,
    entries,
    moving,
    privacy,
    programme,
    questions,
    race_states,
    races,
    results,
    retention,
    timing,
    undo,
)
from events.actions.timing import Mark
from events.domain.questions import Row
from events.domain.ranking import Status
from events.domain.timing import Kind
from events.models import Activity, Answer, Course, EarlierTime, Entry, Event, History, Race, RaceClass, Result
from events.reports import results as results_seen
from tests import factories, racing

pytestmark = pytest.mark.django_db
HOW = {"by": None, "channel": History.Channel.OFFICE}


@pytest.fixture
def race(clock):
    course = Course.objects.create(name="Stoltzekleiven", created_at=clock.now)
    return racing.make_race(factories.make_event(), course=course)


def fresh(race):
    return Race.objects.select_related("activity__event", "course").get(pk=race.pk)


def said():
    return list(History.objects.order_by("pk").values_list("what", flat=True))


def run(race, minutes=12, **fields):
    entry = racing.make_runner(race, **fields)
    racing.record(race, {entry: minutes})
    return entry


def test_a_race_is_provisional_with_its_first_result_and_open_without(race, clock):
    entry = racing.make_runner(race)
    assert race.state == "draft"
    racing.record(race, {entry: 12})
    assert fresh(race).state == "provisional"
    racing.record(race, {entry: Status.OK, racing.make_runner(race): Status.DNS})
    Result.objects.all().delete()
    race_states.move_on(fresh(race), now=clock.now)
    assert fresh(race).state == "draft"
    race_states.move_on(fresh(race), now=race.activity.starts_at)
    assert fresh(race).state == "running"


def test_a_race_is_under_way_from_its_first_start_on_without_anybody_doing_anything(race, clock):
    assert race_states.begin_due(now=race.activity.starts_at - timedelta(seconds=1)) == 0
    assert race_states.begin_due(now=race.activity.starts_at) == 1
    assert race_states.begin_due(now=race.activity.starts_at) == 0
    assert fresh(race).state == "running"
    Race.objects.update(state="draft", first_start_at=race.activity.starts_at + timedelta(minutes=10))
    assert race_states.begin_due(now=race.activity.starts_at) == 0


def test_guests_who_come_are_entered_without_anybody_doing_anything(race, clock):
    guest = factories.make_guest(race.activity.event, answers={"race": "coming", "dinner": "coming"})
    factories.make_guest(race.activity.event, answers={"race": "unsure"})
    known = racing.make_runner(race, bib=7)
    assert races.enter_by_themselves(now=clock.now) == 1
    assert races.enter_by_themselves(now=clock.now) == 0
    assert set(Entry.objects.values_list("guest", "bib")) == {(guest.pk, None), (known.guest_id, 7)}


@pytest.mark.parametrize("over", [{"event__state": "held"}, {"cancelled_at": "now"}, {"kind": "other"}])
def test_nobody_is_entered_to_what_is_over_or_no_race(race, clock, over):
    factories.make_guest(race.activity.event, answers={"race": "coming"})
    Event.objects.update(state=over.get("event__state", "open"))
    Activity.objects.filter(pk=race.activity_id).update(
        cancelled_at=clock.now if "cancelled_at" in over else None, kind=over.get("kind", "race")
    )
    assert races.enter_by_themselves(now=clock.now) == 0


def test_each_deed_is_done_once_and_stands_in_the_history(race, clock):
    run(race)
    deeds = (results.publish, results.finalise, results.reopen, results.unpublish)
    for deed in deeds:
        assert deed(race.activity, **HOW, now=clock.now)
        assert not deed(race.activity, **HOW, now=clock.now)
    assert said() == ["shown", "final", "not_final", "not_shown"]
    assert (fresh(race).published_at, fresh(race).state) == (None, "provisional")


@pytest.mark.parametrize("deed", [results.publish, results.finalise])
def test_nothing_is_shown_or_final_before_anything_is_there(race, clock, deed):
    with pytest.raises(results.NothingToShow):
        deed(race.activity, **HOW, now=clock.now)
    assert said() == []


def test_nothing_is_final_while_somebody_is_unclear(race, clock):
    run(race)
    racing.record(race, {racing.make_runner(race): Status.UNCLEAR})
    with pytest.raises(results.StillOpen) as still:
        results.finalise(race.activity, **HOW, now=clock.now)
    assert still.value.count == 1
    assert fresh(race).state == "provisional"


def test_a_time_that_comes_later_opens_what_was_final(race, clock):
    kari = run(race)
    results.finalise(race.activity, **HOW, now=clock.now)
    racing.record(race, {kari: 11})
    assert fresh(race).state == "provisional"
    assert History.objects.get(what="not_final").facts == {"why": "new_times"}
    assert Result.objects.get(entry=kari).time_ms == 11 * racing.MINUTE


def test_places_in_the_class_follow_when_a_runner_changes_the_class(race, clock):
    title = factories.texts("Trim")
    trim, elite = [RaceClass.objects.create(activity=race.activity, title=title, position=n) for n in (1, 2)]
    runners = [run(race, 12 + number, race_class=trim) for number in range(4)]
    Race.objects.filter(pk=race.pk).update(first_start_at=clock.now - timedelta(hours=1))
    assert Result.objects.get(entry=runners[3]).class_place == 4
    answer = Answer.objects.select_related("activity").get(guest=runners[0].guest, activity=race.activity)
    entries.tell(answer.activity.event, {answer: {"race_class_id": elite.pk}}, **HOW, now=clock.now)
    assert [Result.objects.get(entry=entry).class_place for entry in runners] == [None, 1, 2, 3]


def test_places_in_the_class_follow_when_a_class_is_taken_away(race, clock):
    trim = RaceClass.objects.create(activity=race.activity, title=factories.texts("Trim"))
    runners = [run(race, 12 + number, race_class=trim) for number in range(4)]
    questions.set_classes(race.activity, [Row(factories.texts("Elite"))], **HOW, now=clock.now)
    assert [Result.objects.get(entry=entry).class_place for entry in runners] == [None] * 4


def test_places_follow_when_what_a_runner_told_is_undone(race, clock):
    title = factories.texts("Trim")
    trim, elite = [RaceClass.objects.create(activity=race.activity, title=title, position=n) for n in (1, 2)]
    runners = [run(race, 12 + number, race_class=trim) for number in range(4)]
    Race.objects.filter(pk=race.pk).update(first_start_at=clock.now - timedelta(hours=1))
    answer = Answer.objects.select_related("activity").get(guest=runners[0].guest, activity=race.activity)
    wishes = ({"race_class_id": trim.pk}, {"race_class_id": elite.pk, "hides_time": True})
    for wish in wishes:
        entries.tell(answer.activity.event, {answer: wish}, **HOW, now=clock.move(minutes=1))
    undo.undo(History.objects.filter(what="race").order_by("pk").last(), **HOW, now=clock.move(minutes=1))
    assert [Result.objects.get(entry=entry).class_place for entry in runners] == [1, 2, 3, 4]


def test_the_others_move_up_when_a_companion_with_a_time_is_taken_away(race, clock):
    kari = run(race, 13)
    runner = racing.make_runner(race, "Ola Lie", companion_of=kari.guest)
    racing.record(race, {runner: 12})
    assert Result.objects.get(entry=kari).place == 2
    gone = [companions.Wish(pk=runner.guest_id, is_removed=True)]
    companions.save(kari.guest, gone, by=factories.make_user(), channel="office", now=clock.now)
    assert Result.objects.get(entry=kari).place == 1


@pytest.mark.parametrize("is_whole_event", [False, True])
def test_times_follow_the_start_when_a_race_that_is_timed_already_is_moved(race, clock, is_whole_event):
    starts_at = race.activity.starts_at
    kari = racing.make_runner(race, slot_at=starts_at)
    at_ms = int(starts_at.timestamp() * 1000) + 12 * racing.MINUTE
    timing.record(
        fresh(race), [Mark(kind=Kind.FINISH, entry=kari, at_ms=at_ms)], by=None, channel="system", now=clock.now
    )
    assert Result.objects.get(entry=kari).time_ms == 12 * racing.MINUTE
    if is_whole_event:
        moving.move(race.activity.event, race.activity.event.held_on - timedelta(days=1), **HOW, now=clock.now)
    else:
        programme.change(race.activity, {"starts_at": starts_at + timedelta(minutes=2)}, **HOW, now=clock.now)
    assert not timing.rebuild(fresh(race))
    assert Result.objects.get(entry=kari).time_ms != 12 * racing.MINUTE


def test_an_ambition_stands_from_the_first_start_on(race, clock):
    kari = racing.make_runner(race, ambition_seconds=700)
    answer = Answer.objects.select_related("activity").get(guest=kari.guest, activity=race.activity)
    event = race.activity.event
    for moment, ambition in ((race.activity.starts_at - timedelta(minutes=1), 720), (race.activity.starts_at, 720)):
        told = {"ambition_seconds": ambition if moment < race.activity.starts_at else 999, "shirt_size": "M"}
        entries.tell(event, {answer: told}, **HOW, now=moment)
        assert Entry.objects.get(pk=kari.pk).ambition_seconds == 720
    assert Entry.objects.get(pk=kari.pk).shirt_size == "M"


def earlier_race(race, contact, minutes, years=1):
    past = factories.make_event(
        f"stoltzen-{years}", held_on=race.activity.event.held_on - timedelta(days=364 * years)
    )  # fmt: skip
    before = racing.make_race(past, course=race.course)
    entry = racing.enter(before, factories.make_guest(past, contact=contact, answers={"race": "coming"}))
    racing.record(before, {entry: minutes})
    return before, entry


def test_bests_of_later_years_follow_when_an_earlier_year_changes_also_of_a_final_race(race, clock):
    kari = run(race, 12)
    results.finalise(race.activity, **HOW, now=clock.now)
    assert Result.objects.get(entry=kari).best == "debut"
    before, entry = earlier_race(race, kari.guest.contact, 13)
    assert (Result.objects.get(entry=kari).best, fresh(race).state) == ("pers", "final")
    racing.record(before, {entry: 11})
    assert Result.objects.get(entry=kari).best_diff_ms == racing.MINUTE
    Course.objects.create(name="Stoltzekleiven", version="ny", created_at=clock.now)
    races.set_up(before.activity, {"course": Course.objects.get(version="ny")}, **HOW, now=clock.now)
    timing.rebuild(race)
    assert Result.objects.get(entry=kari).best == "debut"


def test_places_of_a_final_race_stay_when_its_bests_are_derived_anew(race, clock):
    kari, ola = run(race, 12), run(race, 13)
    results.finalise(race.activity, **HOW, now=clock.now)
    Entry.objects.filter(pk=kari.pk).update(birth_year=race.activity.event.held_on.year - 5)
    earlier_race(race, ola.guest.contact, 14)
    assert [Result.objects.get(entry=entry).place for entry in (kari, ola)] == [1, 2]
    assert Result.objects.get(entry=ola).best == "pers"


def test_a_forgotten_child_has_no_place_afterwards_either(race, clock):
    child = run(race, 11, birth_year=race.activity.event.held_on.year - 10)
    adult = run(race, 12)
    assert Result.objects.get(entry=child).place is None
    privacy.forget_guest(child.guest, **HOW, now=clock.now)
    timing.rebuild(race)
    assert Entry.objects.get(pk=child.pk).birth_year is None
    assert [Result.objects.get(entry=each).place for each in (child, adult)] == [None, 1]
    assert Result.objects.get(entry=child).best == ""


def test_what_a_guest_chooses_takes_effect_at_once_and_once(race, clock):
    kari = run(race)
    revision = fresh(race).revision
    assert results.choose(kari, {"hides_time": True, "shows_place": False}, **HOW, now=clock.now)
    assert not results.choose(kari, {"hides_time": True}, **HOW, now=clock.now)
    stored = Entry.objects.get(pk=kari.pk)
    assert (stored.hides_time, stored.shows_place) == (True, False) and fresh(race).revision > revision
    assert History.objects.get(what="result_wish").facts["chosen"] == {"shows_place": False, "hides_time": True}


def places_of(entries_):
    return [(each.place, each.place_of) for each in (Result.objects.get(entry=entry) for entry in entries_)]


@pytest.mark.parametrize("is_final", [False, True])
def test_no_hole_is_left_in_the_places_when_somebody_hides_the_time(race, clock, is_final):
    """A hole tells whose place and nearly whose time it is; it closes in final results, too."""
    field = [run(race, minutes) for minutes in (11, 12, 13, 14)]
    results.publish(race.activity, **HOW, now=clock.now)
    if is_final:
        results.finalise(race.activity, **HOW, now=clock.now)
    results.choose(field[1], {"hides_time": True}, **HOW, now=clock.now)
    assert places_of(field) == [(1, 3), (None, None), (2, 3), (3, 3)]
    shown = results_seen.seen_by_guests(fresh(race))
    assert [(row.place, row.gap_ms) for row in shown] == [(1, 0), (2, 120_000), (3, 180_000), (None, None)]
    results.choose(field[1], {"hides_time": False}, **HOW, now=clock.now)
    assert places_of(field) == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert fresh(race).is_final is is_final


@pytest.mark.parametrize("is_final", [False, True])
def test_no_hole_is_left_when_it_is_said_on_the_page_of_the_race(race, clock, is_final):
    field = [run(race, minutes) for minutes in (11, 12, 13)]
    Race.objects.filter(pk=race.pk).update(first_start_at=clock.now - timedelta(hours=1))
    if is_final:
        results.finalise(race.activity, **HOW, now=clock.now)
    answer = Answer.objects.select_related("activity").get(guest=field[0].guest, activity=race.activity)
    entries.tell(answer.activity.event, {answer: {"hides_time": True}}, **HOW, now=clock.now)
    assert places_of(field) == [(None, None), (1, 2), (2, 2)]


def test_a_time_goes_along_when_its_event_is_forgotten_and_the_guest_is_invited_again(race, clock):
    kari = run(race, 12)
    before, _entry = earlier_race(race, kari.guest.contact, 13, years=2)
    again = retention.forget_due(before.activity.event.held_on + timedelta(days=400), now=clock.now)
    assert again["guests"] == 1
    carried = EarlierTime.objects.get()
    assert (carried.guest, carried.time_ms, carried.is_told) == (kari.guest, 13 * racing.MINUTE, False)
    timing.rebuild(race)
    assert Result.objects.get(entry=kari).best == "pers"
    Race.objects.filter(pk=race.pk).update(counts_told_times=False)
    timing.rebuild(race)
    assert Result.objects.get(entry=kari).best == "pers"
    privacy.forget_guest(kari.guest, **HOW, now=clock.now)
    assert not EarlierTime.objects.exists()
