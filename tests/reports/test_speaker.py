"""A runner's story in whole phrases, and what must not be said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from events.domain.ranking import Best, Status
from events.models import Course, EarlierTime, Race
from events.reports import speaker
from events.reports.speaker import Runner, story
from tests import factories, racing

FINISHED = {"name": "Kari Åsen", "status": Status.OK, "time_ms": 754_000}


def phrases(language="en", **facts):
    with translation.override(language):
        return story(Runner(**{**FINISHED, **facts})).phrases


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"starts": 1}, ["here for the first time"]),
        ({"starts": 3, "best": Best.PERS, "best_diff_ms": -24_000, "is_nearest": True}, [
            "here for the third time", "new personal best by 0:24", "came nearest to the own goal",
        ]),
        ({"best": Best.EQUAL, "best_diff_ms": 0}, ["exactly the personal best"]),
        ({"best": Best.NOT_THIS_TIME, "best_diff_ms": 90_000}, ["made it to the top"]),
        ({"place": 1, "is_most_improved": True}, ["fastest of all today", "improved most of all"]),
        ({"place": 2}, ["second fastest today"]),
        ({"place": 58, "starts": 1}, ["here for the first time"]),
        ({"starts": 12}, ["here for the 12th time"]),
        ({"starts": 0}, ["made it to the top"]),
        ({"status": Status.DNF, "time_ms": None, "starts": 2}, [
            "here for the second time", "stood on the start line, and that takes courage",
        ]),
        ({"status": Status.DSQ, "time_ms": None}, ["stood on the start line, and that takes courage"]),
        ({"status": Status.DNS, "time_ms": None, "starts": 1}, ["could not start today, and is here all the same"]),
        ({"status": None, "time_ms": None, "starts": 1}, ["here for the first time"]),
        ({"status": Status.NC, "time_ms": None}, ["made it to the top"]),
    ],
)  # fmt: skip
def test_a_story_is_what_is_worth_telling(facts, expected):
    assert phrases(**facts) == expected


def test_who_hides_the_time_is_not_told_of_by_time():
    facts = {"hides_time": True, "best": Best.PERS, "best_diff_ms": -24_000, "place": 1, "is_nearest": True}
    told = story(Runner(**FINISHED, **facts))
    assert (told.time, len(told.phrases), len(told.cautions)) == ("", 1, 1)
    child = story(Runner(**FINISHED, is_child=True, place=1))
    assert (child.time, len(child.phrases), len(child.cautions)) == ("", 1, 1)
    assert story(Runner(**FINISHED, agrees_to_name=False)).cautions


@pytest.mark.parametrize("language", ["nb", "sv", "fi"])
def test_every_phrase_is_said_in_every_language(language):
    cases = [
        *({"starts": number} for number in range(1, 12)),
        *({"place": place} for place in (1, 2, 3)),
        {"best": Best.PERS, "best_diff_ms": -24_000, "is_nearest": True, "is_most_improved": True},
        {"best": Best.EQUAL},
        *({"status": status, "time_ms": None} for status in (Status.DNF, Status.DNS, Status.NC)),
    ]
    for facts in cases:
        theirs, ours = phrases(language, **facts), phrases("en", **facts)
        assert len(theirs) == len(ours)
        assert not set(theirs) & set(ours), facts


@pytest.fixture
def race(cast, now):
    course = Course.objects.create(name="Stoltzekleiven", created_at=now)
    earlier = factories.make_event("ifjor", held_on=cast.event.held_on.replace(year=cast.event.held_on.year - 1))
    before = racing.make_race(earlier, course=course)
    race = racing.make_race(cast.event, course=course)
    kari = racing.make_runner(race, "Kari Åsen", bib=7, ambition_seconds=750)
    racing.record(before, {racing.enter(before, factories.make_guest(earlier, contact=kari.guest.contact)): 13})
    EarlierTime.objects.create(
        guest=kari.guest, course=course, year=earlier.held_on.year - 1, time_ms=820_000, told_at=now
    )
    return race


def test_the_sheet_counts_earlier_years_and_compares_with_them(race, cast):
    kari = race.activity.entry_set.get()
    per = racing.make_runner(race, "Per Berge", has_been_before=True)
    racing.agree(kari)
    racing.record(race, {kari: 12.6, per: 15})
    race = Race.objects.select_related("activity__event", "course").get(pk=race.pk)
    with translation.override("en"):
        first, second = speaker.sheet(race)
    assert (first.runner.name, second.runner.name) == ("Kari Åsen", "Per Berge") or first.runner.name == "Per Berge"
    of = {each.runner.name: each for each in (first, second)}
    assert of["Kari Åsen"].phrases == [
        "here for the third time", "fastest of all today", "new personal best by 0:24", "improved most of all",
        "came nearest to the own goal",
    ]  # fmt: skip
    assert (of["Kari Åsen"].time, of["Kari Åsen"].cautions) == ("12:36", [])
    assert of["Per Berge"].phrases == ["second fastest today"]  # how often he was here we do not know
    assert len(of["Per Berge"].cautions) == 1


def test_the_sheet_takes_as_many_queries_for_three_as_for_thirty(race):
    counted = []
    for size in (2, 27):
        for number in range(size):
            racing.make_runner(race, f"Løper {size} {number} Moen")
        whole = Race.objects.select_related("activity__event", "course").get(pk=race.pk)
        with CaptureQueriesContext(connection) as queries:
            speaker.sheet(whole)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 4


def test_the_table_runs_no_formula_and_says_what_to_mind(race):
    racing.make_runner(race, "=HYPERLINK(1) Moen")
    headings, rows = speaker.table(Race.objects.select_related("activity__event", "course").get(pk=race.pk))
    assert {len(headings), *map(len, rows)} == {7}
    assert all(isinstance(cell, str) for row in rows for cell in row)
