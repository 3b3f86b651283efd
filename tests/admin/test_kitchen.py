"""The kitchen's role: it finds the plates and nothing else, and nobody else finds what it knows (P3, S24)."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from events.actions import food
from events.domain.food import Plate
from events.models import Activity, Consent, Food, History, KitchenList, Membership, Message
from events.reports.replies import replies
from tests import factories
from tests.actions.test_food import bring, hand_over, tell
from tests.test_access import text_of
from tests.test_access_office import OF_THE_KITCHEN, TABLE, addresses
from tests.test_logs import lines  # noqa: F401  the log as it is written

VEGAN, NUTS, BOTH = Plate(("vegan",)), Plate(("nuts",)), Plate(("vegan", "nuts"))
WORDS = "kumquatallergi"  # stands nowhere by chance


@pytest.fixture
def dinner(cast):
    Activity.objects.filter(pk=cast.activity("dinner").pk).update(serves_food=True)
    return cast.activity("dinner")


@pytest.fixture
def party(cast, dinner, now):
    """Greta is vegan, her companion Per eats no nuts and has words of his own."""
    per = bring(cast.greta)
    tell(cast.greta, {cast.greta.pk: BOTH, per.pk: Plate(("nuts",), WORDS)}, now=now)
    return per


def page(event, rest=""):
    return f"/admin/events/event/{event.pk}/kitchen/{rest}"


def open_list(client, dinner):
    return client.post(page(dinner.event, f"{dinner.pk}/list/"), {}, headers={"accept-language": "en"})


def in_english(client):
    client.cookies["language"] = "en"
    return client


# What the kitchen sees -----------------------------------------------------------


def test_the_kitchen_comes_straight_to_its_page_and_finds_no_other_way(office, cast, party):
    client = office("ken")
    response = client.get("/admin/")
    assert (response.status_code, response["Location"]) == (302, page(cast.event))
    text = client.get(page(cast.event)).content.decode()
    links = set(re.findall(r'href="(/admin/[^"]*)"', text))
    assert links == {"/admin/?all=1", "/admin/password_change/", page(cast.event)}


def test_counts_stand_there_without_names_until_the_list_is_opened(office, cast, dinner, party):
    text = in_english(office("ken")).get(page(cast.event)).content.decode()
    assert "<strong>2</strong> portions" in text
    assert re.findall(r'<th scope="row">([^<]+)</th><td>(\d)</td>', text) == [
        ("No nuts", "2"), ("Other needs", "1"), ("Vegan", "1"),
        ("No nuts + other needs", "1"), ("Vegan + no nuts", "1"),
    ]  # fmt: skip
    assert "Greta" not in text and WORDS not in text
    assert not History.objects.filter(what="looked").exists()


def test_the_list_finds_the_person_behind_a_plate_and_each_look_is_kept(office, cast, dinner, party):
    text = open_list(in_english(office("ken")), dinner).content.decode()
    rows = re.findall(r'<tr><th scope="row">(.+?)</th><td>(.+?)</td></tr>', text[text.index("Who needs what") :])
    assert rows == [
        ("Greta Åsen", "vegan, no nuts"),
        ('Per Følge<span class="under">with Greta Åsen</span>', f"no nuts<p>{WORDS}</p>"),
    ]
    looked = History.objects.get(what="looked")
    assert (looked.by.username, looked.activity, looked.guest, looked.facts) == ("ken", dinner, None, {})


def test_a_link_to_the_list_leads_to_the_counts_and_is_no_look(office, cast, dinner, party):
    response = office("ken").get(page(cast.event, f"{dinner.pk}/list/"))
    assert (response.status_code, response["Location"]) == (302, page(cast.event))
    assert not History.objects.filter(what="looked").exists()


def test_only_those_who_come_get_a_plate(office, cast, dinner, now):
    for state in ("waiting", "unsure", "not_coming"):
        guest = factories.make_guest(cast.event, f"Gjest {state.capitalize()}", answers={"dinner": state})
        tell(guest, {guest.pk: VEGAN}, now=now)
    text = open_list(in_english(office("ken")), dinner).content.decode()
    assert "<strong>1</strong> portion" in text and "Gjest" not in text


def test_organisers_see_how_many_and_who_knows_more(office, cast, dinner, party):
    text = in_english(office("otto")).get(page(cast.event)).content.decode()
    assert re.findall(r'<th scope="row">([^<]+)</th><td>(\d)</td>', text) == [
        ("No nuts", "2"), ("Other needs", "1"), ("Vegan", "1"),
    ]  # fmt: skip
    assert "ken@vertskap.example" in text
    assert "Greta" not in text and "Show who needs what" not in text


@pytest.mark.parametrize("path", ["list/", "list.csv", "list.xlsx", "handed-over/"])
@pytest.mark.parametrize(("who", "is_allowed"), [("otto", False), ("olga", False), ("nora", False), ("root", True)])
def test_names_are_for_the_kitchens_role_only(office, cast, dinner, party, path, who, is_allowed):
    response = office(who).post(page(cast.event, f"{dinner.pk}/{path}"))
    assert (response.status_code in (200, 409)) == is_allowed
    assert response.status_code == 404 or is_allowed
    assert is_allowed or not History.objects.filter(what__in=["looked", "exported", "handed_over"]).exists()


def test_an_organiser_who_also_has_the_kitchens_role_sees_the_names(office, cast, dinner, party):
    Membership.objects.create(user=cast.otto, event=cast.event, role="kitchen")
    assert "Per Følge" in open_list(office("otto"), dinner).content.decode()


@pytest.mark.parametrize("slug", ["gathering", "dinner"])
def test_a_part_without_food_and_another_events_part_are_not_found(office, cast, dinner, slug):
    elsewhere = cast.activity("gathering") if slug == "gathering" else cast.zoe.event.activity_set.get(slug="dinner")
    Activity.objects.filter(event=cast.other_event).update(serves_food=True)
    for path in ("list/", "list.csv", "handed-over/"):
        assert office("ken").post(page(cast.event, f"{elsewhere.pk}/{path}")).status_code == 404
    assert office("ken").get(page(cast.other_event)).status_code == 404


# Handing over ------------------------------------------------------------------------


def seen_on(response):
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


def test_the_kitchen_is_told_what_has_changed_since_it_was_handed_the_list(office, cast, dinner, party, clock):
    client = in_english(office("ken"))
    hanne = factories.make_guest(cast.event, "Hanne Vik", answers={"dinner": "coming"})
    tell(hanne, {hanne.pk: NUTS}, now=clock.now)
    seen = seen_on(open_list(client, dinner))
    response = client.post(page(cast.event, f"{dinner.pk}/handed-over/"), {"seen": seen})
    assert (response.status_code, response["Location"]) == (302, page(cast.event))
    assert "Nothing has changed since" in client.get(page(cast.event)).content.decode()
    handed = History.objects.get(what="handed_over")
    assert (handed.by.username, handed.activity, handed.facts) == ("ken", dinner, {})

    clock.move(hours=1)
    food.withdraw(hanne, now=clock.now)
    tell(cast.greta, {cast.greta.pk: VEGAN}, now=clock.now)
    ivar = factories.make_guest(cast.event, "Ivar Dal", answers={"dinner": "coming"})
    tell(ivar, {ivar.pk: NUTS}, now=clock.now)
    text = open_list(client, dinner).content.decode()
    news = text[text.index("Since it was handed over") : text.index("How many")]
    assert re.findall(r"<h3>([^<]+)</h3>", news) == ["New", "Changed", "No longer needs anything"]
    assert re.findall(r"<strong>([^<]+)</strong>", news) == ["Ivar Dal", "Greta Åsen", "Hanne Vik"]
    assert "+1 portion" in news
    assert "nuts" not in news[news.index("Hanne Vik") :]


def test_what_changed_while_somebody_looked_is_shown_before_it_is_handed_over(office, cast, dinner, party, now):
    client = in_english(office("ken"))
    seen = seen_on(open_list(client, dinner))
    tell(cast.greta, {cast.greta.pk: NUTS}, now=now)
    response = client.post(page(cast.event, f"{dinner.pk}/handed-over/"), {"seen": seen})
    assert response.status_code == 409
    assert "please look once more" in response.content.decode()
    assert not KitchenList.objects.exists()
    client.post(page(cast.event, f"{dinner.pk}/handed-over/"), {"seen": seen_on(response)})
    assert KitchenList.objects.get().plates[str(cast.greta.pk)] == [["nuts"], ""]


def test_a_companion_who_is_gone_is_told_as_one_without_a_name(office, cast, dinner, party, now):
    hand_over(dinner, cast.otto, now)
    party.delete()
    text = open_list(in_english(office("ken")), dinner).content.decode()
    assert "1 who is no longer on the guest list" in text and WORDS not in text


# Taking it along -------------------------------------------------------------------------


def rows_of(body):
    return list(csv.reader(StringIO(body.decode("utf-8-sig")), delimiter=";"))


TAKEN = [
    ["Dinner (en)", "portions", "2", "", "", "", ""],
    ["Dinner (en)", "need", "2", "", "", "no nuts", ""],
    ["Dinner (en)", "need", "1", "", "", "other needs", ""],
    ["Dinner (en)", "need", "1", "", "", "vegan", ""],
    ["Dinner (en)", "person", "1", "Greta Åsen", "", "vegan, no nuts", ""],
    ["Dinner (en)", "person", "1", "Per Følge", "Greta Åsen", "no nuts", WORDS],
]


def test_the_list_is_taken_along_as_csv_and_it_stands_in_the_history(office, cast, dinner, party):
    response = in_english(office("ken")).post(page(cast.event, f"{dinner.pk}/list.csv"))
    assert rows_of(response.content)[1:] == TAKEN
    assert response["Content-Disposition"] == 'attachment; filename="stoltzen-dinner-kitchen.csv"'
    row = History.objects.get(what="exported")
    assert (row.by.username, row.activity, row.facts) == ("ken", dinner, {"list": "kitchen", "form": "csv"})


def test_no_cell_of_the_list_runs(office, cast, dinner, now):
    tell(cast.greta, {cast.greta.pk: Plate((), "=1+1")}, now=now)
    response = office("ken").post(page(cast.event, f"{dinner.pk}/list.xlsx"))
    cells = [cell for row in load_workbook(BytesIO(response.content)).active for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_unknown_form_of_the_list_is_not_found(office, cast, dinner):
    assert office("ken").post(page(cast.event, f"{dinner.pk}/list.pdf")).status_code == 404


@pytest.mark.django_db
def test_the_command_writes_the_list_and_leaves_a_trace(cast, dinner, party, tmp_path):
    file = tmp_path / "kitchen.csv"
    call_command("export", "stoltzen", "kitchen", "--out", str(file))
    assert rows_of(file.read_bytes())[1:] == TAKEN
    row = History.objects.get(what="exported")
    assert (row.channel, row.facts) == ("command", {"list": "kitchen", "form": "csv"})


@pytest.mark.parametrize("what", ["kitchen", "guests"])
def test_the_command_refuses_pdf_kindly(cast, tmp_path, what):
    with pytest.raises(CommandError, match="csv or xlsx") as refused:
        call_command("export", "stoltzen", what, "--format", "pdf", "--out", str(tmp_path / "x.pdf"))
    assert refused.value.returncode == 1
    assert not (tmp_path / "x.pdf").exists() and not History.objects.filter(what="exported").exists()


def test_heads_are_counted_once_over_all_parts_with_food(cast, dinner, party):
    Activity.objects.filter(slug="gathering").update(serves_food=True)
    assert replies(cast.event)["food"] == {"nuts": 2, "other": 1, "vegan": 1}
    assert replies(cast.other_event)["food"] == {}


def test_the_pages_take_as_many_queries_for_a_hundred_plates_as_for_one(office, cast, dinner, now):
    client, counts = office("ken"), []
    for guests in (1, 100):
        for number in range(guests):
            guest = factories.make_guest(cast.event, f"Gjest {guests} {number}", answers={"dinner": "coming"})
            Food.objects.create(guest=guest, needs=["vegan"], changed_at=now)
        hand_over(dinner, cast.otto, now)
        for ask in (lambda: client.get(page(cast.event)), lambda: open_list(client, dinner)):
            with CaptureQueriesContext(connection) as asked:
                assert ask().status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 12


# Nowhere else ---------------------------------------------------------------------------------


def marks(text):
    """What of the planted needs stands in a text: codes, and labels in all languages where they mean this."""
    return [word for word in (WORDS, "shellfish", "skalldyr", "Kumquat", '"food"') if word.lower() in text.lower()]


@pytest.fixture
def planted(client, cast, dinner, now):
    """Greta's needs, told on her page; and whatever followed: answers, mails, a hand-over, a change."""
    typed = {f"needs-{cast.greta.pk}": ["shellfish"], f"other-{cast.greta.pk}": WORDS, "consent": "on"}
    assert client.post(factories.page_of(cast.greta) + "food/", typed).status_code == 303
    client.post(factories.page_of(cast.greta), {"answer-race": "coming"})
    hand_over(dinner, cast.otto, now)
    assert Food.objects.get().other == WORDS and Message.objects.exists()


