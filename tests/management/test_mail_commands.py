"""deliver, queue_letter and worker as people and scripts call them."""

import json
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from events.actions import campaigns, housekeeping, postbox
from events.domain.audiences import Wish
from events.management.background import Background
from events.models import Campaign, Event, GuestListUpload, Invitation, Message, Worker
from events.tasks import carry_on_guest_list, send_links
from tests import factories

own_connection = pytest.mark.django_db(transaction=True)  # the task worker opens and closes its own
ROOT = Path(__file__).resolve().parents[2]


def told(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return json.loads(out.getvalue().splitlines()[-1]) if "--json" in arguments else out.getvalue()


def refusal(*arguments):
    with pytest.raises(CommandError) as error:
        call_command(*arguments, stdout=StringIO())
    return error.value.returncode, str(error.value)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("arguments", "code"), [("links stoltzen --csv", 0), ("answers stoltzen --json", 0), ("answers nowhere --json", 2)]
)
def test_command_ends_quietly_when_its_reader_leaves_early(cast, child_environment, arguments, code):
    command = [sys.executable, "manage.py", *arguments.split()]
    with subprocess.Popen(
        command, cwd=ROOT, env=child_environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        child.stdout.close()
        said = child.stderr.read()
    assert child.returncode == code
    assert said.count("\n") == (1 if code else 0)


def test_the_letter_is_queued_and_delivered_when_both_commands_run(cast, sink):
    assert told("queue_letter", "stoltzen", "invitation", "--json") == {"queued": 3, "skipped": {}}
    assert told("queue_letter", "stoltzen", "invitation", "--json") == {"queued": 0, "skipped": {"already_sent": 3}}
    expected = {"sent": 2, "failed": 0, "deferred": 0, "uncertain": 0, "stopped": 0}
    assert told("deliver", "--limit", "2", "--json") == expected
    assert told("deliver", "--json") == {**expected, "sent": 1}
    assert len(set(sink.recipients)) == 3


def test_nothing_is_queued_when_it_is_a_dry_run(cast):
    assert "would go to 1 people" in told("queue_letter", "stoltzen", "invitation", "--to", "unanswered", "--dry-run")
    assert not Message.objects.exists()


def test_the_moment_is_read_in_the_events_zone_when_it_has_none(cast):
    told("queue_letter", "stoltzen", "invitation", "--at", "2027-08-20T09:00", "--activity", "dinner")
    moment = Message.objects.values_list("due_at", flat=True).first()
    assert moment.astimezone(cast.event.zone).isoformat() == "2027-08-20T09:00:00+02:00"


def test_the_command_refuses_kindly_when_there_is_no_text(cast):
    code, sentence = refusal("queue_letter", "stoltzen", "free")
    assert code == 1
    assert "no text for the letter free yet" in sentence


def test_the_command_refuses_kindly_when_the_event_is_closed(cast):
    Event.objects.filter(slug="stoltzen").update(state="closed")
    assert refusal("queue_letter", "stoltzen", "invitation")[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [("nowhere", "invitation"), ("stoltzen", "invitation", "--activity", "swim")],
)
def test_the_command_says_what_there_is_when_it_is_called_badly(cast, arguments):
    code, sentence = refusal("queue_letter", *arguments)
    assert code == 2
    assert "There are:" in sentence


def test_the_alarm_is_told_and_refused_when_the_server_takes_nothing(cast, sink):
    sink.at("mail", "530 5.7.0 Authentication required")
    factories.make_message(cast.greta)
    code, sentence = refusal("deliver")
    assert code == 1
    assert "EMAIL_URL" in sentence


@own_connection
def test_links_asked_for_are_written_and_sent_when_delivering_by_hand(cast, sink):
    send_links.enqueue(cast.greta.contact.email)
    assert told("deliver", "--json")["sent"] == 1
    assert sink.recipients == [cast.greta.contact.email]


@own_connection
def test_a_turn_delivers_carries_out_tasks_and_shows_life(cast, clock, sink):
    factories.make_message(cast.henrik)
    send_links.enqueue(cast.greta.contact.email)
    background = Background("here:1")
    assert background.turn()
    assert sorted(sink.recipients) == sorted([cast.greta.contact.email, cast.henrik.contact.email])
    assert Worker.objects.get().seen_at == clock.now
    assert not DBTaskResult.objects.exists()


def test_the_worker_leaves_the_server_alone_for_a_while_when_there_is_an_alarm(cast, clock, sink):
    sink.at("mail", "530 5.7.0 Authentication required")
    factories.make_message(cast.henrik)
    background = Background("here:1")
    background.turn()
    asked = len(sink.sessions)
    clock.move(minutes=4)
    background.turn()
    assert len(sink.sessions) == asked == 1
    sink.behave()
    clock.move(minutes=1)
    assert background.turn()
    assert len(sink.messages) == 1


def test_the_worker_tries_at_once_when_somebody_asks_it_to(cast, clock, sink):
    sink.at("mail", "530 5.7.0 Authentication required")
    factories.make_message(cast.henrik)
    background = Background("here:1")
    background.turn()
    clock.move(minutes=1)
    postbox.try_again(by=cast.otto, now=clock.now)
    background.turn()
    background.turn()  # and leaves it alone again
    assert len(sink.sessions) == 2
    sink.behave()
    clock.move(seconds=1)
    postbox.try_again(by=cast.otto, now=clock.now)
    assert background.turn()
    assert len(sink.messages) == 1


def test_it_is_said_when_the_next_mails_go_if_the_hour_is_full(cast, settings, clock, sink):
    settings.MAILS_PER_HOUR = 2
    for guest in (cast.greta, cast.henrik, cast.ines):
        factories.make_message(guest)
    said = told("deliver")
    assert "2 sent" in said
    assert "no more than 2 may leave an hour; the next can at 12:00." in said


@own_connection
def test_an_interrupted_task_runs_again_when_its_worker_is_gone(cast, clock, now):
    send_links.enqueue(cast.greta.contact.email)
    DBTaskResult.objects.update(status="RUNNING", started_at=now)
    assert housekeeping.reap_tasks(now=clock.move(minutes=29)) == 0
    assert housekeeping.reap_tasks(now=clock.move(minutes=1)) == 1
    Background("here:1").turn()
    assert Message.objects.filter(letter="link").count() == 1


@own_connection
def test_a_broken_task_leaves_no_word_of_what_the_database_refused(cast, clock, monkeypatch, caplog):
    def breaks(*args, **kwargs):
        raise IntegrityError(f"Key (email_key)=({cast.greta.contact.email}) already exists.")

    monkeypatch.setattr("events.actions.guestlist_uploads.carry_on", breaks)
    carry_on_guest_list.enqueue(1)
    Background("here:1").turn()
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path, row.traceback) == ("FAILED", "django.db.utils.IntegrityError", "")
    assert [record.levelname for record in caplog.records if record.name == "django_tasks"] == ["ERROR"]


