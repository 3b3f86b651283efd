"""Delivering into a real mail server that refuses, defers, hangs and drops the line."""

import json
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import emails
from events.actions import delivery, messages, privacy, smtp
from events.domain import letter_texts
from events.models import Answer, Bounce, Campaign, Contact, Event, Invitation, Letter, Message, Postbox, links
from tests import factories
from tests.sink import DROP, HANG

pytestmark = pytest.mark.usefixtures("sink")


@pytest.fixture
def impatient(settings, sink):
    """For servers that hang; others may take their time on a busy machine."""
    settings.EMAIL_TIMEOUT = 1


def invite(*guests, **fields):
    return [factories.make_message(guest, key="invitation", **fields) for guest in guests]


def fate(message):
    message.refresh_from_db()
    return message.state, message.error_code


def counts(done):
    return done.sent, done.failed, done.deferred, done.uncertain


def test_a_due_mail_is_sent_and_recorded_when_the_server_takes_it(cast, now, sink):
    Invitation.objects.update(state="drafted", sent_at=None)
    (message,) = invite(cast.greta)
    done = delivery.deliver()
    assert counts(done) == (1, 0, 0, 0)
    assert fate(message) == ("sent", "")
    assert (message.sent_at, message.to_address, message.attempts) == (now, cast.greta.contact.email, 1)
    assert sink.recipients == [cast.greta.contact.email]
    cast.greta.invitation.refresh_from_db()
    assert (cast.greta.invitation.state, cast.greta.invitation.sent_at) == ("sent", now)
    cast.henrik.invitation.refresh_from_db()
    assert cast.henrik.invitation.state == "drafted"


def test_nothing_is_sent_when_it_is_not_due(cast, now, clock, sink):
    invite(cast.greta, due_at=now + timedelta(seconds=1))
    assert counts(delivery.deliver()) == (0, 0, 0, 0)
    clock.move(seconds=1)
    assert counts(delivery.deliver()) == (1, 0, 0, 0)


def test_no_more_than_the_limit_is_sent_when_there_is_one(cast, sink):
    invite(cast.greta, cast.henrik, cast.ines)
    assert counts(delivery.deliver(2)) == (2, 0, 0, 0)
    assert len(sink.messages) == 2


def test_all_mails_go_over_one_connection_until_it_is_renewed(cast, sink, monkeypatch):
    monkeypatch.setattr(smtp, "MESSAGES_PER_CONNECTION", 2)
    invite(cast.greta, cast.henrik, cast.ines)
    delivery.deliver()
    assert (len(sink.messages), len(sink.sessions)) == (3, 2)


def test_the_mail_goes_over_a_new_connection_when_the_old_one_was_dropped_while_idle(cast, sink):
    line = get_connection()
    invite(cast.greta, cast.henrik)
    delivery.deliver(1, connection=line)
    line.connection.sock.close()
    assert counts(delivery.deliver(connection=line)) == (1, 0, 0, 0)
    assert sink.recipients == [cast.greta.contact.email, cast.henrik.contact.email]
    line.close()


def test_the_address_is_marked_when_it_is_refused_for_good(cast, sink):
    sink.at("rcpt", "550 5.1.1 Unknown", to=cast.greta.contact.email)
    bad, good = invite(cast.greta, cast.henrik)
    assert counts(delivery.deliver()) == (2, 1, 0, 0)
    assert fate(bad) == ("failed", "address_refused")
    assert fate(good) == ("sent", "")
    assert list(Contact.objects.filter(email_fails=True)) == [cast.greta.contact]
    assert bounce_of(bad) == ("address_wrong", "5.1.1", "server")
    assert Bounce.objects.get().guest == cast.greta
    to_host = sink.messages[-1]
    assert (to_host["To"], to_host["Subject"]) == (cast.host.email, "E-posten til en gjest kommer ikke frem")
    text = to_host.get_body(("plain",)).get_content()
    assert "Greta Åsen" in text
    assert letter_texts.words("nb").troubles["address_wrong"] in " ".join(text.split())
    assert links.token(cast.greta.invitation) not in text
    assert to_host["Reply-To"].addresses[0].addr_spec == cast.event.contact[1]  # what goes to Greta does not arrive


