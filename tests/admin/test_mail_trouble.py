"""What keeps mails from leaving, told on organisers' pages; and what servers say, told on guest and mail."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import bounces, postbox
from events.models import Bounce, Contact, Message, Postbox
from tests import factories

PAGES = ["events/event/{}/overview/", "events/event/{}/guests/", "events/company/", "?all=1", "password_change/"]


def page(client, address):
    """The text of a page, without markup."""
    answer = client.get(f"/admin/{address}")
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2])
    return " ".join(text.split()).replace("&#x27;", "'")


@pytest.fixture
def english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_that_no_mail_leaves_when_the_login_is_refused(office, cast, now, clock, address):
    waiting = [factories.make_message(guest) for guest in (cast.greta, cast.zoe)]
    factories.make_message(cast.henrik, due_at=now + timedelta(days=1))
    postbox.sound("login_refused", now=now)
    clock.move(hours=2)
    address = address.format(cast.event.pk)
    text = page(office("otto"), address)
    assert "No mail leaves the house" in text
    assert "Our mail server refuses our login. Tell whoever runs this site." in text
    assert "Since today 11:00. 2 mails wait and go by themselves once it works again; none is lost." in text
    Message.objects.filter(pk__in=[row.pk for row in waiting]).update(state="sent", sent_at=now)
    assert "No mail waits just now." in page(office("otto"), address)
    postbox.all_clear()
    assert "No mail leaves" not in page(office("otto"), address)


@pytest.mark.usefixtures("english")
def test_a_server_that_is_away_is_no_alarm_until_ten_minutes_are_over(office, cast, now, clock):
    factories.make_message(cast.greta, due_at=now + timedelta(hours=1), error_code="no_connection")
    postbox.sound("no_connection", now=now)
    clock.move(minutes=9)
    address = f"events/event/{cast.event.pk}/overview/"
    assert "No mail leaves" not in page(office("otto"), address)
    clock.move(minutes=1)
    assert "The mail server could not be reached. It is tried again by itself." in page(office("otto"), address)
    assert "1 mail waits" in page(office("otto"), address)


def test_nobody_hears_of_it_who_does_not_organise(office, cast, now):
    postbox.sound("login_refused", now=now)
    postbox.refuse(factories.make_message(cast.greta), now=now)
    for who, address in (("ken", "kitchen/"), ("pia", "photographer/")):
        answer = office(who).get(f"/admin/events/event/{cast.event.pk}/{address}")
        assert answer.status_code == 200
        assert b'class="alarm"' not in answer.content
        assert office(who).post("/admin/mail/try-again/").status_code == 404
    assert b'class="alarm"' not in office("anonymous").get("/admin/login/").content
    assert Postbox.objects.get().retry_asked_at is None


def test_mails_are_tried_at_once_when_somebody_presses_it(office, cast, now):
    later = factories.make_message(cast.greta, due_at=now + timedelta(hours=4), error_code="no_connection")
    postbox.sound("no_connection", now=now)
    back = f"/admin/events/event/{cast.event.pk}/guests/?q=greta"
    answer = office("otto").post("/admin/mail/try-again/", {"back": back})
    assert (answer.status_code, answer["Location"]) == (302, back)
    later.refresh_from_db()
    assert later.due_at == now
    assert Postbox.objects.get().retry_asked_at == now
    elsewhere = office("otto").post("/admin/mail/try-again/", {"back": "https://evil.example/"})
    assert elsewhere["Location"] == "/admin/"
    assert office("otto").post("/admin/mail/try-again/", {"back": "//evil.example/"})["Location"] == "/admin/"
    assert office("otto").get("/admin/mail/try-again/").status_code == 405


@pytest.mark.usefixtures("english")
def test_a_refused_letter_is_told_to_its_own_organisers_until_one_has_seen_it(office, cast, now):
    postbox.refuse(factories.make_message(cast.greta), now=now)
    address = f"events/event/{cast.event.pk}/overview/"
    client = office("otto")
    assert "The mail server refused a letter: invitation, Stoltzen" in page(client, address)
    assert f"/admin/events/event/{cast.event.pk}/outbox/?state=stopped&amp;letter=invitation" in (
        client.get(f"/admin/{address}").content.decode()
    )
    olga = f"events/event/{cast.other_event.pk}/overview/"
    assert "refused a letter" not in page(office("olga"), olga)
    seen = f"/admin/events/event/{cast.event.pk}/outbox/refused/invitation/seen/"
    assert office("olga").post(seen).status_code == 404
    assert office("otto").post(seen.replace("invitation", "nothing")).status_code == 404
    assert office("otto").post(seen, {"back": f"/admin/{address}"}).status_code == 302
    assert "refused a letter" not in page(office("otto"), address)


@pytest.mark.usefixtures("english")
def test_it_is_said_how_many_mails_wait_for_the_hour_and_until_when(office, cast, now, settings):
    settings.MAILS_PER_HOUR = 2
    first = factories.make_message(cast.greta)
    for guest in (cast.henrik, cast.ines):
        factories.make_message(guest)
    factories.make_message(cast.zoe)
    name, _ids = postbox.let_through([(1, False), (2, False)], now=now)
    postbox.give_back(name, 2, now=now)
    client = office("otto")
    said = "3 mails wait their turn. No more than 2 mails may leave within an hour. The next go at 12.00."
    for section in ("overview/", "outbox/"):
        assert said in page(client, f"events/event/{cast.event.pk}/{section}").replace("12:00", "12.00")
    assert "wait their turn" not in page(client, f"events/event/{cast.event.pk}/guests/")
    assert "1 mail waits its turn." in page(client, f"events/message/{first.pk}/change/")
    settings.MAILS_PER_HOUR = 5
    assert "turn" not in page(client, f"events/event/{cast.event.pk}/outbox/")


def test_it_costs_one_query_a_page_when_all_is_well_and_two_when_it_is_not(office, cast, now):
    client = office("otto")
    address = f"/admin/events/event/{cast.event.pk}/guests/"

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len([query for query in queries if "postbox" in query["sql"]]), len(queries)

    asked()
    about_it, calm = asked()
    assert about_it == 1
    postbox.sound("login_refused", now=now)
    assert asked() == (1, calm + 1)


def failed(guest, kind, **fields):
    message = factories.make_message(guest, state="sent", sent_at=timezone.now())
    bounces.came_back(message, kind=kind, source=fields.pop("source", "server"), now=timezone.now(), **fields)
    return message


WHAT_TO_DO = {
    "address_wrong": ("The address does not exist", "Ask the guest for the right one, and put it on the contact."),
    "mailbox_full": ("The mailbox is full", "The guest's mailbox is full. Try again later, or call."),
    "policy": ("Refused by the receiver's rules", "does not take mail from us. Call, or give the guest the link."),
    "other": ("Not delivered", "Call the guest, or ask for another address."),
    "delayed": ("Still on its way", "the mail is still being tried. If it is urgent, call."),
}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("kind", Bounce.Kind)
def test_guest_and_mail_say_what_happened_and_what_helps_when_a_mail_did_not_arrive(office, cast, kind):
    message = failed(cast.greta, kind, status="5.0.0", source="mail")
    what, help_ = WHAT_TO_DO[kind]
    guest = page(office("otto"), f"events/guest/{cast.greta.pk}/change/")
    mail = page(office("otto"), f"events/message/{message.pk}/change/")
    assert help_ in guest
    for text in (guest, mail):
        assert f"{what} (5.0.0), says a mail that came back" in text
    message.refresh_from_db()
    if kind == "delayed":
        assert message.state == "sent"
    else:
        assert (message.state, message.sent_at) == ("failed", None)
        assert help_ in mail
    assert Contact.objects.get(guest=cast.greta).email_fails == (kind == "address_wrong")
    assert "did not arrive" not in page(office("otto"), f"events/guest/{cast.henrik.pk}/change/")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("mended", ["address", "arrived"])
def test_the_guests_page_is_calm_again_when_the_trouble_is_over(office, cast, clock, mended):
    failed(cast.greta, "mailbox_full")
    clock.move(hours=1)
    if mended == "address":
        Contact.objects.filter(guest=cast.greta).update(email="new@kunde.example")
    else:
        factories.make_message(cast.greta, state="sent", sent_at=clock.now)
    assert "A mail did not arrive" not in page(office("otto"), f"events/guest/{cast.greta.pk}/change/")


def test_a_bounce_told_twice_is_one_when_both_server_and_mail_tell(cast, now, clock):
    message = failed(cast.greta, "address_wrong")
    clock.move(days=1)
    assert not bounces.came_back(message, kind="address_wrong", source="server", now=clock.now)
    assert bounces.came_back(message, kind="address_wrong", source="mail", now=clock.now)
    assert Bounce.objects.count() == 2
    assert Message.objects.filter(letter="bounced").count() == 1


@pytest.mark.usefixtures("english")
def test_a_host_sees_what_to_do_and_no_way_to_what_organisers_may(client, cast, now):
    failed(cast.greta, "address_wrong")
    client.force_login(
        factories.make_host_login(cast.event, cast.host), backend="django.contrib.auth.backends.ModelBackend"
    )
    answer = client.get(f"/admin/events/guest/{cast.greta.pk}/change/").content.decode()
    assert "A mail did not arrive" in answer
    assert f"/admin/events/contact/{cast.greta.contact_id}/" not in answer
