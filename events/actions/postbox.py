"""The postbox that all workers share: leave for as many mails as the hour allows, and the alarm when none can go."""

import secrets
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from ..domain import hourly
from ..models import Message, Postbox
from . import claims

GRACE = claims.LEASE + timedelta(minutes=1)  # the last mail of a pass is claimed within seconds, and soon gone


def seen():
    """The postbox as it stands, unlocked."""
    return Postbox.objects.filter(pk=Postbox.ONLY).first() or Postbox()


def let_through(queued, *, now):
    """(name of the pass, ids of the mails that may leave within the hour) of [(id, whether a guest waits for it)].

    Held by the row's lock, so no two workers together let more through than MAILS_PER_HOUR (0: no cap).
    """
    cap = settings.MAILS_PER_HOUR
    if not cap or not queued:
        return "", [pk for pk, _is_awaited in queued]
    if not _share(queued, seen().passes, cap, now):  # nothing to lock for, as most times when the hour is full
        return "", []
    with _locked() as box:
        passes = box.passes
        ids = _share(queued, passes, cap, now)
        name = secrets.token_hex(8) if ids else ""
        if ids:
            _keep(box, hourly.draw(passes, name, len(ids), now=now, grace=GRACE))
    return name, ids


def give_back(name, used, *, now):
    """Tells how many of a pass's mails left, or may have; doing it not at all only makes the others wait longer."""
    if name:
        with _locked() as box:
            _keep(box, hourly.settle(box.passes, name, used, now=now))


def next_at(*, now):
    """When the next mail that no guest waits for may leave; None if it may now."""
    return hourly.next_at(seen().passes, settings.MAILS_PER_HOUR, now) if settings.MAILS_PER_HOUR else None


def sound(code, *, now):
    """The alarm: nothing leaves, for this reason. The first moment stands until all is well again."""
    with _locked() as box:
        box.alarm, box.alarm_at = code, box.alarm_at or now


def all_clear():
    """Mails leave again."""
    Postbox.objects.exclude(alarm="").update(alarm="", alarm_at=None)


def refuse(message, *, now):
    """The mail server did not take this letter: shown until one of it is taken, or somebody puts it away."""
    with _locked() as box:
        others = [entry for entry in box.refused if entry[:3] != _sending_of(message)]
        box.refused = [*others, [*_sending_of(message), now.isoformat()]]


def is_refused(box, message):
    """Whether the mail server did not take one of the same sending before."""
    return any(entry[:3] == _sending_of(message) for entry in box.refused)


def take(message):
    """The mail server takes the letter after all."""
    with _locked() as box:
        box.refused = [entry for entry in box.refused if entry[:3] != _sending_of(message)]


def forget_refusal(event_id, letter, *, by, now):
    """Whoever looked at it is done with it. Twice is harmless."""
    with _locked() as box:
        box.refused = [entry for entry in box.refused if entry[:2] != [event_id, letter]]


@transaction.atomic
def try_again(*, by, now):
    """Whatever waits for the server is due at once, and workers that pause look again. Returns how many mails wait.

    With none the alarm ends: it comes back with the next mail if nothing was mended.
    """
    with _locked() as box:
        box.retry_asked_at = now
        waiting = Message.objects.stuck(box.alarm, now)
        count = waiting.count()
        waiting.filter(due_at__gt=now).update(due_at=now)
        if not count:
            box.alarm, box.alarm_at = "", None
    return count


def _sending_of(message):
    return [message.event_id, message.letter, message.campaign_id]


def _share(queued, passes, cap, now):
    awaited = [pk for pk, is_awaited in queued if is_awaited]
    others = [pk for pk, is_awaited in queued if not is_awaited]
    first, rest = hourly.shared_out(hourly.room(passes, cap, now), awaited=len(awaited), others=len(others))
    return awaited[:first] + others[:rest]


def _keep(box, passes):
    box.let_through = [[each.name, each.until.isoformat(), each.mails] for each in passes]


@contextmanager
def _locked():
    """The row for us alone, made where it is missing, and kept with what was changed."""
    with transaction.atomic():
        box, _made = Postbox.objects.select_for_update().get_or_create(pk=Postbox.ONLY)
        yield box
        box.save()
