"""Bibs and starts given out, moved, freed and taken back; two organisers at once (S: the activity's lock)."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from events.actions import answers, entries, latecomers, privacy, programme, races, starts, walk_ins, waves
from events.domain.answers import Choice
from events.domain.ranges import Ranges
from events.domain.starts import Order, Pace
from events.models import Activity, Answer, Course, EarlierTime, Entry, Guest, History, Race, Result, Series, Wave
from tests import factories
from tests.meanwhile import while_it_waits

TEN = timedelta(seconds=10)


@pytest.fixture
def field(cast):
    """Greta and four more are coming to the race; Henrik has said nothing."""
    Answer.objects.filter(guest=cast.greta, activity__slug="race").update(state="coming")
    names = ("Berit Aas", "Anders Moe", "Dag Lie", "Carl Foss")
    return [cast.greta, *(factories.make_guest(cast.event, name, answers={"race": "coming"}) for name in names)]


@pytest.fixture
def race(cast):
    return cast.activity("race")


@pytest.fixture
def how(cast, now):
    return {"by": cast.otto, "channel": History.Channel.OFFICE, "now": now}


def give(activity, wish, how):
    return starts.give(activity, wish, seen=starts.plan(Race.objects.of(activity), wish).mark, **how)


def every_ten(activity, **fields):
    return starts.SlotWish(pace=Pace(first_at=activity.starts_at, seconds=10), **fields)


def bibs(activity):
    return {entry.guest.first_name: entry.bib for entry in Entry.objects.filter(activity=activity)}


def slots(activity):
    """{first name: seconds after the start}"""
    rows = Entry.objects.filter(activity=activity, slot_at__isnull=False)
    return {entry.guest.first_name: (entry.slot_at - activity.starts_at).seconds for entry in rows}


def hope(guest, activity, seconds, now):
    Entry.objects.update_or_create(
        guest=guest, activity=activity, defaults={"ambition_seconds": seconds, "changed_at": now}
    )


def test_everybody_who_is_coming_gets_a_bib_by_name_when_bibs_are_given_out(race, field, how):
    assert give(race, starts.BibWish(first=10, kept_free=Ranges("11-12")), how) == 5
    assert bibs(race) == {"Berit": 10, "Carl": 13, "Dag": 14, "Anders": 15, "Greta": 16}
    told = History.objects.get(what="starts")
    assert (told.by, told.facts["count"], told.facts["order"]) == (how["by"], 5, "name")


def test_nothing_is_written_when_the_same_is_given_out_again(race, field, how):
    give(race, starts.BibWish(), how)
    assert give(race, starts.BibWish(), how) == 0
    assert History.objects.filter(what="starts").count() == 1


def test_last_years_bib_is_kept_when_the_same_contact_comes_again(cast, race, field, how):
    series = Series.objects.create(slug="stoltzen-serie", name="Stoltzen")
    last_year = factories.make_event("i-fjor", held_on=cast.event.held_on - timedelta(days=364), series=series)
    type(cast.event).objects.filter(pk=cast.event.pk).update(series=series)
    then = factories.make_guest(last_year, contact=field[3].contact, answers={"race": "coming"})
    Entry.objects.create(
        guest=then, activity=last_year.activity_set.get(slug="race"), bib=77, changed_at=how["now"]
    )  # fmt: skip
    give(Activity.objects.get(pk=race.pk), starts.BibWish(keeps_last=True), how)
    assert bibs(race)["Dag"] == 77
    assert sorted(bibs(race).values()) == [1, 2, 3, 4, 77]


def test_a_plan_writes_nothing_and_is_refused_when_somebody_was_faster(race, field, how):
    wish = starts.BibWish()
    seen = starts.plan(Race.objects.of(race), wish).mark
    assert not Entry.objects.exists()
    starts.set_start(race, field[0], {"bib": 99}, **how)
    with pytest.raises(starts.ChangedSince):
        starts.give(race, wish, seen=seen, **how)
    assert bibs(race) == {"Greta": 99}


def test_nobody_is_said_to_have_been_faster_when_one_presses_twice(race, field, how):
    wish = starts.BibWish()
    seen = starts.plan(Race.objects.of(race), wish).mark
    assert starts.give(race, wish, seen=seen, **how) == len(field)
    given = bibs(race)
    assert starts.give(race, wish, seen=seen, **how) == 0
    assert bibs(race) == given
    with pytest.raises(starts.ChangedSince):
        starts.give(race, wish, seen=seen, **{**how, "by": None})


def test_the_slowest_start_first_ten_seconds_apart_when_ordered_by_ambition(race, field, how):
    for seconds, guest in zip((900, 800, 1200, 700), field, strict=False):
        hope(guest, race, seconds, how["now"])
    give(race, every_ten(race), how)
    assert slots(race) == {"Carl": 0, "Anders": 10, "Greta": 20, "Berit": 30, "Dag": 40}


def test_the_fastest_of_earlier_years_starts_last_when_seeded_by_our_own_and_told_times(race, field, how):
    course = Course.objects.create(name="Stoltzekleiven", created_at=how["now"])
    races.set_up(race, {"course": course}, **how)
    greta, berit, anders, *_others = field
    for guest, time_ms in ((greta, 800_000), (berit, 700_000), (anders, 900_000)):
        EarlierTime.objects.create(guest=guest, course=course, year=2020, time_ms=time_ms, told_at=how["now"])
    earlier = factories.make_event("i-fjor", held_on=race.event.held_on - timedelta(days=364))
    activity = earlier.activity_set.get(slug="race")
    then = factories.make_guest(earlier, contact=anders.contact, answers={"race": "coming"})
    entry = Entry.objects.create(guest=then, activity=activity, changed_at=how["now"])
    before = Race.objects.create(activity=activity, course=course)
    Result.objects.create(entry=entry, race=before, status="OK", time_ms=600_000)
    give(race, every_ten(race, order=Order.SEEDED), how)
    assert sorted(slots(race), key=slots(race).get)[2:] == ["Greta", "Berit", "Anders"]


def test_a_draw_can_be_repeated_from_what_stands_in_the_history(race, field, how):
    give(race, every_ten(race, order=Order.DRAWN, seed=4821), how)
    first = slots(race)
    seed = History.objects.get(what="starts").facts["seed"]
    give(race, every_ten(race, order=Order.NAME), how)
    give(race, every_ten(race, order=Order.DRAWN, seed=seed), how)
    assert slots(race) == first


def test_two_swap_their_bibs_when_bibs_follow_another_order(race, field, how):
    give(race, starts.BibWish(), how)
    give(race, every_ten(race, order=Order.NAME), how)
    entries = list(Entry.objects.filter(activity=race).order_by("-bib"))
    for number, entry in enumerate(entries):
        Entry.objects.filter(pk=entry.pk).update(slot_at=race.starts_at + TEN * (100 + number))
    give(race, starts.BibWish(order=Order.START, only_without=False), how)
    assert [Entry.objects.get(pk=entry.pk).bib for entry in entries] == [1, 2, 3, 4, 5]


def test_all_is_as_before_when_what_was_given_out_is_taken_back(race, field, how):
    give(race, starts.BibWish(), how)
    before = bibs(race)
    give(race, starts.BibWish(first=50, only_without=False), how)
    assert starts.take_back(race, starts.last_deed(race), **how) == (5, 0)
    assert bibs(race) == before
    assert starts.last_deed(race) is None


def test_what_somebody_changed_since_stays_when_the_rest_is_taken_back(race, field, how):
    give(race, starts.BibWish(), how)
    give(race, starts.BibWish(first=50, only_without=False), how)
    row = starts.last_deed(race)
    starts.set_start(race, field[0], {"bib": 1}, **how)  # which was Berit's
    assert starts.take_back(race, row, **how) == (3, 2)
    assert bibs(race) == {"Greta": 1, "Berit": 50, "Carl": 2, "Dag": 3, "Anders": 4}


def test_nobody_gets_a_bib_twice_when_whoever_stays_holds_what_another_had_before(race, field, how):
    give(race, starts.BibWish(), how)
    give(race, starts.BibWish(first=2, only_without=False), how)
    row, before = starts.last_deed(race), bibs(race)
    late = factories.make_guest(race.event, "Erik Vik", answers={"race": "coming"})
    starts.set_start(race, late, {"bib": 1}, **how)  # which was Berit's, so Berit stays with 2, which was Carl's …
    assert starts.take_back(race, row, **how) == (0, 5)
    assert bibs(race) == before | {"Erik": 1}


def test_a_bib_or_moment_of_somebody_else_is_refused_with_whose_it_is(race, field, how):
    give(race, starts.BibWish(), how)
    give(race, every_ten(race, order=Order.NAME), how)
    holder = Entry.objects.get(bib=1)
    other = next(guest for guest in field if guest.pk != holder.guest_id)
    with pytest.raises(starts.BibTaken) as taken:
        starts.set_start(race, other, {"bib": 1}, **how)
    assert taken.value.entry == holder
    with pytest.raises(starts.SlotTaken):
        starts.set_start(race, other, {"slot_at": holder.slot_at}, **how)
    assert starts.set_start(race, other, {"bib": 200}, **how)
    assert History.objects.get(what="start").guest == other


def test_those_between_move_up_when_one_moves_to_the_front(race, field, how):
    give(race, every_ten(race, order=Order.NAME), how)
    last = Entry.objects.get(activity=race, slot_at=race.starts_at + 4 * TEN).guest
    starts.move(race, last, lambda place: place - 3, **how)
    assert slots(race) == {"Berit": 0, "Greta": 10, "Carl": 20, "Dag": 30, "Anders": 40}


def test_waves_are_filled_and_hold_no_more_than_they_may(race, field, how):
    races.set_up(race, {"start": "waves"}, **how)
    for minutes, most in ((0, 2), (10, None)):
        waves.save_wave(race, {"starts_at": race.starts_at + timedelta(minutes=minutes), "capacity": most}, **how)
    first, second = Wave.objects.all()
    give(race, starts.WaveWish(order=Order.NAME), how)
    assert Entry.objects.filter(wave=first).count() == 2
    assert Entry.objects.filter(wave=second).count() == 3
    with pytest.raises(starts.WaveFull):
        starts.set_start(race, Entry.objects.filter(wave=second)[0].guest, {"wave_id": first.pk}, **how)
    with pytest.raises(waves.WaveInUse) as used:
        waves.remove_wave(race, first, **how)
    assert used.value.heads == 2


def test_waves_are_left_when_runners_start_one_by_one_instead(race, field, how):
    races.set_up(race, {"start": "waves"}, **how)
    waves.save_wave(race, {"starts_at": race.starts_at}, **how)
    give(race, starts.WaveWish(), how)
    races.set_up(race, {"start": "interval"}, **how)
    assert not Entry.objects.exclude(wave=None).exists()
    assert starts.take_back(race, starts.last_deed(race), **how) == (5, 0)


@pytest.mark.parametrize("fields", [{"first_start_at": timedelta(minutes=20)}, {}])
def test_start_times_move_along_when_the_first_start_or_the_programme_moves(race, field, how, fields):
    give(race, every_ten(race, order=Order.NAME), how)
    before = dict(Entry.objects.values_list("pk", "slot_at"))
    sequences = dict(Answer.objects.filter(activity=race).values_list("pk", "sequence"))
    by = timedelta(minutes=20)
    if fields:
        races.set_up(race, {"first_start_at": race.starts_at + by}, **how)
    else:
        programme.change(race, {"starts_at": race.starts_at + by, "ends_at": race.ends_at + by}, **how)
    assert dict(Entry.objects.values_list("pk", "slot_at")) == {pk: at + by for pk, at in before.items()}
    coming = Answer.objects.filter(activity=race, state="coming")
    assert all(answer.sequence > sequences[answer.pk] for answer in coming)


def test_calendars_have_a_new_revision_when_a_start_is_another_and_no_reply_looks_old(race, field, how):
    asked = Answer.objects.get(guest=field[1], activity=race)
    Answer.objects.filter(pk=asked.pk).update(asked_sequence=0)
    how["now"] += timedelta(minutes=1)
    give(race, every_ten(race), how)
    plain = Answer.objects.get(guest=field[0], activity=race)
    assert (plain.sequence, plain.programme_sequence, plain.stamped_at) == (1, 0, how["now"])
    asked.refresh_from_db()
    assert (asked.sequence, asked.stamped_at) == (0, how["now"])


@pytest.mark.parametrize("said", ["not_coming", "unsure"])
def test_bib_and_start_come_free_when_a_guest_withdraws_and_the_history_says_so(race, field, how, said):
    give(race, starts.BibWish(), how)
    give(race, every_ten(race, order=Order.NAME), how)
    gone = field[0]
    held = Entry.objects.get(guest=gone)
    answers.give(gone, {"race": Choice(said)}, **how)
    now_held = Entry.objects.get(guest=gone)
    assert (now_held.bib, now_held.slot_at) == (None, None)
    told = History.objects.get(guest=gone, what="start")
    assert told.facts["freed"] is True
    assert told.facts["bib"] == held.bib
    assert starts.set_start(race, field[1], {"bib": held.bib, "slot_at": held.slot_at}, **how)


def test_bib_and_start_stay_when_a_guest_withdraws_after_the_race_began(race, field, how):
    give(race, starts.BibWish(), how)
    answers.give(field[0], {"race": Choice.NOT_COMING}, **how | {"now": race.starts_at})
    assert Entry.objects.get(guest=field[0]).bib


def test_bibs_come_free_when_a_guest_is_forgotten(race, field, how):
    give(race, starts.BibWish(), how)
    privacy.forget_guest(field[0], **how)
    assert Entry.objects.get(guest=field[0]).bib is None


def test_one_more_gets_the_next_bib_and_start_and_those_who_have_some_keep_theirs(race, field, how):
    give(race, starts.BibWish(first=10), how)
    give(race, every_ten(race, order=Order.NAME), how)
    before = bibs(race)
    new = factories.make_guest(race.event, "Erik Vik", answers={"race": "coming"})
    assert latecomers.next_free(race, None, **how) == 1
    assert bibs(race) == before | {"Erik": 15}
    assert slots(race)["Erik"] == 50
    assert latecomers.next_free(race, [new], **how) == 0


def test_a_guest_who_had_not_said_yes_comes_and_has_bib_and_start_at_once(cast, race, field, how):
    give(race, starts.BibWish(), how)
    give(race, every_ten(race), how)
    entered = walk_ins.enter(cast.henrik, race, **how | {"channel": History.Channel.MET})
    assert (entered.entry.bib, entered.entry.slot_at) == (6, race.starts_at + 5 * TEN)
    told = History.objects.get(guest=cast.henrik, what="answered")
    assert (told.channel, told.facts["after"]) == ("met", "coming")
    assert not cast.henrik.message_set.exists()


def test_a_guest_who_was_not_invited_to_the_race_keeps_the_rest_when_entering(race, field, how):
    guest = factories.make_guest(race.event, "Siri Dahl", invited_to=["dinner"], answers={"dinner": "coming"})
    walk_ins.enter(guest, race, **how)
    rows = Answer.objects.filter(guest=guest).values_list("activity__slug", "state")
    assert set(rows) == {("dinner", "coming"), ("race", "coming")}


def test_somebody_new_waits_when_the_race_is_full(race, field, how):
    Activity.objects.filter(pk=race.pk).update(capacity=5)
    person = {"name": "Ny Venn", "company": "Fjord Regnskap AS"}
    entered = walk_ins.enter_new(race.event, race, person, **how)
    assert entered.entry is None
    assert Answer.objects.get(guest__contact__name="Ny Venn").state == "waiting"


def test_somebody_new_is_a_guest_with_a_bib_when_there_is_room(race, field, how):
    give(race, starts.BibWish(), how)
    entered = walk_ins.enter_new(race.event, race, {"name": "Ny Venn", "email": "ny@kunde.example"}, **how)
    assert (entered.entry.bib, entered.entry.guest.contact.email) == (6, "ny@kunde.example")


def test_queries_are_as_many_for_thirty_runners_as_for_five(race, field, how, django_assert_max_num_queries):
    def count(size):
        factories.make_crowd(race.event, size)
        with django_assert_max_num_queries(40) as asked:
            give(race, every_ten(race, order=Order.NAME), how)
        return len(asked)

    count(1)
    assert count(5) == count(25)


@pytest.mark.django_db(transaction=True)
def test_one_of_two_organisers_is_told_when_both_give_the_same_bib(cast, clock):
    race = cast.activity("race")
    people = [factories.make_guest(cast.event, answers={"race": "coming"}) for _number in range(2)]
    how = {"by": cast.otto, "channel": History.Channel.OFFICE, "now": clock.now}

    def one(guest):
        try:
            return starts.set_start(race, Guest.objects.get(pk=guest.pk), {"bib": 7}, **how)
        except starts.BibTaken as taken:
            return taken.entry.guest_id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(one, people))
    holder = Entry.objects.get(bib=7)
    assert sorted(said, key=str) == sorted([True, holder.guest_id], key=str)


@pytest.mark.django_db(transaction=True)
def test_everybody_has_another_moment_when_two_organisers_move_at_once(cast, clock):
    race = cast.activity("race")
    factories.make_crowd(cast.event, 8)
    how = {"by": cast.otto, "channel": History.Channel.OFFICE, "now": clock.now}
    give(race, every_ten(race, order=Order.NAME), how)
    people = [entry.guest for entry in Entry.objects.select_related("guest").order_by("slot_at")]
    before = sorted(Entry.objects.values_list("slot_at", flat=True))

    def one(move):
        who, place = move
        try:
            return starts.move(race, Guest.objects.get(pk=people[who].pk), place, **how)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(one, [(7, 1), (0, 8), (3, 6), (5, 2)]))
    assert all(moved)
    assert sorted(Entry.objects.values_list("slot_at", flat=True)) == before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_runner_gets_the_bib_while_telling_of_the_race_at_this_moment(cast, clock):
    race, answer = cast.activity("race"), Answer.objects.get(guest=cast.greta, activity__slug="race")
    Answer.objects.filter(pk=answer.pk).update(state="coming", answered_at=clock.now)
    way = {"by": None, "channel": History.Channel.WEB, "now": clock.now}
    said = while_it_waits(
        lambda: entries.tell(cast.event, {answer: {"has_been_before": True}}, **way),
        lambda: starts.set_start(race, cast.greta, {"bib": 7}, **way),
    )
    assert said == [True]
    entry = Entry.objects.get(guest=cast.greta)
    assert (entry.bib, entry.has_been_before) == (7, True)


@pytest.mark.django_db(transaction=True)
def test_nobody_deadlocks_when_a_guest_tells_of_the_race_while_everybody_is_entered(cast, clock, monkeypatch):
    """Both write the guest's entry: one holds the row, the other the race to which it refers."""
    race, answer = cast.activity("race"), Answer.objects.get(guest=cast.greta, activity__slug="race")
    Answer.objects.filter(pk=answer.pk).update(state="coming", answered_at=clock.now)
    told, locked, enter_all = threading.Event(), threading.Event(), races.enter_all
    way = {"by": None, "channel": History.Channel.WEB, "now": clock.now}

    def guest():
        try:
            with transaction.atomic():
                entries.tell(cast.event, {answer: {"has_been_before": True}}, **way)
                told.set()
                if connection.vendor == "postgresql":  # elsewhere one writes at a time
                    assert locked.wait(timeout=20)
                    time.sleep(0.3)  # until the office waits for the row
        finally:
            connection.close()

    def entering(*args, **kwargs):
        locked.set()
        return enter_all(*args, **kwargs)

    def office():
        try:
            assert told.wait(timeout=20)
            give(race, starts.BibWish(), way)
        finally:
            connection.close()

    monkeypatch.setattr(races, "enter_all", entering)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(guest), pool.submit(office)]:
            done.result()
    entry = Entry.objects.get(guest=cast.greta)
    assert (entry.bib, entry.has_been_before) == (1, True)
