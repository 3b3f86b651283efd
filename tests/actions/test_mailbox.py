"""The mailbox, on a real Dovecot: every mail is read once, marked after it is written down, and never deleted."""

import imaplib
import socket
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.core.checks import run_checks
from django.db import connections
from django.utils import timezone

from events.actions import imap, inbound, mailbox
from events.domain.mailboxes import NotAMailbox, read_address
from events.management.background import Background
from events.models import Answer, History, Mailbox, Received
from tests.mails import UID, mail

pytestmark = pytest.mark.django_db(transaction=True)
READ, LEFT = {"\\Seen", imap.KEYWORD}, {"\\Flagged", imap.KEYWORD}


@pytest.fixture
def greta(cast):
    Answer.objects.filter(guest=cast.greta, activity__slug="dinner").update(
        uid=UID, state="no_answer", answered_at=None
    )
    return cast.greta


def kinds(read):
    return [(taken.kind, taken.is_applied) for _name, taken in read.taken]


def dinner(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner").state


def test_mail_is_taken_and_marked_once(greta, dovecot, sink):
    for name in ("google-accepted", "person", "out-of-office-nb", "spam"):
        dovecot.put(mail(name))
    assert kinds(mailbox.read()) == [
        ("calendar_reply", True),
        ("person", True),
        ("auto", False),
        ("unknown", False),
    ]
    assert (dinner(greta), len(sink.messages)) == ("coming", 1)
    assert dovecot.flags() == [READ, READ, READ, LEFT]
    assert mailbox.read().taken == []
    assert Mailbox.objects.get().error_code == ""


def test_mail_a_person_has_read_in_the_mailbox_is_taken_all_the_same(greta, dovecot):
    dovecot.put(mail("google-accepted"))
    with dovecot._connected() as connection:
        connection.select("INBOX")
        connection.store("1", "+FLAGS", "\\Seen")
    assert kinds(mailbox.read()) == [("calendar_reply", True)]


def test_unread_mail_is_taken_when_the_server_keeps_no_keywords(greta, dovecot, monkeypatch):
    monkeypatch.setattr(imap, "KEYWORD", "nowhere")
    monkeypatch.setattr(imap, "_text", lambda answer: "")
    dovecot.put(mail("google-accepted"))
    dovecot.put(mail("spam"))
    assert kinds(mailbox.read()) == [("calendar_reply", True), ("unknown", False)]
    assert dovecot.flags() == [{"\\Seen"}, {"\\Flagged"}]
    assert mailbox.read().taken == []


def test_mail_is_named_for_all_time(greta, dovecot):
    dovecot.put(mail("google-accepted"))
    ((name, _taken),) = mailbox.read().taken
    validity = name.removeprefix("INBOX;UIDVALIDITY=").removesuffix("/;UID=1")
    assert validity.isdigit() and int(validity) > 0


def test_mail_stays_unmarked_when_it_could_not_be_passed_on(greta, dovecot, sink, clock):
    sink.at("rcpt", "451 4.3.0 Later")
    dovecot.put(mail("person"))
    assert kinds(mailbox.read()) == [("person", False)]
    assert dovecot.flags() == [set()]
    sink.behave()
    clock.move(minutes=11)
    assert kinds(mailbox.read()) == [("person", True)]
    assert (dovecot.flags(), len(sink.messages)) == ([READ], 1)


def test_replies_do_not_wait_behind_mails_that_cannot_be_passed_on(greta, dovecot, sink, monkeypatch):
    monkeypatch.setattr(mailbox, "AT_ONCE", 2)
    sink.at("rcpt", "451 4.3.0 Later")
    for number in range(3):
        dovecot.put(mail("person", ("<sporsmal-1", f"<sporsmal-{number}")))
    dovecot.put(mail("google-accepted"))
    assert kinds(mailbox.read()) == [("person", False)] * 3 + [("calendar_reply", True)]
    assert (len(sink.sessions), Received.objects.filter(state="forwarding").count()) == (1, 1)


def test_mail_is_not_marked_when_the_database_goes_away(greta, dovecot, monkeypatch):
    dovecot.put(mail("google-accepted"))

    def power_cut(*args, **kwargs):
        raise connections["default"].Database.OperationalError

    with monkeypatch.context() as patched:
        patched.setattr(inbound, "take", power_cut)
        with pytest.raises(connections["default"].Database.OperationalError):
            mailbox.read()
    assert dovecot.flags() == [set()]
    assert kinds(mailbox.read()) == [("calendar_reply", True)]


def test_mail_is_taken_once_when_its_mark_was_lost(greta, dovecot):
    """The power went after the row was written; or the mailbox was restored from a backup."""
    inbound.take(mail("google-accepted"), now=timezone.now())
    dovecot.put(mail("google-accepted"))
    assert [taken.reason for _name, taken in mailbox.read().taken] == ["seen_before"]
    assert dovecot.flags() == [READ]
    assert History.objects.filter(guest=greta, what="answered").count() == 1


def test_long_mail_is_read_to_256_kb_and_passed_on_whole(greta, dovecot, sink):
    picture = "A" * 75 + "\r\n"
    dovecot.put(mail("person", ("Hilsen Greta", f"Hilsen Greta\r\n{picture * 6000}Slutt")))
    assert kinds(mailbox.read()) == [("person", True)]
    assert len(sink.envelopes[0].content) > 450_000
    _text, enclosed = sink.messages[0].iter_parts()
    assert enclosed.get_content().get_content().splitlines()[-1] == "Slutt"


def test_mail_too_large_to_be_passed_on_is_told_of(greta, dovecot, sink, settings):
    settings.FORWARDED_MAIL_MAX_BYTES = 100
    dovecot.put(mail("person"))
    assert kinds(mailbox.read()) == [("person", True)]
    assert not sink.messages[0].is_multipart()


def test_mail_from_before_our_time_is_let_be(greta, dovecot, monkeypatch):
    monkeypatch.setattr(mailbox, "WE_LOOK_BACK", timedelta(days=30))
    now = datetime.now(UTC)
    dovecot.put(mail("spam"), at=now - timedelta(days=32))
    dovecot.put(mail("google-accepted"), at=now - timedelta(days=29))
    assert kinds(mailbox.read(clock=lambda: now)) == [("calendar_reply", True)]


def test_hundred_mails_are_read_at_a_time(greta, dovecot, monkeypatch):
    monkeypatch.setattr(mailbox, "AT_ONCE", 2)
    for number in range(3):
        dovecot.put(mail("spam", ("<won-1", f"<won-{number}")))
    assert [len(mailbox.read().taken) for _time in range(3)] == [2, 1, 0]


def test_reading_stops_between_two_mails_when_told_to(greta, dovecot):
    dovecot.put(mail("spam"))
    assert mailbox.read(should_stop=lambda: True).taken == []


@pytest.mark.parametrize("scheme", ["imap+ssl", "imap+tls"])
def test_mailbox_is_read_over_tls_from_a_server_that_proves_itself(greta, dovecot, settings, monkeypatch, scheme):
    dovecot.put(mail("google-accepted"))
    settings.INBOUND_URL = dovecot.url(scheme)
    assert mailbox.read().trouble == "connect"
    monkeypatch.setenv("SSL_CERT_FILE", dovecot.certificate)
    assert kinds(mailbox.read()) == [("calendar_reply", True)]


def test_trouble_is_kept_until_the_mailbox_can_be_read(dovecot, settings, clock, caplog):
    began = clock.now
    for url, code in (
        (dovecot.url(password="wrong"), "login"),
        (dovecot.url(folder="Nowhere"), "folder"),
        (dovecot.url(port=1), "connect"),
    ):
        settings.INBOUND_URL = url
        assert mailbox.read().trouble == code
        assert (Mailbox.objects.get().error_code, Mailbox.objects.get().failing_since) == (code, began)
        clock.move(minutes=20)
    assert not Mailbox.objects.unreadable(began + timedelta(minutes=59)).exists()
    assert Mailbox.objects.unreadable(began + timedelta(minutes=60)).exists()
    assert "wrong" not in caplog.text
    settings.INBOUND_URL = dovecot.url()
    assert mailbox.read().trouble == ""
    assert (Mailbox.objects.get().failing_since, Mailbox.objects.get().read_at) == (None, clock.now)


def test_silent_server_does_not_hold_the_worker(db, settings, monkeypatch):
    monkeypatch.setattr(imap, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.INBOUND_URL = f"imap://a:b@127.0.0.1:{silent.getsockname()[1]}/INBOX"
        assert mailbox.read().trouble == "connect"


def test_dropped_line_is_trouble_and_no_fault(greta, dovecot, monkeypatch):
    dovecot.put(mail("spam"))
    monkeypatch.setattr(imaplib.IMAP4, "uid", lambda *words: (_ for _ in ()).throw(imaplib.IMAP4.abort("gone")))
    assert mailbox.read().trouble == "lost"


def test_worker_reads_each_minute_and_of_two_workers_one(greta, dovecot, clock):
    dovecot.put(mail("google-accepted"))
    workers = [Background("one"), Background("two")]
    for worker in workers:
        worker._read_mail(clock.now)
    assert (dinner(greta), Received.objects.count()) == ("coming", 1)
    dovecot.put(mail("spam"))
    clock.move(seconds=59)
    assert mailbox.read_when_due(now=clock.now) is None
    assert kinds(mailbox.read_when_due(now=clock.move(seconds=1))) == [("unknown", False)]


def test_two_readers_at_once_are_harmless(greta, dovecot):
    for name in ("google-accepted", "spam", "out-of-office-nb"):
        dovecot.put(mail(name))
    faults = []

    def read():
        try:
            mailbox.read()
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    readers = [Thread(target=read) for _number in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert faults == []
    assert (Received.objects.count(), History.objects.filter(what="answered").count()) == (3, 1)
    assert dovecot.flags() == [READ, LEFT, READ]


def test_worker_reads_nothing_without_a_mailbox(db, settings):
    settings.INBOUND_URL = ""
    assert mailbox.read_when_due(now=timezone.now()) is None
    assert not Mailbox.objects.exists()


def test_old_rows_go_and_those_that_wait_stay(greta, clock):
    inbound.take(mail("spam"), now=clock.now)
    inbound.take(mail("party-crasher"), now=clock.now)
    mailbox.prune(now=clock.move(days=179))
    assert Received.objects.count() == 2
    mailbox.prune(now=clock.move(days=1))
    assert Received.objects.get().state == "held"


# --- its address ----------------------------------------------------------------------------------


def test_address_is_read_with_signs_escaped():
    address = read_address("imap+ssl://events%40firma.example:p%2Fa%3As@mail.firma.example/Inn%20boks")
    assert (address.user, address.password, address.folder) == ("events@firma.example", "p/a:s", "Inn boks")
    assert (address.host, address.port, address.is_private) == ("mail.firma.example", 993, True)
    assert "p/a:s" not in repr(address)


@pytest.mark.parametrize(
    ("url", "is_private"),
    [("imap://a:b@mail.example", False), ("imap://a:b@127.0.0.1", True), ("imap+tls://a:b@mail.example", True)],
)
def test_password_is_private_over_tls_or_at_home(url, is_private):
    assert (read_address(url).is_private, read_address(url).port, read_address(url).folder) == (
        is_private, 143, "INBOX",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("pop3://a:b@mail.example", "scheme"),
        ("imap+ssl://a:b@/INBOX", "host"),
        ("imap+ssl://mail.example/INBOX", "user"),
        ("imap+ssl://a@mail.example/INBOX", "password"),
        ("imap+ssl://a:b@mail.example/Inn%C3%A5", "folder"),
        ("imap+ssl://a:b@mail.example:many/INBOX", "port"),
        ("nonsense", "scheme"),
    ],
)
def test_address_that_cannot_be_used_says_where_to_look(url, reason):
    with pytest.raises(NotAMailbox) as refused:
        read_address(url)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "contact", ["Events@vertskap.example", "invitasjon@vertskap.example", "marte@vertskap.example"]
)
def test_operator_is_told_when_the_mailbox_is_the_contacts_own(settings, contact):
    settings.INBOUND_URL = "imap+ssl://events%40vertskap.example:secret@mail.vertskap.example/INBOX"
    settings.FROM_EMAIL, settings.CONTACT_EMAIL = "Vertskap <invitasjon@vertskap.example>", contact
    told = [warning.id for warning in run_checks(include_deployment_checks=True) if warning.id == "vertskap.W010"]
    assert told == ([] if contact.startswith("marte") else ["vertskap.W010"])