def bounce_of(message):
    return Bounce.objects.filter(message=message).values_list("kind", "status", "source").get()


def test_the_host_hears_of_each_address_once_when_mails_fail_again_and_again(cast, now, sink):
    sink.at("rcpt", "550 5.1.1 Unknown", to=cast.greta.contact.email)
    sink.at("rcpt", "550 5.1.1 Unknown", to="new@kunde.example")
    (message,) = invite(cast.greta)
    for _time in range(2):
        delivery.deliver()
        messages.send_again(message, by=cast.otto, channel="office", now=now)
    assert sink.recipients == [cast.host.email]
    Contact.objects.filter(guest=cast.greta).update(email="new@kunde.example", email_fails=False)
    delivery.deliver()
    assert sink.recipients == [cast.host.email] * 2
    assert Bounce.objects.count() == 1
    assert Contact.objects.get(guest=cast.greta).email_fails


def test_nobody_is_told_and_nobody_marked_when_a_hosts_own_address_is_refused(cast, now, clock, sink):
    sink.at("rcpt", "550 5.1.1 Unknown", to=cast.host.email)
    sink.at("rcpt", "550 5.1.1 Unknown", to=cast.greta.contact.email)
    invite(cast.greta)
    assert counts(delivery.deliver()) == (0, 2, 0, 0)
    assert counts(delivery.deliver()) == (0, 0, 0, 0)
    failed = Message.objects.get(letter="bounced")
    assert fate(failed) == ("failed", "address_refused")
    assert bounce_of(failed)[0] == "address_wrong"
    assert Contact.objects.filter(email_fails=True).count() == 1


def test_nobody_is_told_of_a_guest_who_was_forgotten_while_the_server_refused(cast, now, sink, monkeypatch):
    sink.at("rcpt", "550 5.1.1 Unknown", to=cast.greta.contact.email)
    send = smtp.Line.send

    def forgotten_meanwhile(line, parcel):
        privacy.forget_guest(cast.greta, by=None, channel="web", now=now)
        send(line, parcel)

    monkeypatch.setattr(smtp.Line, "send", forgotten_meanwhile)
    invite(cast.greta)
    assert counts(delivery.deliver()) == (0, 1, 0, 0)
    assert not Message.objects.filter(letter="bounced").exists()


@pytest.mark.parametrize(
    ("reply", "code", "kind", "status"),
    [
        ("552 5.2.2 Full", "mailbox_full", "mailbox_full", "5.2.2"),
        ("552 No room", "mailbox_full", "mailbox_full", ""),
        ("550 5.7.1 Listed at a blocklist", "policy_refused", "policy", "5.7.1"),
        ("550 Blocked for spam", "policy_refused", "policy", ""),
        ("550 5.1.8 Your domain does not exist", "policy_refused", "policy", "5.1.8"),
        ("554 5.4.4 No way there", "came_back", "other", "5.4.4"),
        ("554 No", "came_back", "other", ""),
    ],
)
def test_the_address_is_not_marked_when_the_refusal_is_not_about_it(cast, sink, reply, code, kind, status):
    sink.at("rcpt", reply, to=cast.greta.contact.email)
    (message,) = invite(cast.greta)
    delivery.deliver()
    assert fate(message) == ("failed", code)
    assert bounce_of(message) == (kind, status, "server")
    assert not Contact.objects.filter(email_fails=True).exists()
    assert sink.recipients == [cast.host.email]


def test_the_address_is_marked_when_an_old_server_gives_no_status(cast, sink):
    sink.at("rcpt", "550 No such user", to=cast.greta.contact.email)
    invite(cast.greta)
    delivery.deliver()
    assert Contact.objects.get(email_fails=True) == cast.greta.contact