def test_invitations_are_marked_sent_when_the_power_went_before_they_were(cast, now):
    Invitation.objects.update(state="drafted", sent_at=None)
    factories.make_message(cast.greta, state="sent", sent_at=now)
    Background("here:1").turn()
    assert list(Invitation.objects.filter(state="sent").values_list("guest", "sent_at")) == [(cast.greta.pk, now)]


def test_an_uploaded_list_is_put_away_when_a_day_has_passed(cast, clock, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "list.csv").write_text("Navn;E-post")
    fields = {"event": cast.event, "by": cast.otto, "file_name": "list.csv"}
    old = GuestListUpload.objects.create(uploaded_at=now, file="list.csv", report={"rows": 1}, **fields)
    new = GuestListUpload.objects.create(uploaded_at=clock.move(hours=23), file="new.csv", **fields)
    assert housekeeping.put_away_lists(now=clock.now) == 0
    assert housekeeping.put_away_lists(now=clock.move(hours=1)) == 1
    old.refresh_from_db(), new.refresh_from_db()
    assert (old.file.name, old.file_name, old.report) == ("", "", {})
    assert not (tmp_path / "list.csv").exists()
    assert new.file.name == "new.csv"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@own_connection
def test_the_worker_finishes_the_mail_in_hand_and_ends_well_when_told_to(child_environment, sink, number):
    event = factories.make_event()
    for _ in range(30):
        factories.make_message(factories.make_guest(event))
    environment = {**child_environment, "EMAIL_URL": sink.url}
    child = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=environment)
    deadline = time.monotonic() + 30
    while not sink.messages and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(number)
    assert child.wait(20) == 0
    states = sorted(Message.objects.values_list("state", flat=True))
    assert states.count("sent") == len(sink.messages) >= 1
    assert set(states) <= {"sent", "queued"}
    assert Worker.objects.count() == 1


