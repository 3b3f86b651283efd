"""What the rules for letters know of an event's guests, as domain.reminders.Reader."""

from collections import defaultdict

from ..domain import reminders
from .answer import Answer
from .campaign import Campaign
from .guest import Guest
from .letter import Letter
from .message import Message

# Letters that tell a guest of the guest's own doings, or go to the house: they keep nobody from being reminded.
ASKED_FOR = (
    Letter.Kind.CONFIRMATION, Letter.Kind.PROMOTED, Letter.Kind.RELEASED, Letter.Kind.NO_SUBSTITUTE, Letter.Kind.LINK,
    Letter.Kind.CALENDAR, Letter.Kind.VOICE, Letter.Kind.BOUNCED,
)  # fmt: skip
GONE_OR_GOING = ("queued", "sending", "sent", "uncertain")
_COLUMNS = (
    "pk", "companion_of", "invitation__state", "contact__email", "contact__email_fails", "contact__unsubscribed_at",
)  # fmt: skip


def readers_of(event):
    """[Reader] of everybody at the event who is not forgotten, in the order of lists; four queries at any size."""
    guests = Guest.objects.filter(event=event, forgotten_at=None).order_by("sort_key", "pk").values_list(*_COLUMNS)
    states, mails = _states(event), _mails(event)
    return [_reader(row, states.get(row[0], ()), mails.get(row[0], ())) for row in guests]


def _reader(row, states, mails):
    pk, leader, invitation, email, fails, unsubscribed_at = row
    kinds = [letter for letter, _key, _at in mails if letter in (reminders.REMINDER, reminders.PRACTICAL)]
    return reminders.Reader(
        pk=pk, is_companion=leader is not None, is_invited=bool(states),
        has_said=any(state != Answer.State.NO_ANSWER for state in states), is_coming=Answer.State.COMING in states,
        invitation=invitation or "", has_email=bool(email), email_fails=bool(fails),
        is_unsubscribed=unsubscribed_at is not None, had=tuple(kinds),
        rules=frozenset(int(number) for _letter, key, _at in mails if (number := _rule(key))),
        wrote_at=tuple(at for _letter, _key, at in mails),
    )  # fmt: skip


def _rule(key):
    """The number of the rule by which a mail went out, as in "reminder:7"; "" for others."""
    kind, _colon, number = key.partition(":")
    return number if kind in (reminders.REMINDER, reminders.PRACTICAL) and number.isdecimal() else ""


def _states(event):
    """{guest id: [state]} at what takes place."""
    states = defaultdict(list)
    rows = Answer.objects.filter(guest__event=event, activity__cancelled_at=None).order_by()
    for guest, state in rows.values_list("guest", "state"):
        states[guest].append(state)
    return states


def _mails(event):
    """{guest id: [(letter, key, when it went or is to go)]} of what nobody had asked for."""
    mails = defaultdict(list)
    rows = Message.objects.filter(event=event, state__in=GONE_OR_GOING).exclude(letter__in=ASKED_FOR).order_by()
    for guest, letter, key, sent_at, due_at in rows.values_list("guest", "letter", "key", "sent_at", "due_at"):
        mails[guest].append((letter, key, sent_at or due_at))
    columns = ("letter", "recipients", "written", "due_at")
    for letter, ids, written, due_at in Campaign.objects.to_be_written().filter(event=event).values_list(*columns):
        for guest in ids[written:]:
            mails[guest].append((letter, "", due_at))
    return mails
