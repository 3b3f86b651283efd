"""The demo's letters to all: save the date, and the thanks after last year's edition."""

from ..models import History, Letter
from . import invitations

WAY = {"by": None, "channel": History.Channel.COMMAND}


def save_the_date(event, *, now, deliver):
    _send(event, Letter.Kind.SAVE_THE_DATE, "all", now, deliver)


def thank(event, *, now, deliver):
    """The morning after, to those who came and, in other words, to those who could not."""
    _send(event, Letter.Kind.THANKS, "all", now, deliver)


def _send(event, letter, to, now, deliver):
    invitations.send(event, letter=letter, to=to, now=now, **WAY)
    deliver(now)
