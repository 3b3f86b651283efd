"""From a calendar invitation as it leaves us to the answer as it comes back: real SMTP, real IMAP."""

from datetime import timedelta

import pytest

from events.actions import calendar_invitations, delivery, mailbox, programme
from events.models import Answer, History, Message
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
REPLY = """From: Greta Åsen <greta.asen@kunde.example>
To: {organizer}
Subject: Svar
Message-ID: <svar-{number}@kunde.example>
Content-Type: text/calendar; method={method}; charset=utf-8
Content-Transfer-Encoding: 8bit

{calendar}"""


@pytest.fixture
def asked(cast, clock, sink, dovecot):
    """Greta, who has said nothing, is asked to the dinner by calendar."""
    Answer.objects.filter(guest=cast.greta).update(state="no_answer", answered_at=None)
    calendar_invitations.send(cast.activity("dinner"), by=cast.otto, channel="office", now=clock.now)
    delivery.deliver(clock=lambda: clock.now)
    return cast


def request_in(sink):
    """The calendar part of the newest invitation that Greta has got, its lines unfolded."""
    mails = [mail for mail in sink.messages if mail["To"] == "greta.asen@kunde.example"]
    parts = [part for part in mails[-1].walk() if part.get_content_type() == "text/calendar"]
    return parts[0].get_content().replace("\r\n ", "").replace("\n ", "").splitlines()


def replied(lines, *, method, partstat, stamp):
    """What a calendar makes of the invitation: the same entry, and its own word on the attendee."""
    kept = [line for line in lines if line.partition(":")[0].partition(";")[0] in {"UID", "SEQUENCE", "ORGANIZER"}]
    attendee = f"ATTENDEE;PARTSTAT={partstat}:mailto:greta.asen@kunde.example"
    entry = ["BEGIN:VEVENT", *kept, f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}", attendee, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", *entry, "END:VCALENDAR", ""])


def send_back(dovecot, lines, number, **said):
    organizer = next(line for line in lines if line.startswith("ORGANIZER")).rpartition("mailto:")[2]
    calendar = replied(lines, **said)
    raw = REPLY.format(organizer=organizer, number=number, method=said["method"], calendar=calendar)
    dovecot.put(raw.replace("\r\n", "\n").replace("\n", "\r\n").encode())
    return mailbox.read().taken[0][1]


def dinner(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner").state


def test_accept_in_the_calendar_is_the_answer_and_decline_takes_it_back(asked, sink, dovecot, clock):
    lines = request_in(sink)
    clock.move(minutes=5)
    assert send_back(dovecot, lines, 1, method="REPLY", partstat="ACCEPTED", stamp=clock.now).is_applied
    assert dinner(asked.greta) == "coming"
    delivery.deliver(clock=lambda: clock.move(minutes=3))
    assert Message.objects.get(guest=asked.greta, letter="confirmation").state == "sent"
    assert send_back(dovecot, lines, 2, method="REPLY", partstat="DECLINED", stamp=clock.now).is_applied
    assert dinner(asked.greta) == "not_coming"
    told = History.objects.filter(guest=asked.greta, what="answered").order_by("pk")
    assert [(row.channel, row.facts["after"]) for row in told] == [("mail", "coming"), ("mail", "not_coming")]


def test_invitation_goes_again_when_the_calendar_lost_it(asked, sink, dovecot, clock):
    lines, sent = request_in(sink), len(sink.messages)
    clock.move(minutes=5)
    assert send_back(dovecot, lines, 1, method="REFRESH", partstat="NEEDS-ACTION", stamp=clock.now).is_applied
    delivery.deliver(clock=lambda: clock.now)
    assert len(sink.messages) == sent + 1
    again = request_in(sink)
    same = ("UID", "SEQUENCE", "DTSTART", "METHOD")
    assert [line for line in again if line.startswith(same)] == [line for line in lines if line.startswith(same)]
    assert dinner(asked.greta) == "no_answer"


def test_reply_to_the_old_time_waits_for_somebody_when_the_dinner_moved(asked, sink, dovecot, clock):
    lines = request_in(sink)
    part, how = asked.activity("dinner"), {"by": asked.otto, "channel": "office", "now": clock.now}
    programme.change(part, {"ends_at": part.ends_at + timedelta(minutes=30)}, **how)
    taken = send_back(dovecot, lines, 1, method="REPLY", partstat="ACCEPTED", stamp=clock.move(minutes=5))
    assert (taken.is_applied, taken.reason) == (False, "older_revision")
    assert dinner(asked.greta) == "no_answer"
    assert factories.token_of(asked.greta) not in "\n".join(lines)