def test_another_address_is_not_marked_when_it_was_put_right_before_the_server_refused(cast, sink, monkeypatch):
    sink.at("rcpt", "550 5.1.1 Unknown", to=cast.greta.contact.email)
    send = smtp.Line.send

    def put_right_meanwhile(line, parcel):
        Contact.objects.filter(guest=cast.greta).update(email="right@kunde.example")
        send(line, parcel)

    monkeypatch.setattr(smtp.Line, "send", put_right_meanwhile)
    invite(cast.greta)
    delivery.deliver()
    assert not Contact.objects.filter(email_fails=True).exists()


def test_the_rest_of_the_letter_waits_for_a_person_when_its_text_is_refused(cast, now, sink):
    sink.at("data", "554 5.7.0 Too much of a good thing")
    refused, other = invite(cast.greta, cast.henrik)
    (elsewhere,) = invite(cast.zoe, due_at=now + timedelta(hours=1))
    done = delivery.deliver()
    assert (done.failed, done.stopped) == (1, 1)
    assert fate(refused) == ("failed", "letter_refused")
    assert fate(other) == ("stopped", "letter_refused")
    assert fate(elsewhere) == ("queued", "")
    assert not Contact.objects.filter(email_fails=True).exists()
    assert Postbox.objects.get().refused == [[cast.event.pk, "invitation", None, now.isoformat()]]
    sink.behave()
    messages.send_again(other, by=cast.otto, channel="office", now=now)
    assert counts(delivery.deliver()) == (1, 0, 0, 0)
    assert Postbox.objects.get().refused == []


def test_the_campaign_is_stopped_and_no_other_when_its_text_is_refused(cast, now, sink):
    sink.at("data", "554 5.6.0 No", to=cast.greta.contact.email)
    this, other = (
        Campaign.objects.create(event=cast.event, letter="free", state="queued", created_at=now, due_at=now)
        for _campaign in range(2)
    )
    Letter.objects.create(event=cast.event, kind="free", language="nb", subject="Hei", body="Hei")
    rows = [factories.make_message(guest, "free", campaign=this) for guest in (cast.greta, cast.henrik)]
    later = factories.make_message(cast.henrik, "free", campaign=other)
    done = delivery.deliver()
    assert (done.sent, done.failed, done.stopped) == (1, 1, 1)
    assert [fate(row) for row in rows] == [("failed", "letter_refused"), ("stopped", "letter_refused")]
    assert Postbox.objects.get().refused == [[cast.event.pk, "free", this.pk, now.isoformat()]]  # another's is taken
    assert fate(later) == ("sent", "")
    assert list(Campaign.objects.order_by("pk").values_list("state", "stopped_at")) == [
        ("stopped", now), ("queued", None),
    ]  # fmt: skip


def test_others_still_get_theirs_when_one_confirmation_is_refused(cast, now, clock, sink):
    sink.at("data", "554 5.7.0 No", to=cast.greta.contact.email)
    messages.queue([messages.confirmation(guest, now=now) for guest in (cast.greta, cast.ines)], by=None, now=now)
    clock.move(minutes=3)
    assert counts(delivery.deliver()) == (1, 1, 0, 0)


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_the_mail_waits_longer_each_time_when_the_server_says_later(cast, now, clock, sink, step):
    sink.at(step, "451 4.7.1 Greylisted")
    (message,) = invite(cast.greta)
    waits = []
    for _ in range(6):
        assert counts(delivery.deliver()) == (0, 0, 1, 0)
        message.refresh_from_db()
        waits.append((message.due_at - clock.now) / timedelta(minutes=1))
        clock.now = message.due_at
    assert waits == [1, 5, 15, 60, 240, 240]
    assert fate(message) == ("queued", "later_451")
    sink.behave()
    assert counts(delivery.deliver()) == (1, 0, 0, 0)
    assert len(sink.messages) == 1


