"""Reading the mailbox that INBOUND_URL names: every mail once, one at a time, each marked after it is written down."""

import logging
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from ..domain import mailboxes
from ..models import Mailbox, Received
from . import imap, inbound

EVERY = timedelta(minutes=1)
WE_LOOK_BACK = timedelta(days=30)  # into a mailbox that is not new
AT_ONCE, LOOKED_AT = 100, 300  # mails dealt with in a run; and looked at, for some wait for our mail server
KEPT = timedelta(days=180)
log = logging.getLogger("vertskap.inbound")


@dataclass(slots=True)
class Read:
    """[(name in the mailbox, inbound.Taken)]; trouble is the code of why no more could be read, else ""."""

    taken: list = field(default_factory=list)
    trouble: str = ""

    @property
    def is_full(self):
        return sum(taken.is_handled for _name, taken in self.taken) >= AT_ONCE

    @property
    def passes_on(self):
        """Whether mails could be passed on so far; else the others do not wait for a server that is away."""
        return not any(taken.reason == inbound.LATER for _name, taken in self.taken)


def read_when_due(*, now, should_stop=lambda: False):
    """What each worker does each minute, and one of them at a time. Returns Read, or None when it is not its turn."""
    if not settings.INBOUND_URL:
        return None
    Mailbox.objects.bulk_create([Mailbox(due_at=now)], ignore_conflicts=True)
    if not Mailbox.objects.filter(due_at__lte=now).update(due_at=now + EVERY):
        return None
    return read(should_stop=should_stop)


def read(*, clock=None, should_stop=lambda: False):
    """Takes what waits, at most a hundred mails. Never raises for a mailbox that cannot be read: that is kept.

    Must not be called inside a transaction.
    """
    done, clock = Read(), clock or (lambda: timezone.now())
    try:
        with imap.opened(mailboxes.read_address(settings.INBOUND_URL)) as box:
            for uid in box.waiting(clock() - WE_LOOK_BACK, LOOKED_AT):
                if should_stop() or done.is_full:
                    break
                _one(box, uid, done, clock())
    except imap.Unreadable as trouble:
        done.trouble = trouble.code
    _remember(done.trouble, now=clock())
    return done


def _one(box, uid, done, now):
    mail = box.beginning(uid)
    if mail is None:
        return
    is_small = mail.size <= settings.FORWARDED_MAIL_MAX_BYTES
    taken = inbound.take(
        mail.beginning,
        now=now,
        whole=lambda: box.whole(uid) if is_small else None,
        passes_on=done.passes_on,
    )
    done.taken.append((box.name_of(uid), taken))
    if taken.is_handled:
        box.mark(uid, is_left=taken.is_left)


def _remember(trouble, *, now):
    """Since when it has not been possible, for the alarm in the back office."""
    Mailbox.objects.bulk_create([Mailbox(due_at=now + EVERY)], ignore_conflicts=True)
    if not trouble:
        Mailbox.objects.update(read_at=now, failing_since=None, error_code="")
        return
    if Mailbox.objects.filter(~Q(error_code=trouble)).update(error_code=trouble):
        log.error("The mailbox cannot be read: %s. Look at INBOUND_URL.", trouble)
    Mailbox.objects.filter(failing_since=None).update(failing_since=now)


def prune(*, now):
    """What came in long ago and waits for nobody is forgotten; the mail itself is out of our sight by then."""
    Received.objects.filter(at__lte=now - KEPT).exclude(state=Received.State.HELD).delete()
