"""Side doors of the back office, beside the table in test_access_office.py: other roles, other ways in (S7, S8)."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.admin.access import PAGES_OF_ROLE
from events.models import (
    Activity,
    Answer,
    Contact,
    Guest,
    History,
    Letter,
    Membership,
    Message,
    Occurrence,
    Reminder,
)
from tests import factories

EVENT = "events/event/{event}/"


@pytest.fixture
def ids(cast):
    """What stands in the addresses: things of Otto's event."""
    message = factories.make_message(cast.greta, state="failed")
    Letter.objects.create(event=cast.event, kind="free", language="nb", subject="Hei", body="Hei")
    History.objects.create(event=cast.event, guest=cast.greta, at=message.created_at, channel="web", what="answered")
    return {
        "event": cast.event.pk,
        "guest": cast.greta.pk,
        "contact": cast.greta.contact_id,
        "company": cast.henrik.contact.company_id,
        "activity": cast.activity("dinner").pk,
        "answer": Answer.objects.filter(guest=cast.greta).first().pk,
        "letter": Letter.objects.get(kind="free").pk,
        "message": message.pk,
        "history": History.objects.first().pk,
        "reminder": factories.make_reminder(cast.event).pk,
        "occurrence": missed(cast.event).pk,
    }


def missed(event):
    """A letter that did not go out by itself."""
    rule = factories.make_reminder(event, days=9)
    now = timezone.now()
    return Occurrence.objects.create(reminder=rule, day=now.date(), due_at=now, state="missed", settled_at=now)


@pytest.mark.parametrize("who", ["ken", "pia", "nora"])
@pytest.mark.parametrize(
    "page",
    ["overview/", "change/", "guests/", "guests/add/", "programme/", "letters/", "outbox/", "answers/", "send/"],
)
def test_event_is_not_found_when_the_role_is_not_the_organisers(office, cast, who, page):
    assert office(who).get(f"/admin/events/event/{cast.event.pk}/{page}").status_code == 404


@pytest.mark.parametrize("who", ["ken", "pia", "nora"])
@pytest.mark.parametrize("noun", ["contact", "company", "host", "history", "consent", "series", "membership"])
def test_list_is_refused_when_the_role_is_not_the_organisers(office, cast, who, noun):
    assert office(who).get(f"/admin/events/{noun}/").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        EVENT + "guests/{guest}/answer/",
        EVENT + "guests/{guest}/new-link/",
        EVENT + "guests/{guest}/withdraw/",
        EVENT + "guests/{guest}/end-calendar/",
        EVENT + "guests/{guest}/forget/",
        EVENT + "outbox/{message}/again/",
        EVENT + "by-itself/{reminder}/",
        EVENT + "by-itself/missed/{occurrence}/send/",
        EVENT + "programme/{activity}/cancel/",
    ],
)
@pytest.mark.parametrize("who", ["olga", "root"])
def test_things_are_found_through_their_own_event_only(office, ids, cast, address, who):
    """Under Olga's event, Otto's things are not found by anyone."""
    url = "/admin/" + address.format(**{**ids, "event": cast.other_event.pk})
    assert office(who).get(url).status_code == 404
    assert office(who).post(url).status_code == 404


@pytest.mark.parametrize("address", ["outbox/{message}/mail/", "send/invitation/as/{guest}/"])
def test_mail_is_seen_through_its_own_event_only(office, ids, cast, address):
    url = "/admin/" + (EVENT + address).format(**{**ids, "event": cast.other_event.pk})
    assert office("root").get(url).status_code == 404


@pytest.mark.parametrize(
    ("address", "posted"),
    [
        (EVENT + "export/guests.csv", {}),
        (EVENT + "export/answers.xlsx", {}),
        (EVENT + "state/closed/", {}),
        (EVENT + "guests/add/", {"name": "Per Intruder"}),
        (EVENT + "guests/{guest}/answer/", {"answer-dinner": "not_coming", "channel": "phone"}),
        (EVENT + "guests/{guest}/new-link/", {}),
        (EVENT + "guests/{guest}/withdraw/", {}),
        (EVENT + "guests/{guest}/end-calendar/", {}),
        (EVENT + "guests/{guest}/forget/", {}),
        (EVENT + "programme/{activity}/cancel/", {}),
        (EVENT + "send/invitation/", {"count": "3"}),
        (EVENT + "send/invitation/test/{guest}/", {}),
        (EVENT + "outbox/{message}/again/", {}),
        (EVENT + "by-itself/{reminder}/", {"days": "5", "hour": "12"}),
        (EVENT + "by-itself/{reminder}/switch/", {"on": "0"}),
        (EVENT + "by-itself/missed/{occurrence}/send/", {}),
        (EVENT + "by-itself/missed/{occurrence}/leave/", {}),
        ("events/guest/{guest}/change/", {"note": "x"}),
        ("events/activity/{activity}/change/", {"capacity": "1"}),
        (EVENT + "letters/invitation/nb/", {"subject": "x", "body": "x"}),
        (EVENT + "letters/invitation/nb/preview/", {"subject": "x", "body": "x"}),
        (EVENT + "letters/invitation/nb/ours/", {}),
        (EVENT + "letters/tone/", {"tone": "formal"}),
        (EVENT + "letters/picture/", {}),
        (EVENT + "letters/picture/remove/", {}),
        ("events/event/{event}/change/", {"town": "Oslo"}),
    ],
)
@pytest.mark.parametrize("who", ["anonymous", "olga", "ken", "pia", "nora"])
def test_deed_is_refused_and_changes_nothing_when_the_event_is_not_ones_own(office, ids, address, posted, who):
    before = everything()
    response = office(who).post("/admin/" + address.format(**ids), posted)
    assert response.status_code == (302 if who == "anonymous" else 404)
    if who == "anonymous":
        assert response["Location"].startswith("/admin/login/")
    assert everything() == before