def test_the_program_gives_up_when_two_days_are_over(cast, now, clock, sink):
    sink.at("rcpt", "450 4.2.0 Later")
    (message,) = invite(cast.greta)
    while delivery.deliver().deferred and message.state == "queued":
        message.refresh_from_db()
        clock.now = message.due_at
    assert fate(message) == ("failed", "gave_up")
    assert bounce_of(message) == ("other", "", "server")
    assert Message.objects.get(letter="bounced").guest == cast.greta
    assert timedelta(hours=44) < clock.now - now <= timedelta(hours=48)


def test_all_that_is_due_waits_when_the_server_is_away(cast, now, clock, settings):
    settings.EMAIL_PORT = 1
    queued = invite(cast.greta, cast.henrik, cast.zoe)
    assert counts(delivery.deliver()) == (0, 0, 3, 0)
    assert [fate(message) for message in queued] == [("queued", "no_connection")] * 3
    assert {(message.attempts, message.due_at) for message in queued} == {(1, now + timedelta(minutes=1))}
    for _ in range(30):
        clock.move(hours=4)
        delivery.deliver()
    assert [fate(message) for message in queued] == [("failed", "gave_up")] * 3


@pytest.mark.parametrize("step", ["mail", "rcpt"])
def test_the_mail_is_tried_later_when_the_line_drops_before_the_text(cast, sink, step):
    sink.at(step, DROP)
    (message,) = invite(cast.greta)
    assert counts(delivery.deliver()) == (0, 0, 1, 0)
    assert fate(message) == ("queued", "no_connection")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("what", [DROP, HANG])
def test_the_mail_is_uncertain_and_not_sent_by_itself_when_no_reply_comes_to_the_end(cast, clock, sink, what):
    sink.at("stored", what)
    (message,) = invite(cast.greta)
    assert counts(delivery.deliver()) == (0, 0, 0, 1)
    assert fate(message) == ("uncertain", "no_reply_after_sending")
    sink.behave()
    clock.move(days=3)
    assert counts(delivery.deliver()) == (0, 0, 0, 0)
    assert len(sink.messages) == 1


def test_others_wait_when_the_server_is_silent_twice(cast, sink, impatient):
    sink.at("rcpt", HANG)
    queued = invite(cast.greta, cast.henrik, cast.zoe)
    assert counts(delivery.deliver()) == (0, 0, 3, 0)
    assert [message.attempts for message in Message.objects.order_by("pk")] == [1, 1, 1]
    assert [fate(message)[0] for message in queued] == ["queued"] * 3


@pytest.mark.parametrize(
    ("step", "reply", "code"),
    [
        ("mail", "530 5.7.0 Authentication required", "login_refused"),
        ("mail", "550 5.7.60 Not allowed to send as this sender", "sender_refused"),
        ("rcpt", "554 5.7.1 Relay access denied", "relay_refused"),
    ],
)
def test_all_stays_queued_with_an_alarm_when_the_fault_is_ours(cast, now, clock, sink, step, reply, code):
    sink.at(step, reply)
    queued = invite(cast.greta, cast.henrik)
    done = delivery.deliver()
    assert done.alarm == code
    assert (done.sent, done.failed) == (0, 0)
    assert [fate(message) for message in queued] == [("queued", code)] * 2
    assert {(message.attempts, message.due_at) for message in queued} == {(0, now)}
    assert alarm() == (code, now)
    clock.move(minutes=5)
    delivery.deliver()
    assert alarm() == (code, now)  # since the first time
    sink.behave()
    assert counts(delivery.deliver()) == (2, 0, 0, 0)
    assert alarm() == ("", None)


def alarm():
    return Postbox.objects.values_list("alarm", "alarm_at").get()


def test_the_alarm_ends_when_the_server_speaks_of_one_address_only(cast, sink):
    sink.at("mail", "530 5.7.0 Authentication required")
    invite(cast.greta)
    delivery.deliver()
    sink.behave()
    sink.at("rcpt", "550 5.1.1 Unknown", to=cast.greta.contact.email)
    delivery.deliver(1)
    assert alarm() == ("", None)


