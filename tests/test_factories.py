"""The ground itself: what every other test takes for granted."""

import os
import smtplib
import subprocess
import sys
from email.message import EmailMessage

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from events.models import Guest
from tests import factories
from tests.sink import DROP, HANG


def a_mail(to="henrik@kunde.example"):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "marte@vertskap.example", to, "Hei"
    message.set_content("Velkommen")
    return message


def send(sink, to="henrik@kunde.example"):
    with smtplib.SMTP(sink.host, sink.port, timeout=1) as client:
        client.send_message(a_mail(to))


def test_cast_is_as_everybody_expects_when_made(cast, now):
    states = {
        guest.first_name: sorted(guest.answer_set.values_list("activity__slug", "state"))
        for guest in Guest.objects.filter(event=cast.event)
    }
    assert states == {
        "Greta": [("dinner", "coming"), ("gathering", "coming"), ("race", "not_coming")],
        "Henrik": [("dinner", "no_answer"), ("gathering", "no_answer"), ("race", "no_answer")],
        "Ines": [("dinner", "not_coming"), ("gathering", "not_coming"), ("race", "not_coming")],
    }
    assert list(Guest.objects.filter(event=cast.other_event)) == [cast.zoe]
    assert timezone.now() == now
    assert str(cast.event.held_on) == "2027-09-24"


def test_clock_stands_until_moved(clock):
    assert clock.move(minutes=3) - factories.NOW == timezone.now() - factories.NOW


def test_child_process_sees_the_rows_of_the_test(child_environment):
    factories.make_event("visible-to-children")
    code = "from events.models import Event; print(Event.objects.get().slug)"
    command = [sys.executable, "-W", "ignore", "manage.py", "shell", "--no-imports", "-c", code]
    shown = subprocess.run(command, env=child_environment, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "visible-to-children"
    assert connection.settings_dict["NAME"] in child_environment["DATABASE_URL"]


def test_sink_keeps_what_it_takes_and_counts_conversations(sink):
    send(sink)
    mail.send_mail("Hei", "Velkommen", None, ["greta@kunde.example"])
    assert sink.recipients == ["henrik@kunde.example", "greta@kunde.example"]
    assert [message["Subject"] for message in sink.messages] == ["Hei", "Hei"]
    assert len(sink.sessions) == 2


def test_sink_refuses_one_address_and_takes_the_others_when_told_so(sink):
    sink.at("rcpt", "550 5.1.1 Unknown", to="borte@kunde.example")
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        send(sink, "borte@kunde.example")
    assert refusal.value.recipients == {"borte@kunde.example": (550, b"5.1.1 Unknown")}
    send(sink)
    assert sink.recipients == ["henrik@kunde.example"]


def test_sink_defers_when_told_so(sink):
    sink.at("data", "451 4.7.1 Try again later")
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        send(sink)
    assert refusal.value.smtp_code == 451
    sink.behave()
    send(sink)
    assert sink.recipients == ["henrik@kunde.example"]


@pytest.mark.parametrize("step", ["mail", "rcpt", "data", "stored"])
def test_sink_drops_the_line_when_told_so(sink, step):
    sink.at(step, DROP)
    with pytest.raises((smtplib.SMTPException, OSError)):
        send(sink)
    assert len(sink.messages) == (1 if step == "stored" else 0)


def test_sink_hangs_until_the_sender_gives_up(sink):
    sink.at("stored", HANG)
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        send(sink)
    assert len(sink.messages) == 1


@pytest.mark.browser
def test_phone_is_small_and_runs_no_script(phone, live_server):
    page = phone()
    page.goto(f"{live_server.url}/static/admin/css/base.css")
    assert page.viewport_size["width"] == 320
    assert page.locator("body").inner_text()


SOME_TESTS = """
import pytest

@pytest.mark.postgres
def test_of_postgres(): assert 0

def test_without_a_tool(): pytest.skip("no tool")
"""


@pytest.mark.parametrize(("ci", "exit_code", "said"), [("", 0, "1 skipped"), ("true", 1, "1 failed")])
def test_what_is_skipped_has_failed_on_a_build_server_and_sqlite_has_no_tests_of_postgres(
    tmp_path, ci, exit_code, said
):
    """A test that SQLite cannot have is deselected, for it is not skipped."""
    (tmp_path / "conftest.py").write_text("from tests.conftest import *")
    (tmp_path / "test_some.py").write_text(SOME_TESTS)
    environment = {**os.environ, "CI": ci, "VERTSKAP_TEST_DB": "sqlite", "TEST_DATABASE_URL": ""}
    command = [sys.executable, "-m", "pytest", "-q", "--ds", "tests.settings", tmp_path]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == exit_code, done.stdout
    assert f"{said}, 1 deselected" in done.stdout
    assert ("Nothing may be skipped under CI: Skipped: no tool" in done.stdout) == bool(ci)