def test_needs_stand_on_no_page_of_the_office(office, cast, planted):
    """On the kitchen's own page only how many there are of what. Whoever may see everything else looks."""
    client, address = office("root"), addresses(cast)
    for route in set(TABLE) - {"logout/"}:
        text = text_of(client.get(address(route), follow=True))
        told = [word for word in (WORDS, "Greta") if word in text] if route in OF_THE_KITCHEN else marks(text)
        assert told == [], route


@pytest.mark.parametrize("term", [WORDS, "shellfish", "skalldyr"])
def test_nobody_is_found_by_what_they_need(office, cast, planted, term):
    client = office("root")
    for page_of_list in (f"events/event/{cast.event.pk}/guests/", "events/contact/", "events/company/"):
        assert client.get(f"/admin/{page_of_list}?q={term}").context["cl"].result_count == 0
    asked = {"app_label": "events", "model_name": "guest", "field_name": "contact", "term": term}
    assert client.get("/admin/autocomplete/", asked).json()["results"] == []


@pytest.mark.parametrize(
    "query",
    [
        f"guests/?food__other__contains={WORDS}",
        "guests/?food__needs=shellfish",
        "guests/?consent__purpose=food",
        f"answers/?guest__food__other={WORDS}",
        "answers/?guest__consent__purpose=food",
        f"outbox/?guest__food__other={WORDS}",
    ],
)
def test_no_list_can_be_filtered_by_what_somebody_needs(office, cast, planted, query):
    assert office("root").get(f"/admin/events/event/{cast.event.pk}/{query}").status_code == 400