def test_the_alarm_sounds_when_the_server_is_away_and_ends_when_it_is_back(cast, now, clock, settings, sink):
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    invite(cast.greta)
    delivery.deliver()
    assert alarm() == ("no_connection", now)
    settings.EMAIL_PORT = right
    clock.move(minutes=1)
    delivery.deliver()
    assert alarm() == ("", None)


def test_all_stays_queued_with_an_alarm_when_the_server_offers_no_login(cast, settings, sink):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "vertskap", "wrong"
    (message,) = invite(cast.greta)
    assert delivery.deliver().alarm == "login_refused"
    assert fate(message) == ("queued", "login_refused")


def test_an_abandoned_row_is_uncertain_when_its_lease_runs_out(cast, now, clock, sink):
    (message,) = invite(cast.greta, state="sending", lease_until=now + timedelta(minutes=10), attempts=1)
    assert counts(delivery.deliver()) == (0, 0, 0, 0)
    clock.move(minutes=10)
    assert counts(delivery.deliver()) == (0, 0, 0, 1)
    assert fate(message) == ("uncertain", "interrupted")
    assert sink.messages == []


def test_an_uncertain_mail_goes_with_the_same_message_id_when_a_person_sends_it_again(cast, now, sink):
    (message,) = invite(cast.greta, state="uncertain", attempts=1)
    messages.send_again(message, by=cast.otto, channel="office", now=now)
    assert counts(delivery.deliver()) == (1, 0, 0, 0)
    assert sink.messages[0]["Message-ID"] == message.message_id


UNWANTED = {
    "revoked": lambda guest: Invitation.objects.filter(guest=guest).update(state="revoked"),
    "unsubscribed": lambda guest: Contact.objects.filter(guest=guest).update(unsubscribed_at=factories.NOW),
    "no_email": lambda guest: Contact.objects.filter(guest=guest).update(email="", email_key=""),
    "bounced": lambda guest: Contact.objects.filter(guest=guest).update(email_fails=True),
    "event_not_open": lambda guest: Event.objects.filter(guest=guest).update(state="cancelled"),
}


@pytest.mark.parametrize("reason", UNWANTED)
def test_an_invitation_is_stopped_when_it_is_not_right_any_more(cast, sink, reason):
    (message,) = invite(cast.greta)
    UNWANTED[reason](cast.greta)
    done = delivery.deliver()
    assert (done.sent, done.stopped) == (0, 1)
    assert fate(message) == ("stopped", reason)
    assert sink.messages == []


def test_a_confirmation_still_goes_out_when_the_guest_wants_no_invitations(cast, now, clock, sink):
    UNWANTED["unsubscribed"](cast.greta)
    messages.queue([messages.confirmation(cast.greta, now=now)], by=None, now=now)
    clock.move(minutes=2)
    assert counts(delivery.deliver()) == (1, 0, 0, 0)


def test_the_good_news_is_stopped_when_the_guest_has_given_the_place_back(cast, now, sink):
    answer = cast.greta.answer_set.get(activity__slug="dinner")
    messages.queue([messages.promotion(answer, now=now)], by=None, now=now)
    Answer.objects.filter(pk=answer.pk).update(state="not_coming")
    assert delivery.deliver().stopped == 1
    assert Message.objects.get().error_code == "no_longer_true"


def test_the_older_mail_is_stopped_when_a_newer_of_the_same_letter_waits(cast, now, clock, sink):
    sink.at("rcpt", "451 4.7.1 Greylisted")
    messages.queue([messages.confirmation(cast.greta, now=now)], by=None, now=now)
    clock.move(minutes=2)
    delivery.deliver()
    messages.queue([messages.confirmation(cast.greta, now=clock.now)], by=None, now=clock.now)
    sink.behave()
    clock.move(minutes=1)
    assert delivery.deliver().stopped == 1
    clock.move(minutes=1)
    assert delivery.deliver().sent == 1
    assert [row.error_code for row in Message.objects.order_by("pk")] == ["superseded", ""]
    assert len(sink.messages) == 1


