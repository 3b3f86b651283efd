"""Mail that comes in: sorted, acted upon, and remembered by its Message-ID, so that each is taken once.

What becomes of it is written in one transaction with the deed; only passing a mail on comes after it.
"""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.db import DataError, Error, IntegrityError, transaction

from ..domain import inbound
from ..domain.inbound import Kind
from ..emails import came_back_to
from ..models import Guest, Received
from . import calendar_replies, forwarding, returned_mails
from .outcomes import ignored

State = Received.State
LATER = "later"
DONE = {State.APPLIED, State.FORWARDED}
log = logging.getLogger("vertskap.inbound")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one mail was, and what became of it.

    is_handled: nobody has to look at it again, or only in the back office. is_left: it stays for people in the mailbox.
    """

    kind: str
    is_applied: bool = False
    reason: str = ""
    guest: Guest | None = None
    is_handled: bool = True
    is_left: bool = False


def take(raw, *, now, whole=None, passes_on=True):
    """Takes one mail. whole() gives all of its bytes, or None where they are too many, if it has to be passed on;
    by default raw is all there is. Where nothing can be passed on now, such a mail is left for later, untouched.

    Never raises for what is in the mail; must not be called inside a transaction.
    """
    found = inbound.sort(raw, _house())
    if found.is_for_a_person and not passes_on:
        return Taken(kind=str(found.kind), reason=LATER, is_handled=False)
    try:
        rows, is_new = _remember(found, now=now)
        return _result(found, rows, is_new, whole or (lambda: raw), now)
    except Exception as error:  # a fault of ours must not stop the reading of the others
        if isinstance(error, Error) and not isinstance(error, DataError):
            raise  # the database is away, and the mail is as good as any
        log.error("A mail cannot be taken: %s", type(error).__name__)
        return Taken(kind=str(found.kind), reason="fault", is_handled=False)


def _house():
    return inbound.House(
        came_back_to=came_back_to, addresses=forwarding.our_addresses(), authserv=settings.INBOUND_AUTHSERV
    )


@transaction.atomic
def _remember(found, *, now):
    """([Received], whether they are new). The first row is the claim: of two readers the second waits for it."""
    known = list(Received.objects.filter(key=found.mail.key).order_by("number"))
    if known:
        return known, False
    claim = ignored("").row(found, number=0, now=now)
    try:
        with transaction.atomic():
            claim.save()
    except IntegrityError:
        return list(Received.objects.filter(key=found.mail.key).order_by("number")), False
    first, *others = [outcome.row(found, number=number, now=now) for number, outcome in enumerate(_act(found, now))]
    first.pk = claim.pk
    first.save(force_update=True)
    Received.objects.bulk_create(others)
    return [first, *others], True


def _act(found, now):
    """[Outcome], at least one."""
    if found.is_for_a_person:
        return forwarding.claimed(found)
    if found.kind is Kind.CALENDAR_REPLY:
        return calendar_replies.take(found, now=now)
    if found.complaint:
        return returned_mails.complained(found, now=now)
    if found.kind is Kind.BOUNCE:
        return returned_mails.take(found, now=now)
    return [ignored(found.reason)]


def _result(found, rows, is_new, whole, now):
    first = rows[0]
    if first.state == State.FORWARDING:
        return _passed_on(found, first, is_new, whole, now)
    if not is_new:
        return Taken(kind=first.kind, reason="seen_before", guest=first.guest, is_left=_is_left(first))
    shown = next((row for row in rows if row.state in DONE), first)
    return Taken(
        kind=first.kind, is_applied=shown.state in DONE, reason=shown.reason, guest=shown.guest, is_left=_is_left(first)
    )


def _passed_on(found, row, is_new, whole, now):
    if not is_new and not forwarding.claim_again(row, now=now):
        return Taken(kind=row.kind, reason="in_hand", guest=row.guest, is_handled=False)
    state = forwarding.pass_on(row, found.mail.sender, whole(), now=now)
    row.refresh_from_db()
    is_later = state == State.FORWARDING
    return Taken(
        kind=row.kind, is_applied=state == State.FORWARDED, reason=LATER if is_later else row.reason or "forwarded",
        guest=row.guest, is_handled=not is_later, is_left=_is_left(row),
    )  # fmt: skip


def _is_left(row):
    """Whether a person of ours should find it unread in the mailbox: nobody else has it."""
    return (row.kind == Received.Kind.UNKNOWN and row.state == State.IGNORED) or row.reason in {
        "nobody_to_tell", "forward_refused", "too_many",
    }  # fmt: skip
