"""The letter with the results: the own time to whoever has one, a kind line to all others, and to nobody too early."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import emails
from events.actions import delivery, invitations
from events.domain.ranking import Status
from events.models import Course, EarlierTime, Event, Race
from tests import factories, racing

pytestmark = pytest.mark.django_db


@pytest.fixture
def race(cast):
    course = Course.objects.create(name="Stoltzekleiven", created_at=cast.event.created_at)
    return racing.make_race(cast.event, course=course)


def said(guest, now, language="nb"):
    edition = emails.editions([guest.event_id])[guest.event_id]
    content = emails.compose("results", guest, edition, [], now=now, language=language)
    return emails.render({**content, "path": ""}, link="https://x.example/", unsubscribe_url="").text


def test_the_own_time_and_how_much_faster_it_is_stand_in_it(race, now):
    kari = racing.make_runner(race, "Kari Nordås")
    year = race.activity.event.held_on.year - 1
    EarlierTime.objects.create(guest=kari.guest, course=race.course, year=year, time_ms=744_000, told_at=now)
    per = racing.make_runner(race, "Per Følge", companion_of=kari.guest)
    racing.record(race, {kari: 12, per: 15})
    racing.publish(race)
    text = said(kari.guest, now)
    assert "Tiden din: 12:00. Perset! 24 sekunder raskere enn i fjor." in text
    assert "Per Følge: 15:00" in text


@pytest.mark.parametrize(
    ("status", "line"), [(Status.DNF, "Du stilte til start"), (Status.DNS, "Vi savnet deg ved start")]
)
def test_a_kind_line_stands_there_for_whoever_has_no_time(race, now, status, line):
    kari = racing.make_runner(race, "Kari Nordås")
    racing.record(race, {kari: status})
    racing.publish(race)
    text = said(kari.guest, now)
    assert line in text and "Tiden din" not in text


def test_who_was_not_there_reads_nothing_of_a_race(race, now, cast):
    racing.record(race, {racing.make_runner(race): 12})
    racing.publish(race)
    text = said(cast.greta, now)
    assert "Tiden" not in text and "{" not in text and "De du hadde med deg" not in text


def test_nobody_is_spoken_to_in_the_formal_tone(race, now):
    kari = racing.make_runner(race, "Kari Nordås")
    racing.record(race, {kari: 12})
    racing.publish(race)
    Event.objects.update(tone=Event.Tone.FORMAL)
    assert "Tid: 12:00." in said(kari.guest, now)
    Race.objects.update(words={"debut": {"nb": "En strålende debut."}})
    assert "En strålende debut." in said(kari.guest, now)


def test_it_goes_to_those_who_started_or_bring_somebody_who_did_once_it_is_shown(race, now, cast):
    kari, ola, dns = [racing.make_runner(race, name) for name in ("Kari Nordås", "Ola Berge", "Eva Lie")]
    per = racing.make_runner(race, "Per Følge", companion_of=cast.greta)
    racing.record(race, {kari: 12, ola: Status.DNF, dns: Status.DNS, per: 15})
    with pytest.raises(invitations.ResultsAreNotShown):
        invitations.audience(cast.event, letter="results", to="started")
    racing.publish(race)
    found = invitations.audience(cast.event, letter="results", to="started")
    assert set(found.ids) == {kari.guest_id, ola.guest_id, cast.greta.pk}
    assert found.reasons["not_started"] >= 1


def queries_for(race, number, now):
    """How many queries it takes to send the letter to so many runners, each with a best, a companion and a mail."""
    kari = [racing.make_runner(race) for _ in range(number)]
    mates = [racing.make_runner(race, "Per Følge", companion_of=entry.guest) for entry in kari]
    EarlierTime.objects.bulk_create(
        EarlierTime(guest=each.guest, course=race.course, year=2019, time_ms=744_000, told_at=now) for each in kari
    )
    racing.record(race, {**dict.fromkeys(kari, 12), **dict.fromkeys(mates, 15)})
    racing.publish(race)
    for entry in kari:
        factories.make_message(entry.guest, letter="results", key="results")
    with CaptureQueriesContext(connection) as captured:
        assert delivery.deliver().sent == number
    ours = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return len([query for query in captured if not query["sql"].startswith(ours)])


@pytest.mark.django_db(transaction=True)
def test_a_letter_with_a_result_costs_three_queries_at_most(race, now, sink):
    few, many = queries_for(race, 10, now), queries_for(race, 60, now)
    assert (many - few) / 50 <= 3
    assert many <= 3 * 60
    text = sink.messages[-1].get_body(("plain",)).get_content()
    assert "24 sekunder raskere enn i 2019" in text and "Per Følge: 15:00" in text


def test_a_later_year_is_never_the_one_that_was_beaten(race, now):
    """A time as fast as the best before, which came after."""
    kari = racing.make_runner(race, "Kari Nordås")
    year = race.activity.event.held_on.year
    for each, time_ms in ((year - 3, 744_000), (year + 1, 744_000)):
        EarlierTime.objects.create(guest=kari.guest, course=race.course, year=each, time_ms=time_ms, told_at=now)
    racing.record(race, {kari: 12})
    racing.publish(race)
    assert f"raskere enn i {year - 3}" in said(kari.guest, now)
