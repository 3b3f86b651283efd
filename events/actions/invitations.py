"""Sending a letter to many: who gets it, who does not and why, and the rows, in one transaction."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from .. import emails
from ..domain.answers import State
from ..models import Answer, Event, Guest, History, Invitation, Letter, Message
from . import calendar_invitations, history
from .messages import REPEATING

SEGMENTS = ("all", "unanswered", "coming", "declined", "waiting", "came", "missed")
NOT_YET = {"came", "missed"}  # nobody is checked in yet
BY_ITSELF = REPEATING - {Letter.Kind.LINK}
AGAIN = (Message.State.FAILED, Message.State.STOPPED)
BATCH = 500


class NothingToSay(ValueError):
    """There is no text for this kind of letter."""


class GoesByItself(ValueError):
    """A confirmation, or a place that came free, is written by the program when it happens."""


class EventIsNotOpen(ValueError):
    """Guests could not answer; carries the event's state."""

    def __init__(self, state):
        super().__init__(state)
        self.state = state


class NobodyIsCounted(ValueError):
    """Who came is not known before guests are checked in."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Who gets the letter, and of the others [(guest, reason code)]."""

    recipients: list
    skipped: list = field(default_factory=list)
    again: dict = field(default_factory=dict)  # {guest id: message id} of rows to be queued once more

    @property
    def reasons(self):
        """{reason: how many}, the most frequent first."""
        return dict(Counter(reason for _guest, reason in self.skipped).most_common())


@dataclass(frozen=True, slots=True)
class Sending:
    """What a press of "send" did, or with dry_run would do."""

    queued: int
    skipped: dict


def audience(event, *, letter="invitation", to="all", activity=None):
    """Audience of this letter: guests with host and contact loaded. Three queries, and one for companions, whatever
    the event's size.

    Raises NothingToSay, GoesByItself, NobodyIsCounted and EventIsNotOpen.
    """
    _refuse(event, letter, to)
    guests = Guest.objects.filter(event=event, forgotten_at=None).with_whom()
    guests = guests.select_related("contact__company", "contact__host", "host", "invitation")
    answers = Answer.objects.filter(guest__event=event)
    states = _by_guest(answers.filter(activity=activity) if activity else answers)
    messages = {row[0]: row[1:] for row in _campaign(event, letter).values_list("guest_id", "state", "pk")}
    chosen = Audience([], [], {})
    for guest in guests.order_by("sort_key", "pk"):
        state, pk = messages.get(guest.pk, (None, None))
        reason = _reason(guest, states.get(guest.pk), to, state)
        if reason:
            chosen.skipped.append((guest, reason))
            continue
        chosen.recipients.append(guest)
        if pk:
            chosen.again[guest.pk] = pk
    return chosen


def send(event, *, letter="invitation", to="all", activity=None, by, channel, now, at=None, dry_run=False):
    """Queues the letter for its audience, due now or at `at`, with history, in one transaction. Returns Sending.

    Pressing twice sends nothing twice: a guest has one row per campaign letter. Rows that failed or were stopped are
    queued again, with their Message-ID; those that may have been sent are left to `messages.send_again`.
    """
    with transaction.atomic():
        event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        chosen = audience(event, letter=letter, to=to, activity=activity)
        if not dry_run:
            _write(event, letter, chosen, by=by, channel=channel, now=now, due_at=at or now)
        return Sending(len(chosen.recipients), chosen.reasons)


@transaction.atomic
def send_to(guest, *, by, channel, now):
    """Queues the invitation for this one guest, due now. Without an address, or pressed twice, it queues nothing.

    Raises EventIsNotOpen.
    """
    event = Event.objects.get(pk=guest.event_id)
    _refuse(event, Letter.Kind.INVITATION, "all")
    is_sent = _campaign(event, Letter.Kind.INVITATION).filter(guest=guest).exists()
    if guest.email and not is_sent:
        _write(event, Letter.Kind.INVITATION, Audience([guest]), by=by, channel=channel, now=now, due_at=now)


def _refuse(event, letter, to):
    if letter in BY_ITSELF:
        raise GoesByItself(letter)
    if not emails.has_text(event, letter):
        raise NothingToSay(letter)
    if to in NOT_YET:
        raise NobodyIsCounted(to)
    if letter == Letter.Kind.INVITATION and event.state != Event.State.OPEN:
        raise EventIsNotOpen(event.state)


def _campaign(event, letter):
    """The rows that decide whether a guest has this letter already; an open link row is one that waits."""
    return Message.objects.filter(event=event, letter=letter, key=letter)


def _by_guest(answers):
    states = {}
    for guest_id, state in answers.values_list("guest_id", "state"):
        states.setdefault(guest_id, set()).add(state)
    return states


def _reason(guest, states, to, message_state):
    """The code of why this guest is left out, the plainest reason first; "" for who gets the letter."""
    if guest.companion_of_id:
        return "companion"
    if states is None:
        return "not_invited"
    if not _IS_IN[to](states):
        return "answered" if to == "unanswered" else "other_answer"
    if not hasattr(guest, "invitation") or guest.invitation.state == Invitation.State.REVOKED:
        return "revoked"
    contact = guest.contact
    if contact is None or not contact.email:
        return "no_email"
    if contact.email_fails:
        return "bounced"
    if contact.unsubscribed_at:
        return "unsubscribed"
    if message_state == Message.State.UNCERTAIN:
        return "uncertain"
    return "" if message_state is None or message_state in AGAIN else "already_sent"


_IS_IN = {
    "all": lambda states: True,
    "unanswered": lambda states: states <= {State.NO_ANSWER},
    "coming": lambda states: State.COMING in states,
    "declined": lambda states: states <= {State.NOT_COMING, State.NO_ANSWER} and State.NOT_COMING in states,
    "waiting": lambda states: State.WAITING in states,
}


def _write(event, letter, chosen, *, by, channel, now, due_at):
    """New rows for those without one, old rows back into the queue, a line of history each; in batches."""
    new = [
        Message(
            guest=guest, event=event, letter=letter, key=letter, language=guest.mail_language, created_at=now,
            queued_by=by, due_at=due_at, message_id=emails.new_message_id(),
        )
        for guest in chosen.recipients
        if guest.pk not in chosen.again
    ]  # fmt: skip
    Message.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    again = list(chosen.again.values())
    for ids in (again[at : at + BATCH] for at in range(0, len(again), BATCH)):
        Message.objects.filter(pk__in=ids, state__in=AGAIN).update(
            state=Message.State.QUEUED, due_at=due_at, attempts=0, error_code="", queued_by=by
        )
    if letter == Letter.Kind.INVITATION:
        calendar_invitations.go_along(event, chosen.recipients, by=by, now=now, due_at=due_at)
    what = History.What.MAIL_QUEUED
    rows = (
        history.note(event, what, by=by, channel=channel, now=now, guest=guest, letter=str(letter))
        for guest in chosen.recipients
    )
    History.objects.bulk_create(rows, batch_size=BATCH)
