"""The race day in the back office: at a glance, asked once before anything is shown, and the same few queries."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.domain.ranking import Status
from events.models import Course, History, Race
from tests import factories, racing

pytestmark = pytest.mark.django_db


@pytest.fixture
def race(cast, client):
    client.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    course = Course.objects.create(name="Stoltzekleiven", created_at=cast.event.created_at)
    return racing.make_race(cast.event, course=course)


def address(race, page="event_race_day", *args):
    return reverse(f"admin:{page}", args=[race.activity.event_id, *args])


def text(response):
    return response.content.decode()


def test_who_is_in_on_the_way_and_unclear_stands_there(race, client):
    kari, ola = [racing.make_runner(race, name) for name in ("Kari Nordås", "Ola Berge")]
    racing.make_runner(race, "Per Vik", bib=3)
    racing.record(race, {kari: 12, ola: Status.UNCLEAR})
    page = text(client.get(address(race)))
    assert "<strong>2</strong> av 3 påmeldte har et resultat" in page
    to_decide, out = page.split('id="out-')
    assert "Ola Berge" in to_decide.split('id="decide-')[1] and "Per Vik" not in to_decide
    assert "Per Vik" in out.split('id="list-')[0]
    assert not factories.tells_of_zoe(page)


def test_only_who_still_comes_is_in_the_race_and_who_was_timed_stays(race, client):
    gone, timed = racing.make_runner(race, "Kari Nordås", bib=1), racing.make_runner(race, "Ola Berge", bib=2)
    racing.make_runner(race, "Per Vik", bib=3)
    racing.record(race, {timed: 12})
    for entry in (gone, timed):
        entry.guest.answer_set.filter(activity=race.activity).update(state="not_coming")
    page = text(client.get(address(race)))
    assert "av 2 påmeldte" in page and "Per Vik" in page and "Ola Berge" in page
    assert "Kari Nordås" not in page


def test_a_race_that_nobody_has_set_up_yet_stands_there_too(cast, client):
    client.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    page = text(client.get(reverse("admin:event_race_day", args=[cast.event.pk])))
    assert "Ingen er påmeldt ennå" in page
    assert not Race.objects.exists()


def test_it_is_asked_once_before_results_are_shown_and_said_how_many_see_them(race, client):
    racing.record(race, {racing.make_runner(race, "Kari Nordås"): 12})
    at = address(race, "event_race_deed", race.activity_id, "publish")
    assert "4 gjester ser resultatene" in text(client.get(at))
    assert Race.objects.get(pk=race.pk).published_at is None
    assert client.post(at).status_code == 302
    assert Race.objects.get(pk=race.pk).is_published
    assert History.objects.get(what="shown").by.username == "otto"


def test_a_race_that_has_not_begun_is_not_shown_and_says_why(race, client):
    at = address(race, "event_race_deed", race.activity_id, "publish")
    page = text(client.post(at, follow=True))
    assert "Løpet er ikke i gang" in page
    assert not Race.objects.get(pk=race.pk).is_published


def test_results_stay_provisional_while_somebody_is_to_be_decided_about(race, client):
    racing.record(race, {racing.make_runner(race): 12, racing.make_runner(race): Status.UNCLEAR})
    at = address(race, "event_race_deed", race.activity_id, "finalise")
    assert "1 resultat må avgjøres" in text(client.post(at, follow=True))
    assert Race.objects.get(pk=race.pk).state == "provisional"


def test_it_says_of_how_many_nothing_is_known_before_the_results_are_final(race, client):
    racing.record(race, {racing.make_runner(race): 12})
    at = address(race, "event_race_deed", race.activity_id, "finalise")
    assert "har ikke noe resultat" not in text(client.get(at))
    racing.make_runner(race, "Ola Berge")
    racing.make_runner(race, "Per Vik")
    assert "2 av de påmeldte har ikke noe resultat" in text(client.get(at))


def test_own_words_are_kept_where_they_are_written_and_ours_stand_beside(race, client):
    at = address(race, "event_race_words", race.activity_id)
    assert "Du stilte til start" in text(client.get(at))
    client.post(at, {"dnf-nb": "Du er tøff!", "pers-fi": "Hienoa!"})
    assert Race.objects.get(pk=race.pk).words == {"dnf": {"nb": "Du er tøff!"}, "pers": {"fi": "Hienoa!"}}


def test_the_contests_name_winners_and_are_hidden_from_guests_when_the_organiser_wants(race, client):
    kari = racing.make_runner(race, "Kari Nordås", ambition_seconds=725)
    racing.record(race, {kari: 12})
    at = address(race, "event_race_contests", race.activity_id)
    assert "Kari Nordås" in text(client.get(at)) and "−0:05" in text(client.get(at))
    client.post(at, {"shows": "0"})
    assert not Race.objects.get(pk=race.pk).shows_contests


def test_the_file_has_everybody_and_no_cell_runs_as_a_formula(race, client):
    kari = racing.make_runner(race, "=Kari Nordås", bib=7, shows_place=False)
    shy, second = racing.make_runner(race, "Per Vik", hides_time=True), racing.make_runner(race, "Siv Moe")
    racing.record(race, {kari: 12.5, shy: 13, second: 14, racing.make_runner(race, "Ola Berge"): Status.DNF})
    response = client.post(address(race, "event_export", "results", "csv"))
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows[1:]] == ["'=Kari Nordås", "Per Vik", "Siv Moe", "Ola Berge"]
    named, hidden, later, _dnf = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert (named["tid"], named["sekunder totalt"], named["plass"]) == ("12:30", "750", "1")
    assert (hidden["tid"], hidden["plass"]) == ("13:00", "")
    assert (later["plass"], later["etter vinneren"]) == ("2", "1:30")  # a plus would be taken for a formula


def test_the_pages_ask_as_often_whatever_the_number_of_runners(race, client):
    found = []
    for size in (1, 20):
        for _number in range(size):
            racing.record(race, {racing.make_runner(race): 12 + size % 7})
        for page in ("event_race_day", "event_race_contests"):
            at = address(race, page, *([race.activity_id] if page != "event_race_day" else []))
            client.get(at)
            with CaptureQueriesContext(connection) as captured:
                client.get(at)
            found.append(len(captured))
    assert found[:2] == found[2:]
    assert max(found) <= 12