def test_the_mail_says_the_last_state_when_the_guest_changed_before_it_left(cast, now, clock, sink):
    messages.queue([messages.confirmation(cast.greta, now=now)], by=None, now=now)
    Answer.objects.filter(guest=cast.greta).update(state="not_coming", answered_at=now)
    clock.move(minutes=2)
    delivery.deliver()
    assert "Du kommer ikke" in sink.messages[0].get_body(("plain",)).get_content()


def test_what_guests_wait_for_goes_first_when_a_campaign_is_on_its_way(cast, now, clock, sink):
    invite(cast.greta, cast.henrik, due_at=now - timedelta(hours=1))
    messages.queue([messages.link_again(cast.ines, now=now)], by=None, now=now)
    delivery.deliver(1)
    assert sink.recipients == [cast.ines.contact.email]


def test_the_mail_fails_with_a_code_when_a_name_holds_a_line_break(cast, sink):
    host = cast.greta.host
    host.name = "Marte\r\nBcc: everybody@kunde.example"
    host.save()
    (bad,) = invite(cast.greta)
    invite(cast.ines)
    assert counts(delivery.deliver()) == (1, 1, 0, 0)
    assert fate(bad) == ("failed", "line_break_in_header")
    assert sink.recipients == [cast.ines.contact.email]


def test_the_mail_waits_and_others_go_when_a_fault_of_ours_is_in_the_way(cast, now, sink, monkeypatch):
    compose = emails.compose

    def faulty(kind, guest, *args, **options):
        return 1 / (guest != cast.greta) and compose(kind, guest, *args, **options)

    monkeypatch.setattr(emails, "compose", faulty)
    bad, good = invite(cast.greta, cast.henrik)
    assert counts(delivery.deliver()) == (1, 0, 1, 0)
    assert (fate(bad), fate(good)) == (("queued", "unwritable"), ("sent", ""))
    assert bad.due_at == now + timedelta(minutes=1)


def test_the_row_holds_what_was_said_and_no_link_when_it_was_sent(cast, now, sink):
    (message,) = invite(cast.greta)
    delivery.deliver()
    message.refresh_from_db()
    body = sink.messages[0].get_body(("plain",)).get_content()
    assert links.url(cast.greta.invitation) in body
    stored = json.dumps(message.content, ensure_ascii=False) + message.subject
    assert "Hei Greta!" in stored
    assert links.token(cast.greta.invitation) not in stored
    assert links.token(cast.greta.invitation)[:22] not in stored
    assert "/i/" not in stored
    assert "/u/" not in stored


def queries_for(event, number):
    guests = [factories.make_guest(event, answers={"dinner": "coming"}) for _ in range(number)]
    Invitation.objects.update(state="drafted", sent_at=None)
    invite(*guests)
    with CaptureQueriesContext(connection) as captured:
        assert delivery.deliver().sent == number
    ours = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return len([query for query in captured if not query["sql"].startswith(ours)])


def test_a_message_costs_three_queries_at_most_when_many_are_sent(cast, sink):
    few, many = queries_for(cast.event, 10), queries_for(cast.event, 60)
    assert (many - few) / 50 <= 3
    assert many <= 3 * 60


def test_the_run_ends_between_two_mails_when_it_is_told_to_stop(cast, sink):
    invite(cast.greta, cast.henrik, cast.ines)
    done = delivery.deliver(should_stop=lambda: len(sink.messages) == 2)
    assert done.sent == 2
    assert Message.objects.filter(state="queued").count() == 1


def test_the_truth_is_recorded_when_a_slow_mail_was_reaped_meanwhile(cast, clock, sink, monkeypatch):
    (message,) = invite(cast.greta)
    send = smtp.Line.send

    def slow(line, parcel):
        send(line, parcel)
        Message.objects.update(state="uncertain", lease_until=None)

    monkeypatch.setattr(smtp.Line, "send", slow)
    assert counts(delivery.deliver()) == (1, 0, 0, 0)
    assert fate(message) == ("sent", "")
