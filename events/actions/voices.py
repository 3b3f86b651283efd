"""What guests say to their hosts, and what whoever has a forwarded link says to us."""

from datetime import timedelta

from django.db import transaction

from ..models import Guest, History, Letter, Message, Voice
from . import history, messages

TWICE = timedelta(minutes=10)  # the same said again within this time is a button pressed twice


@transaction.atomic
def say(guest, text, *, by, channel, now):
    """Keeps the guest's word to the host, and queues it to the host by mail. Returns the Voice.

    Words that follow each other within the outbox's wait share one mail. Pressing twice says it once.
    """
    said, is_new = _keep(guest, Voice.Kind.WORD, now=now, text=text)
    if is_new:
        messages.queue([messages.voice(guest, now=now)], by=by, now=now)
        said.message = Message.objects.get(guest=guest, key=messages.open_key(Letter.Kind.VOICE))
        said.save(update_fields=["message"])
        history.record(guest.event, History.What.SAID, by=by, channel=channel, now=now, guest=guest)
    return said


@transaction.atomic
def not_me(guest, *, name, email, text, by, channel, now):
    """Keeps for the organisers that somebody else has this guest's link. Returns the Voice.

    Nothing is answered for the guest, and the address is written to by nobody but people (M3). Pressing twice is
    harmless.
    """
    said, is_new = _keep(guest, Voice.Kind.NOT_ME, now=now, text=text, name=name, email=email)
    if is_new:
        history.record(guest.event, History.What.NOT_ME, by=by, channel=channel, now=now, guest=guest)
    return said


@transaction.atomic
def mark(voice, *, is_read, by, channel, now):
    """Marks a voice as read by this person, or as unread again. The first to read it stands; twice is harmless."""
    changed = Voice.objects.filter(pk=voice.pk, read_at__isnull=is_read).update(
        read_at=now if is_read else None, read_by=by if is_read else None
    )
    if changed:
        guest, what = voice.guest, History.What.READ
        history.record(guest.event, what, by=by, channel=channel, now=now, guest=guest, is_read=is_read)


def _keep(guest, kind, *, now, **words):
    """(the voice, whether it is new). The guest's row is locked, so that a double press is seen as one."""
    Guest.objects.select_for_update(no_key=True).get(pk=guest.pk)
    before = Voice.objects.filter(guest=guest, kind=kind, said_at__gt=now - TWICE, **words).first()
    if before:
        return before, False
    return Voice.objects.create(guest=guest, kind=kind, said_at=now, **words), True
