"""An organiser saves while somebody else does: neither undoes what the other did."""

import pytest
from django.utils import timezone

from events.actions import answers, contacts, guests, subscriptions
from events.admin.guest import GuestAdmin
from events.domain.answers import Choice
from events.models import Invitation
from tests import factories


def how():
    return {"by": None, "channel": "web", "now": timezone.now()}


@pytest.fixture
def meanwhile(monkeypatch):
    """meanwhile(where, name, deed) does the deed when the organiser's form has been read and before it is stored."""

    def meanwhile(where, name, deed):
        store = getattr(where, name)

        def slowly(*args, **kwargs):
            deed()
            return store(*args, **kwargs)

        monkeypatch.setattr(where, name, slowly)

    return meanwhile


def save_guest(client, guest):
    """The form of the guest's page, with a note and a personal line."""
    posted = {
        "companions_allowed": "0",
        "note": "likes stairs",
        "invitation-TOTAL_FORMS": "1",
        "invitation-INITIAL_FORMS": "1",
        "invitation-0-id": guest.invitation.pk,
        "invitation-0-guest": guest.pk,
        "invitation-0-personal_line": "See you!",
    }
    assert client.post(f"/admin/events/guest/{guest.pk}/change/", posted).status_code == 302


def test_answer_stands_when_the_note_is_saved_at_the_same_time(office, cast, meanwhile):
    henrik = cast.henrik
    meanwhile(GuestAdmin, "save_model", lambda: answers.give(henrik, {"dinner": Choice.COMING}, **how()))
    save_guest(office("otto"), henrik)
    henrik.refresh_from_db()
    assert (henrik.note, henrik.answered_at is not None) == ("likes stairs", True)


def test_ended_link_stays_ended_when_the_personal_line_is_saved_at_the_same_time(office, cast, meanwhile):
    henrik, address = cast.henrik, factories.page_of(cast.henrik)
    meanwhile(GuestAdmin, "save_formset", lambda: guests.renew_link(henrik, **how()))
    client = office("otto")
    save_guest(client, henrik)
    invitation = Invitation.objects.get(guest=henrik)
    assert (invitation.version, invitation.personal_line) == (2, "See you!")
    assert client.get(address).status_code == 404


def test_wish_for_no_more_mail_stands_when_the_phone_is_saved_at_the_same_time(office, cast, meanwhile):
    meanwhile(contacts, "save", lambda: subscriptions.unsubscribe(cast.henrik, **how()))
    contact = cast.henrik.contact
    posted = {"name": contact.name, "email": contact.email, "phone": "55 55 55 55"}
    assert office("otto").post(f"/admin/events/contact/{contact.pk}/change/", posted).status_code == 302
    contact.refresh_from_db()
    assert (contact.phone, contact.unsubscribed_at is not None) == ("55 55 55 55", True)
