"""An organiser throws a draft away: what goes is told and asked once; else why it stays, and how to cancel it."""

import pytest
from django.utils.html import escape

from events.models import Contact, Event, Guest
from tests import factories


@pytest.fixture
def draft(cast):
    Event.objects.filter(pk=cast.event.pk).update(state="draft")
    Guest.objects.filter(event=cast.event).update(answered_at=None)
    for guest in (cast.greta, cast.ines):
        guest.answer_set.update(state="no_answer", answered_at=None)
    cast.event.refresh_from_db()
    return cast.event


@pytest.fixture
def address(cast):
    return f"/admin/events/event/{cast.event.pk}/throw-away/"


def test_counts_are_told_first_and_looking_changes_nothing(office, draft, address):
    factories.make_companion(Guest.objects.filter(event=draft).first(), "Med Følge")
    shown = office("otto").get(address)
    assert [n for n, _what in shown.context["goes"]] == [4, 0, 3]
    assert Event.objects.filter(pk=draft.pk).exists()


def test_it_is_gone_by_one_press_says_so_and_contacts_stay(office, draft, address, cast):
    client = office("otto")
    people, seen = Contact.objects.count(), client.get(address).context["seen"]
    after = client.post(address, {"seen": seen}, follow=True)
    assert not Event.objects.filter(pk=draft.pk).exists()
    assert Contact.objects.count() == people
    page = after.content.decode()
    assert after.redirect_chain[-1][0] == "/admin/?all=1"
    assert escape(str(draft)) in str(after.context["messages"]._loaded_data[0])
    assert "stoltzen" in page
    assert [thrown.slug for thrown in after.context["thrown_away"]] == ["stoltzen"]
    assert client.get(address).status_code == 404
    assert office("olga").get("/admin/?all=1").context["thrown_away"] == []
    assert [thrown.guests[0] for thrown in office("root").get("/admin/?all=1").context["thrown_away"]] == ["3"]


def test_somebody_who_came_meanwhile_is_shown_before_anything_goes(office, draft, address):
    client = office("otto")
    seen = client.get(address).context["seen"]
    factories.make_guest(draft, "Ny Gjest")
    again = client.post(address, {"seen": seen})
    assert (again.status_code, again.context["is_news"], again.context["goes"][0][0]) == (422, True, 4)
    assert Guest.objects.filter(event=draft).count() == 4


def test_an_open_event_stays_and_is_offered_to_be_cancelled(office, cast, address):
    shown = office("otto").get(address)
    assert len(shown.context["reasons"]) == 2  # open, and Greta has answered
    assert f"/admin/events/event/{cast.event.pk}/state/cancelled/" in shown.content.decode()
    assert office("otto").post(address, {"seen": "3-0-3"}).status_code == 422
    assert Event.objects.filter(pk=cast.event.pk).exists()
    Event.objects.filter(pk=cast.event.pk).update(state="held")
    assert "state/cancelled/" not in office("otto").get(address).content.decode()


def test_the_overview_offers_it_for_drafts_alone(office, draft, address, cast):
    overview = f"/admin/events/event/{draft.pk}/overview/"
    assert address in office("otto").get(overview).content.decode()
    Event.objects.filter(pk=draft.pk).update(state="open")
    assert address not in office("otto").get(overview).content.decode()


@pytest.mark.parametrize("who", ["olga", "ken", "pia", "nora"])
def test_nobody_else_throws_it_away(office, draft, address, who):
    client = office(who)
    assert client.get(address).status_code == client.post(address, {"seen": "3-0-3"}).status_code == 404
    assert Event.objects.filter(pk=draft.pk).exists()
