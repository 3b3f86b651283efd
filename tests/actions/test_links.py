""" "Send me my link again": to the stored address only."""

import pytest
from django_tasks_db.models import DBTaskResult

from events.actions import delivery, links, subscriptions
from events.management.background import run_mail_tasks
from events.models import Company, Contact, Event, History, Invitation, Message
from events.models import links as personal
from tests import factories


def asked(email, now):
    links.send_again(email, now=now)
    return sorted(Message.objects.filter(letter="link").values_list("guest__contact__name", "event__slug"))


def test_each_invitation_with_the_address_gets_one_mail(cast, now):
    again = factories.make_guest(cast.other_event, contact=cast.greta.contact)
    assert asked(cast.greta.contact.email, now) == [("Greta Åsen", "sommerfest"), ("Greta Åsen", "stoltzen")]
    assert set(History.objects.values_list("guest_id", "what")) == {
        (cast.greta.pk, "mail_queued"),
        (again.pk, "mail_queued"),
    }


def test_two_people_get_one_each_when_they_share_an_address(cast, now):
    factories.make_guest(cast.event, "Per Post", email=cast.greta.contact.email)
    assert [name for name, _event in asked(cast.greta.contact.email.upper(), now)] == ["Greta Åsen", "Per Post"]


def test_one_mail_waits_when_it_is_asked_for_three_times(cast, now):
    for _ in range(3):
        asked(cast.greta.contact.email, now)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("email", ["nobody@kunde.example", "", "greta", "greta.asen@kunde.example'--"])
def test_nothing_is_written_when_nobody_has_the_address(cast, now, email):
    factories.make_guest(cast.event, "Nils Utenmail", email="")
    assert asked(email, now) == []


def test_nothing_is_written_when_the_invitation_is_withdrawn(cast, now):
    Invitation.objects.filter(guest=cast.greta).update(state="revoked")
    assert asked(cast.greta.contact.email, now) == []


@pytest.mark.parametrize("state", Event.State.values)
def test_link_goes_only_when_the_event_is_open_or_closed_and_still_to_come(cast, now, state):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    expected = [("Greta Åsen", "stoltzen")] if state in ("open", "closed") else []
    assert asked(cast.greta.contact.email, now) == expected


def test_the_mail_carries_the_link_even_to_those_who_want_no_invitations(cast, now, sink):
    subscriptions.unsubscribe(cast.greta, by=None, channel="mail", now=now)
    links.send_again(cast.greta.contact.email, now=now)
    delivery.deliver()
    (mail,) = sink.messages
    assert personal.url(cast.greta.invitation) in mail.get_body(("plain",)).get_content()
    assert sink.recipients == [cast.greta.contact.email]


@pytest.mark.django_db(transaction=True)  # the task worker opens and closes its own connection
@pytest.mark.parametrize("email", ["greta.asen@kunde.example", "nobody@kunde.example"])
def test_the_page_does_the_same_work_when_the_address_is_known_or_not(cast, client, email, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.post("/", {"email": email})
    assert (response.status_code, response["Location"]) == (302, "/link-sent/")
    assert not Message.objects.exists()
    run_mail_tasks("test")
    assert Message.objects.count() == (email == cast.greta.contact.email)
    assert not DBTaskResult.objects.exists()  # the task held a mail address


def test_answers_stay_when_a_guest_wants_no_more_invitations(cast, now, clock):
    company = Company.objects.get(contact=cast.greta.contact)
    assert subscriptions.unsubscribe(cast.greta, by=None, channel="mail", now=now)
    assert not subscriptions.unsubscribe(cast.greta, by=None, channel="mail", now=clock.move(days=1))
    contact = Contact.objects.get(guest=cast.greta)
    assert (contact.unsubscribed_at, contact.company) == (now, company)
    assert cast.greta.answer_set.filter(state="coming").count() == 2
    assert History.objects.filter(what="unsubscribed").count() == 1
