"""The list of results out of the database: who agreed, who cannot take it back, and the same few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain.ranking import Status
from events.models import Course, Guest, Invitation, Race, Result
from events.reports import results
from tests import factories, racing

pytestmark = pytest.mark.django_db


@pytest.fixture
def race(clock):
    course = Course.objects.create(name="Stoltzekleiven", created_at=clock.now)
    return racing.make_race(factories.make_event(), course=course)


def labels(race):
    return [results.called(row) for row in results.seen_by_guests(race)]


def test_nobody_sees_anything_before_it_is_published(race):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    racing.record(race, {kari: 12})
    assert results.seen_by_guests(race) == []
    assert [line.name for line in results.lines(race)] == ["Kari Nordås"]


def test_the_name_is_shown_only_when_the_guest_said_yes_and_can_take_it_back(race):
    said_yes, said_no, silent, shut_out, nameless = [racing.make_runner(race, bib=n) for n in (1, 2, 3, 4, None)]
    companion = racing.make_runner(race, "Per Nordås", companion_of=said_yes.guest, bib=6)
    for entry in (said_yes, shut_out):
        racing.agree(entry)
    racing.agree(said_no, is_given=False)
    Invitation.objects.filter(guest=shut_out.guest).update(state=Invitation.State.REVOKED)
    everybody = (said_yes, said_no, silent, shut_out, nameless, companion)
    racing.record(race, dict(zip(everybody, range(11, 17), strict=True)))
    race = racing.publish(race)
    bibs = [f"Startnummer {number}" for number in (2, 3, 4)]
    assert labels(race) == [said_yes.guest.name, *bibs, "En gjest", "Startnummer 6"]


def test_a_withdrawn_yes_takes_the_name_out_at_once(race):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    said = racing.agree(kari)
    racing.record(race, {kari: 12})
    race = racing.publish(race)
    assert labels(race) == ["Kari Nordås"]
    said.withdrawn_at = said.said_at
    said.save()
    assert labels(race) == ["Startnummer 1"]


def test_a_forgotten_guest_is_a_number(race, clock):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    racing.agree(kari)
    racing.record(race, {kari: 12})
    Guest.objects.filter(pk=kari.guest_id).update(forgotten_at=clock.now)
    assert labels(racing.publish(race)) == ["Startnummer 1"]


def test_a_child_has_finished_and_no_more(race):
    child = racing.make_runner(race, "Ole Nordås", bib=1, birth_year=race.activity.event.held_on.year - 12)
    racing.agree(child)
    racing.record(race, {child: 12})
    (row,) = results.seen_by_guests(racing.publish(race))
    assert (row.name, row.time_ms, row.place, row.status) == ("", None, None, Status.OK)


def test_the_place_of_the_source_is_shown_when_it_gave_one(race):
    kari, ola = racing.make_runner(race), racing.make_runner(race)
    racing.record(race, {kari: 12, ola: 13})
    Result.objects.filter(entry=kari).update(source_place=812)
    Result.objects.filter(entry=ola).update(source_place=2)
    rows = results.seen_by_guests(racing.publish(race))
    assert [(row.place, row.place_of) for row in rows] == [(812, None), (2, 2)]


def test_the_list_is_provisional_until_it_is_final(race):
    assert results.label_of(race) == "Foreløpig"
    assert results.label_of(racing.publish(race, Race.State.FINAL)) == ""


def test_one_query_is_asked_whatever_the_size(race):
    counts = []
    for size in (1, 30):
        for _number in range(size):
            entry = racing.make_runner(race)
            racing.agree(entry)
            racing.make_runner(race, "Per", companion_of=entry.guest)
        race = racing.publish(race)
        with CaptureQueriesContext(connection) as captured:
            assert results.seen_by_guests(race, with_those_on_the_way=True)
        counts.append(len(captured))
    assert counts == [1, 1]
