"""The demo's consents: all mixes of yes, no and no answer, and some who thought better of it."""

from datetime import timedelta
from itertools import product

from ..models import Event, Guest, History
from ..models.consent_texts import TEXTS
from . import consents, programme

MIXES = list(product((True, False, None), repeat=len(TEXTS)))
STRIDE = 5  # neighbours in the list differ in more than the last answer
SAID_AFTER = timedelta(minutes=2)


def fill(event, *, now):
    """Guests who answered say in turn what they think of each purpose, just after their answer.

    Guests of an open event see who else is coming. Every ninth withdraws the yes or no to photos for its opposite.
    """
    if event.state == Event.State.OPEN:
        way = {"by": None, "channel": History.Channel.COMMAND}
        event.shows_guests = True
        programme.change_event(event, {"shows_guests"}, now=event.created_at, **way)
    answered = Guest.objects.filter(event=event).exclude(answered_at=None).select_related("event", "contact")
    for number, guest in enumerate(answered.order_by("pk")):
        said = dict(zip(TEXTS, MIXES[number * STRIDE % len(MIXES)], strict=True))
        if number % 9 == 0 and said["photos"] is not None:
            _say(guest, {"photos": not said["photos"]}, min(guest.answered_at + SAID_AFTER / 2, now))
        _say(guest, said, min(guest.answered_at + SAID_AFTER, now))


def _say(guest, said, moment):
    for purpose, is_given in said.items():
        if is_given is not None:
            consents.say(
                guest, purpose, is_given, by=None, channel=History.Channel.WEB, language=guest.mail_language, now=moment
            )
