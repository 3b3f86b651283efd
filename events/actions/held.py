"""Replies by mail that wait for a person: taken as the guest's answer, or set aside."""

from datetime import datetime

from django.db import transaction

from ..domain.answers import Choice
from ..models import Answer, History, Received
from . import answers, history, parties
from .calendar_replies import remember_reply

State = Received.State


@transaction.atomic
def take(received, *, by, channel, now, tell=True):
    """Says for the guest what the reply says. Returns answers.Given; None where somebody has dealt with it, or where
    it says nothing that can be taken.
    """
    row = _waiting(received)
    if row is None or "choice" not in row.facts:
        return None
    chosen = {row.activity.slug: Choice(row.facts["choice"])}
    given = answers.give(row.guest, chosen, by=by, channel=channel, now=now, tell=tell)
    answer = Answer.objects.get(guest=row.guest, activity=row.activity)
    said = (row.facts["sequence"], datetime.fromisoformat(row.facts["stamped_at"]))
    last = (answer.replied_sequence, answer.replied_stamp_at)
    if None in last or said > last:
        remember_reply(answer, sequence=said[0], stamped_at=said[1])
    _close(row, State.APPLIED)
    return given


@transaction.atomic
def set_aside(received, *, by, channel, now):
    """Leaves the answer as it is. Doing it twice is harmless. Returns whether it waited."""
    row = _waiting(received)
    if row is None:
        return False
    what, how = History.What.REPLY_ASIDE, {"by": by, "channel": channel, "now": now}
    history.record(row.event, what, guest=row.guest, activity=row.activity, **how)
    _close(row, State.SET_ASIDE)
    return True


def _waiting(received):
    """The row if it still waits, asked under the activities' lock: of two presses one finds it."""
    parties.lock(received.event_id)
    rows = Received.objects.held().select_related("event", "activity", "guest__contact", "guest__event")
    return rows.filter(pk=received.pk).first()


def _close(row, state):
    """Nobody has to know any more whom it came from."""
    Received.objects.filter(pk=row.pk).update(state=state, sender="", facts={})
