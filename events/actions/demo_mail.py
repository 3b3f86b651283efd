"""The demo's incoming mail: a calendar says what holds already, and another answers from a private address."""

from datetime import UTC, timedelta

from ..domain.names import fold
from ..models import Answer
from . import inbound

BEFORE = timedelta(hours=2)
_REPLY = """From: <{sender}>
To: <events@vertskap.example>
Subject: {title}
Message-ID: <{uid}.reply>
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
DTSTAMP:{stamp}
SEQUENCE:{sequence}
ATTENDEE;PARTSTAT={partstat}:mailto:{sender}
END:VEVENT
END:VCALENDAR
"""


def fill(event, *, now):
    """Both came in this morning; in a small demo there may be none."""
    dinner = Answer.objects.filter(activity__event=event, activity__slug="dinner", guest__companion_of=None)
    reachable = dinner.exclude(guest__contact__email="").select_related("guest__contact", "activity").order_by("pk")
    coming, silent = reachable.filter(state="coming").first(), reachable.filter(state="no_answer").first()
    if coming and silent:
        private = fold(silent.guest.name).replace(" ", ".") + "@privat.example"
        _take(coming, "ACCEPTED", coming.guest.email, now - BEFORE)
        _take(silent, "TENTATIVE", private, now - BEFORE)


def _take(answer, partstat, sender, at):
    written = _REPLY.format(
        sender=sender, title=answer.activity.slug, uid=answer.uid, sequence=answer.sequence, partstat=partstat,
        stamp=at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"),
    )  # fmt: skip
    inbound.take(written.encode(), now=at)
