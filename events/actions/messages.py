"""The outbox: mails are rows, written in the transaction of the deed that causes them.

A letter that can come again (a confirmation, a place, the link, a word to the host) has one open row per guest: a
further change moves it and it is composed when it is sent, so there is one mail, of the last state. Whoever claims a
row closes its key, and the next change opens a new one. Campaign letters (invitations …) keep their key for ever:
once per guest.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from ..emails import TO_THE_HOUSE, new_message_id
from ..models import Contact, History, Letter, Message
from . import history

REPEATING = frozenset(
    {
        Letter.Kind.CONFIRMATION, Letter.Kind.PROMOTED, Letter.Kind.RELEASED, Letter.Kind.NO_SUBSTITUTE,
        Letter.Kind.LINK, Letter.Kind.VOICE, Letter.Kind.PHOTOS_ADDED, Letter.Kind.PHOTO_WISH, Letter.Kind.PHOTO_ASKED,
    }
)  # fmt: skip
PROGRAMME_KEY = "programme"  # of the open mail that tells a guest of all changes (notices)
ANEW = (
    "event", "letter", "activity", "language", "state", "created_at", "queued_by", "due_at", "lease_until",
    "attempts", "message_id", "facts", "to_address", "subject", "content", "sent_at", "error_code",
)  # fmt: skip


class NotRepeating(ValueError):
    """A campaign letter is sent once per guest, by invitations.send."""


class NotToBeSentAgain(ValueError):
    """Only a mail that failed, was stopped, or may have been sent can be sent again; carries its state."""

    def __init__(self, state):
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mail to be written: to whom, which letter, when."""

    guest_id: int
    event_id: int
    letter: str
    language: str
    due_at: datetime
    activity_id: int | None = None
    facts: dict = field(default_factory=dict)


def confirmation(guest, *, now):
    """What we understood, after two quiet minutes."""
    due_at = now + timedelta(seconds=settings.CONFIRMATION_WAITS_SECONDS)
    return _draft(guest, Letter.Kind.CONFIRMATION, due_at)


def promotion(answer, *, now):
    """A place came free for this answer's guest, or for one whom the guest brings; told at once."""
    return _draft(answer.guest.leader, Letter.Kind.PROMOTED, now, answer.activity_id)


def link_again(guest, *, now):
    return _draft(guest, Letter.Kind.LINK, now)


def released(guest, *, now):
    """The colleague this guest proposed is invited instead."""
    return _draft(guest, Letter.Kind.RELEASED, now)


def no_substitute(guest, *, now):
    """The colleague this guest proposed is not invited."""
    return _draft(guest, Letter.Kind.NO_SUBSTITUTE, now)


def voice(guest, *, now):
    """What the guest said, to the host, in the language of the house; a second word within the wait goes along."""
    due_at = now + timedelta(seconds=settings.CONFIRMATION_WAITS_SECONDS)
    return _draft(guest, Letter.Kind.VOICE, due_at)


def photo_wishes(guest, facts, *, now):
    """What becomes of the photos this guest asked to take away, once nothing more is asked or decided."""
    due_at = now + timedelta(seconds=settings.CONFIRMATION_WAITS_SECONDS)
    return _draft(guest, Letter.Kind.PHOTO_WISH, due_at, facts=facts)


def photo_asked(guest, facts, *, now):
    """That this guest waits for our word on photos, to the event's contact."""
    due_at = now + timedelta(seconds=settings.CONFIRMATION_WAITS_SECONDS)
    return _draft(guest, Letter.Kind.PHOTO_ASKED, due_at, facts=facts)


def photos_added(guest, facts, *, due_at):
    """Thanks for the photos of one go, when no more have come for a while."""
    return _draft(guest, Letter.Kind.PHOTOS_ADDED, due_at, facts=facts)


def _draft(guest, letter, due_at, activity_id=None, facts=None):
    language = settings.LANGUAGE_CODE if letter in TO_THE_HOUSE else guest.mail_language
    return Draft(
        guest_id=guest.pk, event_id=guest.event_id, letter=letter, language=language, due_at=due_at,
        activity_id=activity_id, facts=facts or {},
    )  # fmt: skip


def queue(drafts, *, by, now):
    """Writes or moves the open rows of these repeating letters, in one statement; none for no drafts.

    A row that is being sent has closed its key, so it is never touched.
    """
    rows = {}
    for draft in drafts:
        if draft.letter not in REPEATING:
            raise NotRepeating(draft.letter)
        key = open_key(draft.letter, draft.activity_id)
        rows[draft.guest_id, key] = Message(
            guest_id=draft.guest_id, event_id=draft.event_id, letter=draft.letter, activity_id=draft.activity_id,
            key=key, language=draft.language, created_at=now, queued_by=by, due_at=draft.due_at,
            message_id=new_message_id(), facts=draft.facts,
        )  # fmt: skip
    ordered = [rows[place] for place in sorted(rows)]  # everybody locks in the same order
    Message.objects.bulk_create(ordered, update_conflicts=True, unique_fields=["guest", "key"], update_fields=ANEW)


def open_key(letter, activity_id=None):
    """The key under which a letter waits to be sent; a promotion has one per activity."""
    return f"{letter}:{activity_id}" if letter == Letter.Kind.PROMOTED else str(letter)


def is_open(message):
    """Whether the row is the one that further changes go into."""
    if message.letter in REPEATING:
        return message.key == open_key(message.letter, message.activity_id)
    return message.key in (PROGRAMME_KEY, calendar_key(message.activity_id))


def calendar_key(activity_id):
    """The key under which a calendar invitation to this activity waits, or an update of it."""
    return f"calendar:{activity_id}"


def stop(rows, code):
    """Ends open rows, a QuerySet, with the reason, and closes their keys. Returns how many."""
    return rows.update(
        state=Message.State.STOPPED, error_code=code, key=Concat(F("key"), Value("#"), Cast(F("pk"), CharField()))
    )


def closed_key(message):
    """The key of a row that has left the queue: its own for letters that can come again, else unchanged."""
    if is_open(message):
        return f"{message.key}#{message.pk}"
    return message.key


@transaction.atomic
def send_again(message, *, by, channel, now):
    """Puts a failed, stopped or uncertain mail back into the queue, with the same Message-ID; at a person's press only.

    The address gets another chance even if it was refused. Pressing twice is harmless. Raises NotToBeSentAgain.
    """
    list(Contact.objects.select_for_update().filter(pk=message.guest.contact_id))  # before the mail, as a bounce does
    again = (Message.State.FAILED, Message.State.UNCERTAIN, Message.State.STOPPED)
    changed = Message.objects.filter(pk=message.pk, state__in=again).update(
        state=Message.State.QUEUED, due_at=now, attempts=0, error_code="", queued_by=by
    )
    message.refresh_from_db()
    if not changed:
        if message.state == Message.State.QUEUED:
            return message
        raise NotToBeSentAgain(message.state)
    if message.letter not in TO_THE_HOUSE:
        Contact.objects.filter(guest=message.guest_id, email_fails=True).update(email_fails=False)
    history.record(
        message.event, History.What.MAIL_QUEUED, by=by, channel=channel, now=now, guest=message.guest,
        letter=message.letter, again=True,
    )  # fmt: skip
    return message