@pytest.mark.parametrize("what", ["guests", "answers"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_needs_stand_in_no_general_export(office, cast, planted, what, form):
    response = office("otto").post(f"/admin/events/event/{cast.event.pk}/export/{what}.{form}")
    body = response.getvalue()
    if form == "xlsx":
        body = repr([[cell.value for cell in row] for row in load_workbook(BytesIO(body)).active]).encode()
    assert b"Greta" in body
    assert marks(body.decode("utf-8-sig")) == []


def test_the_kitchens_list_is_no_general_export(office, cast, planted):
    for who in ("otto", "ken", "root"):
        assert office(who).post(f"/admin/events/event/{cast.event.pk}/export/kitchen.csv").status_code == 404


def test_needs_stand_in_no_history_mail_or_log_entry(cast, planted):
    rows = [*History.objects.values(), *Message.objects.values(), *LogEntry.objects.values()]
    assert len(rows) >= 3
    assert marks(repr(rows)) == []
    assert not History.objects.filter(what="consent").exists()


def test_needs_stand_in_no_log_and_on_no_error_page(client, cast, dinner, lines, monkeypatch):  # noqa: F811
    def fail(guest, plates, **how):
        raise ValueError(plates)

    monkeypatch.setattr(food, "store", fail)
    client.raise_request_exception = False
    typed = {f"needs-{cast.greta.pk}": ["shellfish"], f"other-{cast.greta.pk}": WORDS, "consent": "on"}
    response = client.post(factories.page_of(cast.greta) + "food/", typed)
    assert response.status_code == 500
    assert marks(response.content.decode()) == []
    assert lines and marks("\n".join(lines)) == []


def test_the_consent_about_food_is_nobodys_to_read(office, cast, planted):
    consent = Consent.objects.get(purpose="food")
    for who in ("otto", "root"):
        client = office(who)
        assert consent not in client.get("/admin/events/consent/").context["cl"].result_list
        assert client.get(reverse("admin:events_consent_change", args=[consent.pk])).status_code == 404


def test_no_model_of_it_is_in_the_office():
    assert not {Food, KitchenList} & set(admin.site._registry)
