"""The rows' side of a delivery: each function is one conditional update, so that of two workers only one wins."""

import logging
import time
from datetime import timedelta

from django.db import Error, close_old_connections, transaction
from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When

from ..domain.delivery import wait_before_retry
from ..models import Answer, Bounce, Campaign, Invitation, Letter, Message
from ..models.updates import update_row
from . import bounces
from .messages import closed_key

LEASE = timedelta(minutes=10)  # longer than any single conversation: ten steps of EMAIL_TIMEOUT
State = Message.State
_MOST_TRIES = next(tries for tries in range(1, 100) if wait_before_retry(tries) is None)
_CHUNK = 500
log = logging.getLogger("vertskap.delivery")


def claim(message, content, to, *, now):
    """Makes the row ours, with what will be said; committed before the server hears of it. False: not ours."""
    claimed = update_row(
        Message, where=_as_read(message), state=State.SENDING, lease_until=now + LEASE, attempts=message.attempts + 1,
        key=closed_key(message), language=content["language"], to_address=to,
        subject=content["subject"], content=content, error_code="",
    )  # fmt: skip
    if claimed:
        message.attempts, message.to_address = message.attempts + 1, to
    return bool(claimed)


def leave_queue(message, **fields):
    """Ends a row that was not sent. Returns 1, or 0 when another worker or a change was first."""
    return update_row(Message, where=_as_read(message), key=closed_key(message), **fields)


def _as_read(message):
    """The row, if it still is as it was read: a changed answer moves it, and what was composed is out of date."""
    return {"id": message.pk, "state": State.QUEUED, "due_at": message.due_at}


def record(message, **fields):
    """Writes the outcome of our attempt, patiently. Returns 1, or 0.

    A row that was reaped meanwhile is still told the truth.
    """
    ours = {"id": message.pk, "attempts": message.attempts}  # reaped or not
    return _patiently(lambda: update_row(Message, where=ours, lease_until=None, **fields))


def record_refusal(message, kind, *, code, status, now):
    """The server does not take the mail for this guest, for good: recorded and noted at once. Returns 1, or 0."""

    def write():
        with transaction.atomic():
            bounces.lock(message)
            recorded = update_row(
                Message, where={"id": message.pk, "attempts": message.attempts}, lease_until=None,
                state=State.FAILED, error_code=code,
            )  # fmt: skip
            bounces.note(message, kind=kind, source=Bounce.Source.SERVER, status=status, now=now)
        return recorded

    return _patiently(write)


def _patiently(write):
    """What the write returns; a database that restarts now must not lose the outcome of a mail."""
    for pause in (1, 2, 4, 8, None):
        try:
            return write()
        except Error:
            if pause is None or transaction.get_connection().in_atomic_block:
                raise
            log.warning("The database does not answer; the outcome of a mail is written again in %s s", pause)
            time.sleep(pause)
            close_old_connections()
    return 0


def reap(*, now):
    """Rows whose worker did not come back become uncertain: nobody knows whether they were sent. Returns how many.

    RuntimeError inside a transaction: a claim that is not committed before the server hears of it is none.
    """
    with transaction.atomic(durable=True):
        return Message.objects.abandoned(now).update(state=State.UNCERTAIN, lease_until=None, error_code="interrupted")


def mark_invited(guest_ids=None):
    """Invitations whose letter was sent are sent; without ids all of them, as after a power cut. Returns how many."""
    sent = Message.objects.filter(guest=OuterRef("guest"), letter=Letter.Kind.INVITATION, state=State.SENT)
    drafted = Invitation.objects.filter(Exists(sent), state=Invitation.State.DRAFTED)
    if guest_ids is not None:
        drafted = drafted.filter(guest__in=guest_ids)
    return drafted.update(state=Invitation.State.SENT, sent_at=Subquery(sent.order_by("pk").values("sent_at")[:1]))


def mark_asked(message, invite):
    """Remembers which revision of the entry goes to the guest's calendar; that it was on its way is enough."""
    answers = Answer.objects.filter(guest=message.guest_id, activity=invite.activity_id)
    if "entry" not in message.facts:
        answers.update(asked_sequence=invite.sequence)


@transaction.atomic
def stop_campaign(message, *, now):
    """The server refused the letter, not the guest: the rest of it waits for a person. Returns how many.

    A mail without a campaign stops those of the same letter and event.
    """
    same = {"event": message.event_id, "letter": message.letter}
    if message.campaign_id:
        Campaign.objects.filter(pk=message.campaign_id).exclude(state=Campaign.State.STOPPED).update(
            state=Campaign.State.STOPPED, stopped_at=now
        )
        same = {"campaign": message.campaign_id}
    rest = Message.objects.filter(**same, state=State.QUEUED)
    return rest.update(state=State.STOPPED, error_code="letter_refused")


def hold(code, *, now):
    """Marks all that is due with what somebody must mend; it stays due. Returns how many."""
    return Message.objects.filter(state=State.QUEUED, due_at__lte=now).update(error_code=code)


def put_off(ids, code, *, now):
    """These rows count as tried once, and wait if they are still due. Returns (put off, given up)."""
    later = Case(*(When(attempts=had, then=Value(now + wait_before_retry(had + 1))) for had in range(_MOST_TRIES - 1)))
    waiting = given_up = 0
    for chunk in (ids[at : at + _CHUNK] for at in range(0, len(ids), _CHUNK)):
        rows = Message.objects.filter(pk__in=chunk, state=State.QUEUED, due_at__lte=now)
        for message in rows.filter(attempts__gte=_MOST_TRIES - 1):
            given_up += leave_queue(message, state=State.FAILED, error_code="gave_up")
        waiting += rows.filter(attempts__lt=_MOST_TRIES - 1).update(
            attempts=F("attempts") + 1, error_code=code, due_at=later
        )
    return waiting, given_up
