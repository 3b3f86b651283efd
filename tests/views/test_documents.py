"""A guest's diploma and pictures: of the own result or a companion's, published, in the guest's language, and asked for
again only when something has changed.
"""

import re
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pypdf import PdfReader

from events.domain.documents.shares import Shape
from events.domain.ranking import Status
from events.models import Course, Race, Result
from tests import factories, racing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("near_press")]
PRINTED = ["diploma.pdf", "share/square.png", "share/story.png", "share/og.png"]


@pytest.fixture
def race(clock):
    course = Course.objects.create(name="Stoltzekleiven", created_at=clock.now)
    return racing.make_race(factories.make_event(), course=course)


@pytest.fixture
def kari(race):
    return racing.make_runner(race, "Kari Nordås", bib=27)


def at(entry, name, query=""):
    return f"{factories.page_of(entry.guest)}results/{name}{query}"


def words_of(response):
    return " ".join(PdfReader(BytesIO(response.content)).pages[0].extract_text().split())


def test_a_guest_gets_the_own_diploma_in_the_own_language(client, race, kari):
    racing.record(race, {kari: 13.1})
    racing.publish(race)
    response = client.get(at(kari, "diploma.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="diploma.pdf"'
    assert "fullførte Stoltzekleiven på 13:06" in words_of(response)
    finnish = client.get(at(kari, "diploma.pdf", "?lang=fi"))
    assert finnish["Content-Language"] == "fi"
    assert "Kunniakirja" in words_of(finnish) and "13.06" in words_of(finnish)


@pytest.mark.parametrize("shape", Shape)
def test_a_guest_gets_pictures_of_the_right_size(client, race, kari, shape):
    racing.record(race, {kari: 13})
    racing.publish(race)
    response = client.get(at(kari, f"share/{shape}.png"))
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "image/png", f'inline; filename="{shape}.png"',
    )  # fmt: skip
    assert Image.open(BytesIO(response.content)).size == shape.size


@pytest.mark.parametrize("name", PRINTED)
def test_there_is_nothing_before_it_is_published_nor_for_who_did_not_start(client, race, kari, name):
    racing.record(race, {kari: 13})
    assert client.get(at(kari, name)).status_code == 404
    late = racing.make_runner(race)
    racing.record(race, {late: Status.DNS})
    racing.publish(race)
    assert client.get(at(kari, name)).status_code == 200
    assert client.get(at(late, name)).status_code == 404
    assert client.get(at(kari, "share/poster.png")).status_code == 404


@pytest.mark.parametrize("name", PRINTED)
def test_a_companions_is_reached_by_its_entry_and_nobody_elses(client, race, kari, name):
    nils = racing.make_runner(race, "Nils Følge", companion_of=kari.guest)
    other, elsewhere = racing.make_runner(race, "Ola Berge"), factories.make_event("sommerfest")
    far = racing.make_race(elsewhere)
    zoe = racing.make_runner(far, "Zoe Zetterlund")
    racing.record(race, {kari: 13, nils: 20, other: 12})
    racing.record(far, {zoe: 11})
    racing.publish(race), racing.publish(far)
    assert client.get(at(kari, name, f"?entry={nils.pk}")).status_code == 200
    for query in (f"?entry={other.pk}", f"?entry={zoe.pk}", "?entry=x", "?entry=-1", f"?entry={'9' * 30}", "?entry=²"):
        assert client.get(at(kari, name, query)).status_code == 404, query
    if name == "diploma.pdf":
        assert "Nils Følge" in words_of(client.get(at(kari, name, f"?entry={nils.pk}")))
        assert "Kari Nordås" in words_of(client.get(at(kari, name)))


def test_whoever_only_brings_a_runner_gets_that_ones(client, race, kari):
    nils = racing.make_runner(race, "Nils Følge", companion_of=kari.guest)
    racing.record(race, {nils: 20})
    racing.publish(race)
    assert "Nils Følge" in words_of(client.get(at(kari, "diploma.pdf")))


@pytest.mark.parametrize("name", PRINTED)
def test_it_is_kept_by_the_browser_alone_and_made_anew_when_the_result_changes(client, race, kari, name):
    racing.record(race, {kari: 13})
    racing.publish(race)
    first = client.get(at(kari, name))
    assert first["Cache-Control"] == "private, no-cache"
    known = {"if-none-match": first["ETag"]}
    again = client.get(at(kari, name), headers=known)
    assert (again.status_code, again.content) == (304, b"")
    Result.objects.update(time_ms=779_000)
    assert client.get(at(kari, name), headers=known).status_code == 200
    assert client.get(at(kari, name, "?lang=sv"), headers=known).status_code == 200
    Race.objects.update(published_at=None)
    assert client.get(at(kari, name), headers=known).status_code == 404


def test_nothing_is_pressed_when_the_browser_has_it(client, race, kari, monkeypatch):
    racing.record(race, {kari: 13})
    racing.publish(race)
    etag = client.get(at(kari, "diploma.pdf"))["ETag"]
    monkeypatch.setattr("events.domain.documents.typesetting._pressed", None)
    assert client.get(at(kari, "diploma.pdf"), headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("name", PRINTED)
def test_two_queries_are_asked(client, race, kari, name):
    racing.record(race, {kari: 13})
    racing.publish(race)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(at(kari, name)).status_code == 200
    assert len(captured) == 2


@pytest.mark.parametrize("name", PRINTED)
def test_odd_names_do_not_stop_it(client, race, name):
    odd = racing.make_runner(race, '#panic("x") *b* $x$ 🎉 \u202eאב')
    racing.record(race, {odd: 13})
    racing.publish(race)
    response = client.get(at(odd, name))
    assert response.status_code == 200
    if name == "diploma.pdf":
        assert '#panic("x") *b* $x$' in words_of(response)


def test_the_page_of_results_leads_to_all_that_can_be_taken_along(client, race, kari):
    nils = racing.make_runner(race, "Nils Følge", companion_of=kari.guest)
    racing.record(race, {kari: 13, nils: Status.DNF})
    racing.publish(race)
    page = client.get(f"{factories.page_of(kari.guest)}results/").content.decode()
    found = re.findall(r'href="([^"]*/results/(?:diploma|share)[^"]*)"', page)
    own = [at(kari, name) for name in ("diploma.pdf", "share/square.png", "share/story.png")]
    assert found == [f"{address}?entry={entry.pk}" for entry in (kari, nils) for address in own]
    assert {client.get(address).status_code for address in found} == {200}
