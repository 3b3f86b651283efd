"""The board is built of what others may see, in as many queries at any size, and weighs little."""

import gzip
import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import cheers
from events.domain.ranking import Status
from events.models import Consent, Entry, Race, Wave
from events.reports import board
from tests import factories, racing


@pytest.fixture
def race(cast):
    return racing.make_race(cast.event, is_live=True)


def rows(race):
    race = Race.objects.select_related("activity__event").get(pk=race.pk)
    return board.build(race).rows


def row_of(race, entry):
    return next((row for row in rows(race) if row.number == entry.pk), None)


def test_a_name_stands_there_only_with_consent_else_the_bib(race):
    named, unnamed = racing.make_runner(race, "Kari Åsen", bib=1), racing.make_runner(race, "Siri Hemmelig", bib=2)
    racing.agree(named)
    assert [(row.bib, row.name, row.company) for row in rows(race)] == [
        (1, "Kari Åsen", "Fjord Regnskap AS"), (2, "", ""),
    ]  # fmt: skip
    assert "Hemmelig" not in board.build(race).body.decode()
    Consent.objects.update(withdrawn_at=timezone.now())
    assert row_of(race, named).name == ""
    assert unnamed.pk  # stays


def test_before_times_are_shown_nothing_of_the_race_is_told(race):
    Race.objects.update(is_live=False)
    race.refresh_from_db()
    starter = race.starts_at
    first = racing.make_runner(race, "Kari Åsen", bib=8, slot_at=starter + timedelta(seconds=10))
    second = racing.make_runner(race, "Per Berge", bib=9, slot_at=starter)
    racing.agree(first)
    racing.record(race, {first: 11.5, second: Status.DNF})
    race.refresh_from_db()
    built = board.build(race)
    assert [(row.bib, row.status, row.time_ms, row.place, row.start) for row in built.rows] == [
        (9, "", None, None, "16:00:00"),
        (8, "", None, None, "16:00:10"),
    ]
    assert not built.shows_times and b"690000" not in built.body and b"DNF" not in built.body


def test_who_hides_the_time_is_in_goal_and_no_more(race):
    shy, other = racing.make_runner(race, "Kari Åsen", hides_time=True), racing.make_runner(race, "Per Berge")
    racing.record(race, {shy: 12.5, other: 14})
    found = row_of(race, shy)
    assert (found.status, found.time_ms, found.place) == ("OK", None, None)
    assert b"750000" not in board.build(race).body


def test_a_child_is_neither_named_nor_timed(race):
    child = racing.make_runner(race, "Ida Liten", birth_year=race.activity.event.held_on.year - 10, bib=3)
    racing.agree(child)
    racing.record(race, {child: 20})
    found = row_of(race, child)
    assert (found.name, found.time_ms, found.place, found.status) == ("", None, None, "OK")


def test_who_declines_again_leaves_the_board_and_who_is_elsewhere_never_stands_on_it(race, cast):
    gone = racing.make_runner(race, "Kari Åsen")
    gone.guest.answer_set.filter(activity=race.activity_id).update(state="not_coming")
    elsewhere = racing.make_race(cast.other_event, is_live=True)
    racing.agree(racing.enter(elsewhere, cast.zoe))
    assert rows(race) == ()
    assert [row.name for row in rows(elsewhere)] == ["Zoe Zetterlund"]


def test_waves_give_their_start(race):
    wave = Wave.objects.create(race=race, title={"nb": "Pulje 2"}, starts_at=race.starts_at + timedelta(minutes=5))
    Race.objects.update(start=Race.Start.WAVES)
    entry = racing.make_runner(race, "Kari Åsen", wave=wave)
    assert row_of(race, entry).start == "16:05:00"


@pytest.mark.parametrize("what", ["event", "activity"])
def test_a_race_that_is_called_off_shows_nobody(race, cast, what):
    racing.agree(racing.make_runner(race, "Kari Åsen"))
    if what == "event":
        type(cast.event).objects.filter(pk=cast.event.pk).update(state="cancelled")
    else:
        type(race.activity).objects.filter(pk=race.activity_id).update(cancelled_at=timezone.now())
    built = board.build(Race.objects.select_related("activity__event").get(pk=race.pk))
    assert built.is_off and built.rows == () and built.cheers == ()


