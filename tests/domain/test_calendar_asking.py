"""Calendar invitations, row by row of the table in the rules, and as other programs read them."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from events.domain.addresses import clean_email, email_key
from events.domain.calendars import Asking, Person, calendar_file, cancel, request
from tests.domain.test_calendars import CHECKER, DINNER, varied

MADE = datetime(2026, 8, 20, 12, 0, tzinfo=UTC)
ASKING = Asking(
    organizer=Person(name="Marte Lie – Vertskap", address="invitasjon@vertskap.example"),
    attendee=Person(name="Greta Åsen", address="greta.asen@kunde.example"),
    partstat="NEEDS-ACTION",
    made_at=MADE,
)
HOSTILE = (
    'Per "Pelle" Berg', "Åse; Øst: «ja»", "A\r\nATTENDEE:mailto:x@evil.example", "^n^'^^", "\\n\\,", "=CMD|' /C'!A0",
    "Å" * 90, "🏃‍♀️🏔️" * 12, "", "x\x00y\x85z", "BEGIN:VEVENT", "{host}",
)  # fmt: skip


def unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


def event_in(content):
    return Calendar.from_ical(content).walk("VEVENT")[0]


def test_request_is_the_download_with_method_and_the_two_it_is_between():
    """The column "REQUEST mail part"."""
    file, asked = unfolded(calendar_file(DINNER)), unfolded(request(DINNER, ASKING))
    more = [line for line in asked if line not in file]
    assert [line.split(":")[0].split(";")[0] for line in more] == ["METHOD", "ORGANIZER", "ATTENDEE", "DTSTAMP"]
    assert (more[0], more[3]) == ("METHOD:REQUEST", "DTSTAMP:20260820T120000Z")
    assert more[1].endswith(":mailto:invitasjon@vertskap.example") and "Marte Lie – Vertskap" in more[1]
    assert [line for line in file if line not in asked] == ["DTSTAMP:20260801T103000Z"]
    assert asked.index("METHOD:REQUEST") < asked.index("BEGIN:VEVENT")
    assert "LAST-MODIFIED:20260801T103000Z" in asked
    assert (asked.count("STATUS:CONFIRMED"), asked.count("BEGIN:VALARM")) == (1, 1)


def test_attendee_has_all_that_clients_need_for_their_buttons():
    attendee = event_in(request(DINNER, replace(ASKING, partstat="ACCEPTED")))["ATTENDEE"]
    assert str(attendee) == "mailto:greta.asen@kunde.example"
    assert dict(attendee.params) == {
        "CN": "Greta Åsen", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "TRUE",
    }  # fmt: skip


def test_cancel_has_the_old_times_and_no_alarm():
    """The column "CANCEL"."""
    cancelled = unfolded(cancel(replace(DINNER, sequence=3), ASKING))
    for line in (
        "METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:3", f"UID:{DINNER.uid}", "DTSTART:20260918T173000Z",
        "DTEND:20260918T210000Z", "DTSTAMP:20260820T120000Z",
    ):  # fmt: skip
        assert cancelled.count(line) == 1, line
    assert "BEGIN:VALARM" not in cancelled
    assert sum(line.startswith("ATTENDEE") for line in cancelled) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_name_stays_a_name_whatever_is_in_it(name):
    content = request(DINNER, replace(ASKING, attendee=replace(ASKING.attendee, name=name)))
    event = event_in(content)
    assert str(event["ATTENDEE"]) == "mailto:greta.asen@kunde.example"  # one, not a list
    shown = " ".join(name.replace("\x00", "").replace("\x85", " ").replace("\\", " ").split())
    assert event["ATTENDEE"].params.get("CN", "") == shown
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    content.decode()


@pytest.mark.parametrize("address", ["o'brien+x@firma.example", "kari@blåbær.example", "a#b?c%d@firma.example"])
def test_address_is_a_uri_that_reads_back_as_the_same_mailbox(address):
    content = request(DINNER, replace(ASKING, attendee=Person(name="Kari", address=clean_email(address))))
    value = str(event_in(content)["ATTENDEE"])
    assert value.isascii()
    if "#" not in address:
        assert email_key(clean_email(value)) == email_key(clean_email(address))


def check(*paths, previous=None):
    """The house's own checker: exit status and report; 3 says that too few other parsers are installed."""
    command = [sys.executable, CHECKER, *(["--previous", previous] if previous else []), *paths]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout


def test_other_programs_read_every_shape(tmp_path):
    paths = []
    for name, entry in varied():
        paths.append(tmp_path / f"{name}.ics")
        paths[-1].write_bytes((cancel if name in ("cancelled", "emoji", "breaks") else request)(entry, ASKING))
    for number, name in enumerate(HOSTILE):
        paths.append(tmp_path / f"hostile-{number}.ics")
        guest, host = replace(ASKING.attendee, name=name), replace(ASKING.organizer, name=name)
        paths[-1].write_bytes(request(DINNER, replace(ASKING, attendee=guest, organizer=host)))
    status, report = check(*paths)
    assert status == 0, report


MOVED = replace(
    DINNER, sequence=3, stamped_at=DINNER.stamped_at + timedelta(days=30),
    starts_at=DINNER.starts_at + timedelta(minutes=30), ends_at=DINNER.ends_at + timedelta(minutes=30),
)  # fmt: skip
OFF = replace(DINNER, sequence=3, stamped_at=MOVED.stamped_at)
LATER = replace(ASKING, made_at=MADE + timedelta(days=40))


ANSWERED = replace(LATER, partstat="ACCEPTED")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (request(DINNER, ASKING), request(MOVED, LATER)),
        (request(DINNER, ASKING), cancel(OFF, LATER)),
        (request(MOVED, LATER), request(MOVED, replace(ANSWERED, made_at=LATER.made_at + timedelta(days=1)))),
        (calendar_file(DINNER), calendar_file(MOVED)),
        (calendar_file(DINNER), calendar_file(replace(OFF, is_cancelled=True))),
    ],
    ids=["request-moved", "request-cancelled", "answered-on-the-page", "file-moved", "file-cancelled"],
)
def test_other_programs_take_the_second_as_a_revision_of_the_first(tmp_path, before, after):
    old, new = tmp_path / "old.ics", tmp_path / "new.ics"
    old.write_bytes(before)
    new.write_bytes(after)
    status, report = check(new, previous=old)
    assert status == 0, report
