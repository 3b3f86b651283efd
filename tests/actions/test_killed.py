"""The power goes: `deliver` is killed at each step of a delivery. Nothing is doubled, nothing lost unnoticed."""

import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from events.actions import delivery, messages
from events.models import Event, Message
from tests import factories
from tests.sink import HANG, Sink

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def event(transactional_db):
    return factories.make_event()


@pytest.fixture
def deliver(child_environment):
    """Starts `manage.py deliver` as a process of its own; those still alive at the end are killed."""
    children = []

    def start(url):
        environment = {**child_environment, "EMAIL_URL": url, "EMAIL_TIMEOUT_SECONDS": "60"}
        command = [sys.executable, "manage.py", "deliver"]
        children.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE))
        return children[-1]

    yield start
    for child in children:
        child.kill()
        child.communicate()


def until(is_so, seconds=120):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)


def kill(child):
    child.kill()
    child.wait(10)


def states():
    return sorted(Message.objects.values_list("state", flat=True))


def after_the_lease():
    """Delivers as a worker would that comes along when the lease has run out."""
    later = timezone.now() + timedelta(minutes=11)
    return delivery.deliver(clock=lambda: later)


def test_the_mail_is_still_queued_when_the_power_goes_before_the_claim(event, deliver, sink):
    factories.make_message(factories.make_guest(event))
    with socket.create_server(("127.0.0.1", 0)) as mute:  # takes the connection and never says a word
        child = deliver(f"smtp://127.0.0.1:{mute.getsockname()[1]}")
        line, _address = mute.accept()
        assert states() == ["queued"]
        kill(child)
        line.close()
    assert states() == ["queued"]
    assert delivery.deliver().sent == 1
    assert len(sink.messages) == 1


@pytest.mark.parametrize("step", ["mail", "data"])
def test_the_mail_is_uncertain_when_the_power_goes_between_claim_and_reply(event, deliver, sink, step):
    guests = [factories.make_guest(event) for _ in range(2)]
    first, second = (factories.make_message(guest) for guest in guests)
    sink.at(step, HANG)
    child = deliver(sink.url)
    until(lambda: states() == ["queued", "sending"])
    until(lambda: sink.sessions)
    kill(child)
    sink.behave()
    assert delivery.deliver().sent == 1  # the other one; the lease of the first still runs
    assert states() == ["sending", "sent"]
    assert after_the_lease().uncertain == 1
    assert after_the_lease().total == 0  # never by itself
    first.refresh_from_db()
    assert (first.state, first.error_code) == ("uncertain", "interrupted")
    assert sink.recipients == [second.guest.contact.email]
    messages.send_again(first, by=None, channel="office", now=timezone.now())
    assert delivery.deliver().sent == 1
    assert sorted(sink.recipients) == sorted(guest.contact.email for guest in guests)


class Spiteful(Sink):
    """Takes the mail, and holds the database so that nobody can record it."""

    def __init__(self):
        super().__init__()
        self.is_held, self.let_go = threading.Event(), threading.Event()

    def hold(self):
        with transaction.atomic():
            Event.objects.select_for_update().first()  # on SQLite the transaction alone holds all writers
            Message.objects.select_for_update().first()
            self.is_held.set()
            self.let_go.wait(30)
        connection.close()

    async def handle_DATA(self, server, session, envelope):
        reply = await super().handle_DATA(server, session, envelope)
        threading.Thread(target=self.hold, daemon=True).start()
        self.is_held.wait(10)
        return reply


def forget_what_the_dead_asked_for():
    """PostgreSQL still carries out what it was asked when the client is gone; a power cut takes both."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE wait_event_type = 'Lock' AND datname = current_database()"
            )


def test_the_mail_is_uncertain_and_not_sent_again_when_the_power_goes_before_the_record(event, deliver):
    factories.make_message(factories.make_guest(event))
    with Spiteful() as server:
        child = deliver(server.url)
        assert server.is_held.wait(30)
        time.sleep(0.5)  # the reply is on its way, and the record waits for the database
        assert child.poll() is None
        kill(child)
        forget_what_the_dead_asked_for()
        server.let_go.set()
        assert len(server.messages) == 1
    until(lambda: states() == ["sending"])
    assert after_the_lease().uncertain == 1
    assert after_the_lease().total == 0
    assert states() == ["uncertain"]


def test_each_mail_is_sent_once_when_three_workers_deliver_at_once(event, deliver, sink):
    guests = [factories.make_guest(event) for _ in range(60)]
    for guest in guests:
        factories.make_message(guest)
    children = [deliver(sink.url) for _ in range(3)]
    for child in children:
        assert child.wait(180) == 0
    assert states() == ["sent"] * 60
    assert sorted(sink.recipients) == sorted(guest.contact.email for guest in guests)


def test_no_mail_has_an_old_answer_when_the_guest_changes_while_it_is_claimed(event, sink, monkeypatch):
    """The answer comes after the letter was composed and before the row is claimed."""
    guest = factories.make_guest(event, answers={"dinner": "coming"})
    now = timezone.now()
    messages.queue([messages.confirmation(guest, now=now - timedelta(minutes=3))], by=None, now=now)
    open_line = delivery._Run._open

    def answered_meanwhile(run):
        open_line(run)
        guest.answer_set.filter(activity__slug="dinner").update(state="not_coming")
        messages.queue([messages.confirmation(guest, now=now)], by=None, now=now)

    monkeypatch.setattr(delivery._Run, "_open", answered_meanwhile)
    assert delivery.deliver().sent == 0
    monkeypatch.setattr(delivery._Run, "_open", open_line)
    later = now + timedelta(minutes=2)
    assert delivery.deliver(clock=lambda: later).sent == 1
    assert "Dinner: Du kommer ikke" in sink.messages[0].get_body(("plain",)).get_content()
