"""`read_mail`: the mailbox, or files, with a summary for machines."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from events.models import Answer, Received
from tests import factories
from tests.mails import FOLDER, UID, mail

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def greta(cast):
    Answer.objects.filter(guest=cast.greta, activity__slug="dinner").update(
        uid=UID, state="no_answer", answered_at=None
    )
    return cast.greta


def read(capsys, *names, **options):
    call_command("read_mail", json=True, **({"file": [FOLDER / f"{name}.eml" for name in names]} if names else {}))
    return json.loads(capsys.readouterr().out)["files"]


def test_files_are_taken_and_told_of(greta, sink, capsys):
    names = [
        "google-accepted",
        "icloud-alias-accepted",
        "person",
        "out-of-office-fi",
        "garbage",
        "postfix-user-unknown",
    ]
    factories.make_message(greta, message_id="<4f1c0a9be27d4f6fa3c5d8e9b0a17263@vertskap.example>", state="sent",
                           sent_at=factories.NOW)  # fmt: skip
    told = read(capsys, *names)
    assert [list(row) for row in told] == [["file", "kind", "applied", "reason", "guest"]] * 6
    assert [(row["kind"], row["applied"], row["reason"], row["guest"]) for row in told] == [
        ("calendar_reply", True, "", "Greta Åsen"),
        ("calendar_reply", False, "other_address", "Greta Åsen"),
        ("person", True, "forwarded", "Greta Åsen"),
        ("auto", False, "subject", None),
        ("unknown", False, "no_sender", None),
        ("bounce", True, "address_wrong", "Greta Åsen"),
    ]
    assert told[0]["file"] == str(FOLDER / "google-accepted.eml")
    assert [row["applied"] for row in read(capsys, *names)] == [False] * 6
    assert Received.objects.count() == 6


def test_mailbox_is_read_when_no_file_is_named(greta, dovecot, capsys):
    dovecot.put(mail("google-accepted"))
    (row,) = read(capsys)
    assert (row["kind"], row["applied"], row["guest"]) == ("calendar_reply", True, "Greta Åsen")
    assert row["file"].startswith("INBOX;UIDVALIDITY=")


def test_sentence_is_for_people(greta, capsys):
    call_command("read_mail", "--file", str(FOLDER / "google-accepted.eml"), str(FOLDER / "spam.eml"))
    assert capsys.readouterr().out == "2 read, 1 taken or passed on.\n"


@pytest.mark.parametrize(
    ("url", "arguments", "code"),
    [("", [], 2), ("", ["--file", "nowhere.eml"], 2), ("imap://a:b@127.0.0.1:1/INBOX", [], 1)],
)
def test_command_says_what_is_missing(db, settings, url, arguments, code):
    settings.INBOUND_URL = url
    with pytest.raises(CommandError) as refused:
        call_command("read_mail", *arguments)
    assert refused.value.returncode == code


def test_large_file_is_read_to_256_kb(greta, sink, settings, tmp_path, capsys):
    settings.FORWARDED_MAIL_MAX_BYTES = 300_000
    file = tmp_path / "large.eml"
    file.write_bytes(mail("person") + b"A" * 400_000)
    call_command("read_mail", "--file", str(file), "--json")
    assert json.loads(capsys.readouterr().out)["files"][0]["applied"]
    assert not sink.messages[0].is_multipart()


def test_password_is_told_to_nobody_when_the_address_is_wrong(child_environment):
    environment = {**child_environment, "INBOUND_URL": "imap+ssl://a:secret-word@mail.example:many/INBOX"}
    done = subprocess.run(
        [sys.executable, "manage.py", "read_mail"], env=environment, capture_output=True, text=True, cwd=os.getcwd()
    )
    assert done.returncode != 0
    assert "INBOUND_URL cannot be used: look at its port." in done.stderr
    assert "secret-word" not in done.stdout + done.stderr
