"""Encouraging lines from guests and hosts to a runner: said, shown, hidden; and a runner who wants none.

The history has the fact, never the words.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from ..models import Cheer, Entry, Guest, History, Host, Race
from . import history

TWICE = timedelta(minutes=10)  # the same said again within this time is a button pressed twice
HOUR = timedelta(hours=1)
What, State = History.What, Cheer.State


class NoCheers(Exception):
    """The race takes no cheers, or the runner wants none."""


@dataclass
class TooManyCheers(Exception):
    """So many within the hour are enough: from this sender, or to this runner (is_of_runner)."""

    is_of_runner: bool


@transaction.atomic
def say(runner, activity, text, *, guest=None, host=None, by, channel, now):
    """Keeps a line from a guest or a host to a runner in the race, shown or waiting as the race says.

    Saying the same twice keeps it once. Raises NoCheers and TooManyCheers. Returns the Cheer.
    """
    _lock(guest, host)
    race = Race.objects.of(activity)
    refuses = Entry.objects.filter(guest=runner, activity=activity, wants_no_cheers=True)
    if not race.takes_cheers or runner.forgotten_at or refuses.exists():
        raise NoCheers
    facts = {"guest": guest, "host": host, "runner": runner, "activity": activity, "text": text}
    before = Cheer.objects.filter(**facts, said_at__gt=now - TWICE).first()
    if before:
        return before
    _refuse_too_many(runner, {"guest": guest} if guest else {"host": host}, now)
    state = State.SHOWN if race.cheering == Race.Cheering.AT_ONCE else State.WAITING
    cheer = Cheer.objects.create(**facts, state=state, said_at=now)
    _record(cheer, What.CHEERED, by=by, channel=channel, now=now)
    return cheer


@transaction.atomic
def show(cheer, *, by, channel, now):
    """Lets the runner, and where both agree the board, have the line; not one that the runner has hidden.

    Returns whether it was not shown before.
    """
    theirs = Cheer.objects.filter(pk=cheer.pk, is_hidden_by_runner=False)
    return _become(theirs, cheer, State.SHOWN, What.CHEER_SHOWN, by=by, channel=channel, now=now)


@transaction.atomic
def hide(cheer, *, by, channel, now):
    """Takes the line away from everybody but the organisers, at once. Returns whether it was not hidden before."""
    theirs = Cheer.objects.filter(pk=cheer.pk)
    return _become(theirs, cheer, State.HIDDEN, What.CHEER_HIDDEN, by=by, channel=channel, now=now)


@transaction.atomic
def put_away(cheer, *, by, channel, now):
    """The runner does not want this line: hidden, and nobody shows it again but the runner. Twice is harmless."""
    theirs = Cheer.objects.filter(pk=cheer.pk, state=State.SHOWN)
    way = {"by": by, "channel": channel, "now": now}
    return _become(theirs, cheer, State.HIDDEN, What.CHEER_HIDDEN, is_hidden_by_runner=True, **way)


@transaction.atomic
def take_out(cheer, *, by, channel, now):
    """The runner thinks better of it. Returns whether the line had been put away."""
    theirs = Cheer.objects.filter(pk=cheer.pk, is_hidden_by_runner=True)
    way = {"by": by, "channel": channel, "now": now}
    return _become(theirs, cheer, State.SHOWN, What.CHEER_SHOWN, is_hidden_by_runner=False, **way)


@transaction.atomic
def want(runner, activity, wants_cheers, *, by, channel, now):
    """A runner wants no cheers, or does again; what was said before follows at once. Returns whether that is new."""
    entry, _is_new = Entry.objects.select_for_update().get_or_create(
        guest=runner, activity=activity, defaults={"changed_at": now}
    )
    is_new = entry.wants_no_cheers == wants_cheers
    if is_new:
        entry.wants_no_cheers = not wants_cheers
        entry.save(update_fields=["wants_no_cheers"])
        what = What.CHEER_SHOWN if wants_cheers else What.CHEER_HIDDEN
        way = {"by": by, "channel": channel, "now": now}
        history.record(runner.event, what, guest=runner, activity=activity, all=True, **way)
    return is_new


def _lock(guest, host):
    """The sender's row, so that a double press is seen as one and limits hold."""
    sender = guest or host
    (Guest if guest else Host).objects.select_for_update(no_key=True).only("pk").get(pk=sender.pk)


def _refuse_too_many(runner, sender, now):
    by_sender, to_runner = Q(**sender), Q(runner=runner)
    counted = Cheer.objects.filter(by_sender | to_runner, said_at__gt=now - HOUR).aggregate(
        sent=Count("pk", filter=by_sender), got=Count("pk", filter=to_runner)
    )
    if counted["sent"] >= settings.CHEERS_PER_SENDER_PER_HOUR:
        raise TooManyCheers(is_of_runner=False)
    if counted["got"] >= settings.CHEERS_PER_RUNNER_PER_HOUR:
        raise TooManyCheers(is_of_runner=True)


def _become(rows, cheer, state, what, *, by, channel, now, **also):
    changed = rows.exclude(state=state).update(state=state, **also)
    if changed:
        _record(cheer, what, by=by, channel=channel, now=now)
    return bool(changed)


def _record(cheer, what, *, by, channel, now):
    history.record(
        cheer.runner.event, what, by=by, channel=channel, now=now, guest=cheer.runner, activity=cheer.activity
    )