def test_all_is_written_when_the_command_returns_though_it_is_more_than_a_portion(cast, monkeypatch):
    monkeypatch.setattr("events.actions.campaigns.PORTION", 1)
    assert told("queue_letter", "stoltzen", "invitation", "--json") == {"queued": 3, "skipped": {}}
    assert Message.objects.count() == 3


@own_connection
def test_the_worker_and_deliver_write_what_a_page_has_left(cast, clock, sink, monkeypatch):
    monkeypatch.setattr("events.actions.campaigns.PORTION", 1)
    how = {"by": None, "channel": "office", "now": clock.now}
    campaigns.press(cast.event, Wish(), letter="invitation", **how)
    assert Background("here:1").turn()
    assert Message.objects.count() == 2
    assert told("deliver", "--json")["sent"] == 1
    assert len(set(sink.recipients)) == 3


def test_one_sending_that_cannot_be_written_keeps_no_mail_waiting(cast, clock, sink, monkeypatch, caplog):
    Campaign.objects.create(
        event=cast.event, letter="invitation", recipients=[cast.greta.pk], created_at=clock.now, due_at=clock.now
    )
    factories.make_message(cast.henrik)

    def breaks(*args, **kwargs):
        raise ValueError

    monkeypatch.setattr("events.actions.campaigns._write_portion", breaks)
    Background("here:1").turn()
    assert sink.recipients == [cast.henrik.contact.email]
    assert any(record.name == "vertskap.sending" for record in caplog.records)


@pytest.mark.parametrize(("letter", "word"), [("thanks_missed", "thanks is sent"), ("calendar", "by itself")])
def test_the_command_says_what_is_not_sent_by_hand(cast, letter, word):
    code, sentence = refusal("queue_letter", "stoltzen", letter)
    assert code == 1
    assert word in sentence


def test_the_command_says_that_nobody_is_marked_before_it_writes_to_those_who_were_missed(cast):
    assert "Nobody is marked" in refusal("queue_letter", "stoltzen", "invitation", "--to", "missed")[1]
    assert told("queue_letter", "stoltzen", "invitation", "--to", "came", "--json")["queued"] == 1


def test_links_open_in_a_spreadsheet_that_runs_nothing(cast):
    cast.greta.contact.name = "=1+1"
    cast.greta.contact.save()
    row = next(line for line in told("links", "stoltzen", "--csv").splitlines() if cast.greta.contact.email in line)
    assert row.startswith(f"'=1+1,{cast.greta.contact.email},")
    assert row.endswith("/") and "'http" not in row


@pytest.mark.slow
def test_a_command_says_one_word_when_it_is_interrupted(child_environment):
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # unheard in the background
    interrupt = f"{heard}; signal.raise_signal(signal.SIGINT)"
    command = [sys.executable, "manage.py", "shell", "-c", interrupt]
    stopped = subprocess.run(command, cwd=ROOT, env=child_environment, capture_output=True, text=True)
    assert (stopped.returncode, stopped.stderr) == (130, "Stopped.\n")