def test_a_cheer_stands_there_when_it_is_shown_and_its_runner_named(race, cast):
    named, unnamed = racing.make_runner(race, "Kari Åsen"), racing.make_runner(race, "Siri Hemmelig")
    racing.agree(named)
    said = {}
    for runner in (named, unnamed):
        way = {"guest": cast.greta, "by": None, "channel": "web", "now": timezone.now()}
        said[runner] = cheers.say(runner.guest, race.activity, f"Heia {runner.pk}!", **way)
    assert [(line.number, line.sender) for line in board.build(race).cheers] == [(named.pk, "")]
    racing.agree(Entry(guest=cast.greta))
    assert [line.sender for line in board.build(race).cheers] == ["Greta, Fjord Regnskap AS"]
    cheers.hide(said[named], by=cast.otto, channel="office", now=timezone.now())
    assert board.build(race).cheers == ()


def test_whatever_is_shown_changes_the_version_and_looking_again_does_not(race, cast):
    entry, other = racing.make_runner(race, "Kari Åsen", bib=1), racing.make_runner(race, "Per Berge", bib=2)
    consent = racing.agree(entry)
    seen = [board.build(race).version]

    def is_new():
        seen.append(board.build(Race.objects.select_related("activity__event").get(pk=race.pk)).version)
        return seen[-1] != seen[-2]

    assert not is_new()
    racing.record(race, {entry: 12.5})
    assert is_new()
    cheers.say(entry.guest, race.activity, "Heia!", host=cast.host, by=None, channel="web", now=timezone.now())
    assert is_new()
    Entry.objects.filter(pk=other.pk).update(bib=3)
    assert is_new()
    Consent.objects.filter(pk=consent.pk).update(withdrawn_at=timezone.now())
    assert is_new()
    Race.objects.update(is_live=False)
    assert is_new()


FIRST = ["Åse", "Bjørn", "Ragnhild", "Öyvind", "Kari", "Per", "Ingeborg", "Håkon", "Søren", "Anne-Lise", "Torbjørn"]
LAST = ["Vågen", "Nordås", "Sørli", "Ångström", "Berge", "Hjørnevik", "Lie", "Rask", "Åkerlund", "Østgaard", "Fjell"]


def crowd(race, size):
    """So many runners with Nordic names, who agreed, most of them in."""
    chance = random.Random(size)
    companies = [factories.make_company(f"{word} AS") for word in ("Fjord Regnskap", "Vestkraft", "Nord Bygg", "Zeta")]
    runners = []
    for number in range(size):
        name = f"{chance.choice(FIRST)} {chance.choice(FIRST)} {chance.choice(LAST)}-{chance.choice(LAST)} {number}"
        at = race.starts_at + timedelta(seconds=10 * number)
        runners.append(racing.make_runner(race, name, company=chance.choice(companies), bib=number + 1, slot_at=at))
        racing.agree(runners[-1])
    racing.record(race, {runner: 8 + chance.random() * 40 for runner in runners[: size * 2 // 3]})


@pytest.mark.parametrize("start", Race.Start.values)
def test_it_takes_as_many_queries_for_three_as_for_thirty(race, cast, start):
    wave = Wave.objects.create(race=race, title={"nb": "Pulje 1"}, starts_at=race.starts_at)
    Race.objects.update(start=start)
    counted = []
    for size in (3, 30):
        crowd(race, size)
        Entry.objects.update(bib=None, slot_at=None, wave=wave)
        whole = Race.objects.select_related("activity__event").get(pk=race.pk)
        with CaptureQueriesContext(connection) as queries:
            board.build(whole)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 6


def test_three_hundred_runners_weigh_eight_kilobytes_at_most(race):
    crowd(race, 300)
    built = board.build(Race.objects.select_related("activity__event").get(pk=race.pk))
    assert len(built.rows) == 300
    assert gzip.decompress(built.packed) == built.body
    assert len(built.packed) <= 8_000
