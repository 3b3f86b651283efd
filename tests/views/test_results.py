"""The guest's results: the own first, what others chose to show, and nothing before it is shown."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.domain.ranking import Status
from events.models import Course, EarlierTime, Entry, Race
from tests import factories, racing
from tests.factories import page_of

pytestmark = pytest.mark.django_db
HEAVIEST = 15_000


@pytest.fixture
def race(cast):
    course = Course.objects.create(name="Stoltzekleiven", created_at=cast.event.created_at)
    return racing.make_race(cast.event, course=course, counts_told_times=True)


def results_of(client, guest, **query):
    return client.get(page_of(guest) + "results/", query)


def shown(client, guest, **query):
    return results_of(client, guest, **query).content.decode()


def test_a_kind_page_stands_there_before_anything_is_shown(race, client, cast):
    kari = racing.make_runner(race, "Kari Nordås", bib=3)
    racing.record(race, {kari: 12})
    page = shown(client, kari.guest)
    assert "Resultatene er ikke her ennå" in page
    assert "12:00" not in page


def test_there_is_no_such_page_where_nobody_runs(client, cast):
    event = factories.make_event("middag", activities=("dinner",))
    assert results_of(client, factories.make_guest(event)).status_code == 404


@pytest.mark.parametrize(
    ("before", "told", "words"),
    [
        (None, 12, ["Debut!", "Du kom helt fram"]),
        (13, 12, ["Perset!", "1 minutt raskere enn i"]),
        (12, 12, ["Tangert pers!", "Like rask"]),
        (11, 12, ["1 minutt fra persen din", "Noen dager er tyngre"]),
        (None, Status.DNF, ["Du stilte til start – det står det respekt av."]),
        (None, Status.DNS, ["Vi savnet deg ved start"]),
        (None, Status.DSQ, ["Vi er glade for at du var med"]),
        (None, Status.NC, ["utenfor konkurransen"]),
        (None, Status.UNCLEAR, ["Vi finner fortsatt ut"]),
    ],
)
def test_the_own_result_comes_first_with_a_line_that_fits(race, client, before, told, words):
    kari = racing.make_runner(race, "Kari Nordås", bib=27)
    if before:
        year = race.activity.event.held_on.year - 3
        EarlierTime.objects.create(
            guest=kari.guest, course=race.course, year=year, time_ms=before * racing.MINUTE, told_at=race.starts_at
        )
    racing.record(race, {kari: told})
    racing.publish(race)
    page = shown(client, kari.guest)
    own = page.split('id="list"')[0]
    assert "startnummer 27" in own
    for each in words:
        assert each in own


def test_the_organisers_own_words_are_read_when_there_are_some(race, client):
    kari = racing.make_runner(race)
    racing.record(race, {kari: Status.DNF})
    racing.publish(race)
    Race.objects.update(words={"dnf": {"nb": "Du er tøff!"}})
    assert "Du er tøff!" in shown(client, kari.guest)


def test_the_others_are_listed_as_they_chose_and_of_zoe_there_is_nothing(race, client, cast):
    names = enumerate(("Kari A", "Ola B", "Per C", "Eli D"), start=1)
    kari, ola, per, eli = [racing.make_runner(race, name, bib=bib) for bib, name in names]
    for entry in (ola, per, eli):
        racing.agree(entry)
    Entry.objects.filter(pk=per.pk).update(hides_time=True)
    Entry.objects.filter(pk=eli.pk).update(shows_place=False)
    racing.record(race, {kari: 12, ola: 13, per: 11, eli: 14})
    racing.publish(race)
    page = shown(client, cast.greta)
    assert "Kari A" not in page and "Startnummer 1" in page
    assert "Per C" in page and "11:00" not in page
    row = page.split("Eli D")[0].rsplit("<tr", 1)[1]
    assert '<td class="place"></td>' in row
    assert not factories.tells_of_zoe(page)


def test_there_is_something_to_take_along_for_whoever_started_and_the_links_lead_there(race, client):
    kari, ola, per = racing.make_runner(race, "Kari Nordås"), racing.make_runner(race), racing.make_runner(race)
    racing.record(race, {kari: 12, ola: Status.DNF, per: Status.DNS})
    racing.publish(race)
    for entry, count in ((kari, 3), (ola, 3), (per, 0)):
        links = re.findall(r'href="(/i/[^"]+/results/[^"?#]+\.(?:pdf|png)[?]entry=\d+)"', shown(client, entry.guest))
        assert [client.head(link).status_code for link in links] == [200] * count


def test_a_guest_of_another_event_sees_nothing_of_it(race, client, cast):
    racing.agree(kari := racing.make_runner(race, "Kari Nordås"))
    racing.record(race, {kari: 12})
    racing.publish(race)
    assert "Kari Nordås" not in shown(client, cast.zoe)


def test_a_companions_result_shows_for_whoever_brings_them(race, client):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    per = racing.make_runner(race, "Per Følge", companion_of=kari.guest, bib=2)
    ola = racing.make_runner(race, "Ola Berge", bib=3)
    racing.record(race, {kari: 12, per: 14.5, ola: 13})
    racing.publish(race)
    own = shown(client, kari.guest).split('id="list"')[0]
    assert "<h2>Per Følge</h2>" in own and "14:30" in own
    assert "Per Følge" not in shown(client, ola.guest)


def test_what_a_guest_chooses_is_kept_for_the_own_party_alone(race, client):
    kari, ola = racing.make_runner(race, "Kari Nordås"), racing.make_runner(race, "Ola Berge")
    racing.record(race, {kari: 12, ola: 13})
    racing.publish(race)
    typed = {f"shown-{kari.pk}-hides_time": "on", f"shown-{ola.pk}-hides_time": "on"}
    response = client.post(page_of(kari.guest) + "results/", typed)
    assert response.status_code == 303
    assert list(Entry.objects.order_by("pk").values_list("hides_time", "shows_place")) == [(True, False), (False, None)]


def test_a_card_leads_there_from_the_first_page_when_results_are_shown(race, client):
    kari = racing.make_runner(race, "Kari Nordås")
    racing.record(race, {kari: 12})
    assert "Tiden din" not in client.get(page_of(kari.guest)).content.decode()
    racing.publish(race)
    for path in ("", "answered/"):
        assert "Tiden din: 12:00" in client.get(page_of(kari.guest) + path).content.decode()


def test_contests_name_who_agreed_and_never_tell_what_they_hoped_for(race, client, cast):
    kari = racing.make_runner(race, "Kari Nordås", ambition_seconds=723)
    racing.record(race, {kari: 12, racing.make_runner(race, "Ola Berge"): 13})
    racing.publish(race)
    assert "En gjest som helst ikke vil nevnes" in shown(client, cast.greta)
    racing.agree(kari)
    page = shown(client, cast.greta)
    assert "Kari Nordås" in page.split('id="list"')[0] and "3 sekunder" not in page
    assert "3 sekunder unna" in shown(client, kari.guest)
    Race.objects.update(shows_contests=False)
    assert "Nærmest eget mål" not in shown(client, cast.greta)


def test_the_list_is_paged_light_and_read_in_few_queries_at_any_size(race, client):
    kari, counts = racing.make_runner(race, "Kari Nordås"), []
    for size in (1, 130):
        guests = factories.make_crowd(race.activity.event, size)
        entries = [racing.enter(race, guest, bib=1000 * size + n) for n, guest in enumerate(guests)]
        for entry in entries:
            racing.agree(entry)
        racing.record(race, {kari: 12, **{entry: 13 + n / 60 for n, entry in enumerate(entries)}})
        racing.publish(race)
        with CaptureQueriesContext(connection) as captured:
            response = results_of(client, kari.guest)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 10
    assert len(gzip.compress(response.content)) < HEAVIEST
    assert response.content.count(b"<tr") == 101
    assert shown(client, kari.guest, page=2).count("<tr") == 33


def test_times_from_before_are_told_asked_about_and_taken_away_until_the_first_start(race, client, clock):
    kari = racing.make_runner(race, "Kari Nordås")
    at = page_of(kari.guest) + "earlier/"
    asked = client.post(at, {"year": "2019", "time": "1250"})
    assert asked.status_code == 422 and "12:50" in asked.content.decode()
    assert client.post(at, {"year": "2019", "time": "1250", "meant": "770000"}).status_code == 303
    assert client.post(at, {"year": "2030", "time": "12:00"}).status_code == 422
    page = client.get(at).content.decode()
    assert "slik du fortalte oss" in page and "12:50" in page
    assert client.post(at, {"away": "2019"}).status_code == 303
    assert not EarlierTime.objects.exists()
    clock.now = race.starts_at
    assert client.post(at, {"year": "2018", "time": "12:00"}).status_code == 422
    assert not EarlierTime.objects.exists()