def everything():
    """All rows that a deed in the office could change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Guest, Answer, Activity, Letter, Message, History, Reminder, Occurrence)
    ]


def test_inline_of_another_guest_is_refused_when_its_id_is_posted(office, cast):
    """Otto's form with the id of Zoe's invitation in it changes nothing of hers."""
    zoes = cast.zoe.invitation
    posted = {
        "companions_allowed": "0",
        "invitation-TOTAL_FORMS": "1",
        "invitation-INITIAL_FORMS": "1",
        "invitation-0-id": zoes.pk,
        "invitation-0-guest": cast.zoe.pk,
        "invitation-0-personal_line": "from a stranger",
    }
    office("otto").post(f"/admin/events/guest/{cast.greta.pk}/change/", posted)
    zoes.refresh_from_db()
    assert zoes.personal_line == ""


def test_autocomplete_finds_own_guests_only(office, cast):
    """Django's side door: /admin/autocomplete/ searches with the list's own rows and rights."""
    asked = {"app_label": "events", "model_name": "guest", "field_name": "contact", "term": "z"}
    response = office("otto").get("/admin/autocomplete/", asked)
    names = [found["text"] for found in response.json()["results"]]
    mine = Contact.objects.filter(guest__event=cast.event, key__contains="z").values_list("name", flat=True)
    assert sorted(names) == sorted(mine)
    assert office("ken").get("/admin/autocomplete/", asked).status_code == 403


def test_navigation_shows_own_events_and_no_administration_to_an_organiser(office, cast):
    page = office("otto").get(f"/admin/events/event/{cast.event.pk}/overview/").content.decode()
    assert "Sommerfest" not in page
    assert "/admin/auth/user/" not in page


def test_visitor_without_an_event_is_met_kindly(office):
    page = office("nora").get("/admin/")
    assert page.status_code == 200
    assert settings.CONTACT_NAME in page.content.decode()


def test_a_role_arrives_at_its_own_page_and_finds_no_other_in_the_menu(office, cast):
    """Pia's only event leads her straight to her list."""
    pia, mine = office("pia"), reverse("admin:event_photographer", args=[cast.event.pk])
    assert pia.get("/admin/")["Location"] == mine
    page = pia.get(mine).content.decode()
    adds = reverse("admin:event_photo_add", args=[cast.event.pk])
    assert set(re.findall(r'href="(/admin/[^"]*)"', page)) == {mine, adds, "/admin/?all=1", "/admin/password_change/"}
    assert "Sommerfest" not in page
    assert f'href="{mine}"' in pia.get("/admin/?all=1").content.decode()


def test_pages_of_roles_are_pages_there_are():
    there_are = {getattr(address, "name", None) for address in admin.site.get_urls()}
    for role, pages in PAGES_OF_ROLE.items():
        assert role in Membership.Role and pages
        assert set(pages) <= there_are
        reverse(f"admin:{pages[0]}", args=[1])  # where the role arrives


@pytest.mark.parametrize(
    ("who", "event"), [("pia", "other_event"), *((who, "event") for who in ("ken", "nora", "olga"))]
)
def test_a_page_of_a_role_is_found_by_that_role_at_its_own_event_only(office, cast, who, event):
    url = reverse("admin:event_photographer", args=[getattr(cast, event).pk])
    assert office(who).get(url).status_code == 404


def test_roles_are_looked_up_once_per_request(office, cast, ids):
    client = office("otto")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/admin/events/guest/{cast.greta.pk}/change/")
    assert len([query for query in asked if "events_membership" in query["sql"]]) == 1


@pytest.mark.parametrize("section", ["answers", "outbox"])
def test_what_only_an_action_makes_cannot_be_added_by_hand(office, cast, section):
    url = reverse(f"admin:event_{section}_add", args=[cast.event.pk])
    assert office("root").get(url).status_code == 403
