"""Documents in the back office: counts, a look at each, the files with what was wished for, and who gets which."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pypdf import PdfReader

from events.models import Activity, Course, History, Membership
from events.reports import printing
from events.reports.printing import PRINTED, START_LISTS
from tests import factories, racing

pytestmark = pytest.mark.usefixtures("near_press")


@pytest.fixture
def race(cast):
    course = Course.objects.create(name="Stoltzekleiven", created_at=cast.event.created_at)
    return racing.make_race(cast.event, course=course)


@pytest.fixture
def starter(cast, client):
    """A login that only starts the race, at the door."""
    client.force_login(
        factories.make_organiser(cast.event, "stig", Membership.Role.STARTER),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def page(race):
    return f"/admin/events/event/{race.activity.event_id}/documents/"


def file(race, what, form="pdf"):
    return f"{page(race)}{race.activity_id}/{what}.{form}"


def pages_of(response):
    return [" ".join(each.extract_text().split()) for each in PdfReader(BytesIO(response.content)).pages]


def text(response):
    return response.content.decode()


def test_the_page_counts_and_says_what_is_missing(office, race):
    for bib in (1, 2, None):
        racing.make_runner(race, bib=bib)
    shown = text(office("otto").get(page(race)))
    assert "<strong>2</strong> startnumre er delt ut" in shown
    assert "1 som kommer, har ikke noe nummer ennå" in shown
    assert "<strong>3</strong> personer kommer" in shown
    assert "Så snart det er resultater" in shown
    racing.record(race, {racing.make_runner(race): 12})
    shown = text(office("otto").get(page(race)))
    assert "Lag 1 diplom" in shown
    assert "Resultatene er ikke publisert" in shown
    assert "results-guests.pdf" not in shown
    racing.publish(race)
    assert "results-guests.pdf" in text(office("otto").get(page(race)))


def test_an_event_without_a_race_says_what_the_page_is_for(office, cast):
    Activity.objects.filter(event=cast.event, kind="race").update(kind="other")
    shown = text(office("otto").get(f"/admin/events/event/{cast.event.pk}/documents/"))
    assert "Det er ikke noe løp på programmet" in shown


@pytest.mark.parametrize("what", PRINTED)
def test_each_file_is_handed_out_without_names_in_its_own_and_stands_in_the_history(office, race, what):
    racing.record(race, {racing.make_runner(race, "Kari Nordås", bib=1): 12})
    racing.publish(race)
    response = office("otto").post(file(race, what), {"order": "bib"})
    assert response["Content-Disposition"] == f'attachment; filename="stoltzen-{what}.pdf"'
    assert len(pages_of(response)) == 1
    assert ("Kari Nordås" in pages_of(response)[0]) == (what != "results-guests")  # she has not agreed
    row = History.objects.get(what="exported")
    assert (row.by.username, row.activity_id, row.facts) == ("otto", race.activity_id, {"list": what, "form": "pdf"})


@pytest.mark.parametrize("what", PRINTED)
def test_a_look_is_a_picture_of_the_first_page_and_writes_nothing(office, race, what):
    racing.record(race, {racing.make_runner(race, bib=1): 12})
    response = office("otto").get(file(race, what, "png"))
    size = Image.open(BytesIO(response.content)).size
    assert size in {(595, 421), (596, 421), (595, 842), (596, 842), (842, 595), (842, 596)}
    assert not History.objects.filter(what="exported").exists()


def test_bibs_are_made_as_wished(office, race):
    for bib in (1, 2, 30):
        racing.make_runner(race, f"Gjest {bib} Hansen", bib=bib)
    wish = {"order": "name", "two_on_a4": "on", "first": "2", "last": "29", "blank_count": "2", "blank_from": "101"}
    first, second = pages_of(office("otto").post(file(race, "bibs"), wish))
    assert "Gjest 2 Hansen" in first and "101" in first
    assert "102" in second and "Gjest 30" not in first + second


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first": "9", "last": "3"}, "Skriv et tall som ikke er lavere enn det første."),
        ({"first": "99999"}, "Skriv et tall fra 1 til 9999."),
        ({"blank_count": "201"}, "Skriv et tall fra 0 til 200."),
        ({"order": "x"}, ""),
    ],
)
def test_a_wish_that_cannot_be_met_is_asked_again_kindly(office, race, wrong, said):
    racing.make_runner(race, bib=1)
    response = office("otto").post(file(race, "bibs"), {"order": "bib", **wrong})
    assert response.status_code == 422
    assert said in text(response)
    assert not History.objects.filter(what="exported").exists()


def test_a_bib_without_any_number_given_is_blank(office, race):
    (only,) = pages_of(office("otto").post(file(race, "bibs"), {"order": "bib", "blank_count": "1"}))
    assert "Navn" in only


def test_many_diplomas_come_in_several_files(office, race, monkeypatch):
    monkeypatch.setattr(printing, "MOST_DIPLOMAS", 2)
    racing.record(race, {racing.make_runner(race, f"Gjest {n} Hansen"): 12 + n for n in range(3)})
    shown = text(office("otto").get(page(race)))
    assert "Lag diplom 1 til 2" in shown and "Lag diplom 3 til 3" in shown
    assert [len(pages_of(office("otto").post(file(race, "diplomas"), {"part": part}))) for part in (1, 2)] == [2, 1]
    assert office("otto").post(file(race, "diplomas"), {"part": 3}).status_code == 404


def test_nothing_is_made_of_nothing(office, race):
    assert office("otto").post(file(race, "diplomas")).status_code == 404
    assert office("otto").post(file(race, "posters")).status_code == 404
    assert office("otto").get(file(race, "diplomas", "png")).status_code == 404


@pytest.mark.parametrize("what", PRINTED)
def test_a_starter_prints_start_lists_and_nothing_else(starter, race, what):
    racing.record(race, {racing.make_runner(race, "Kari Nordås", bib=1): 12})
    racing.publish(race)
    is_open = what in START_LISTS
    assert starter.post(file(race, what), {"order": "bib"}).status_code == (200 if is_open else 404)
    assert starter.get(file(race, what, "png")).status_code == (200 if is_open else 404)
    shown = text(starter.get(page(race)))
    assert (f"{what}.pdf" in shown) == is_open


def test_another_events_race_is_not_there(office, cast, race):
    far = racing.make_race(cast.other_event)
    wrong = f"{page(race)}{far.activity_id}/start-list"
    assert office("otto").post(f"{wrong}.pdf").status_code == 404
    assert office("otto").get(f"{wrong}.png").status_code == 404
    assert office("olga").post(file(race, "start-list")).status_code == 404


def test_the_page_asks_as_much_of_the_database_for_thirty_as_for_one(office, race):
    counts = []
    office("otto").get(page(race))  # what is remembered from then on
    for size in (1, 30):
        racing.record(race, {racing.make_runner(race): 12 + n for n in range(size)})
        with CaptureQueriesContext(connection) as captured:
            assert office("otto").get(page(race)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
