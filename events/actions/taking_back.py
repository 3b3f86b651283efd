"""A change of the programme is taken back: all is as before, and mails that have not left do not leave."""

from django.db import transaction

from ..domain import differences
from ..emails import value_of
from ..models import Activity, Event, History
from . import cancelling, events, guests, moving, programme
from .notices import Telling


class ChangedSince(ValueError):
    """What the change left is not so any more, so there is nothing to go back from."""


class NotAChange(ValueError):
    """The line of history is of something else."""


@transaction.atomic
def take_back(row, *, by, channel, now):
    """Puts back what a line of history says was so; whoever was told and has the mail is told again.

    Returns the new line of history, None where it is taken back already. Raises ChangedSince, NotAChange.
    """
    if not can_be(row):
        raise NotAChange
    guests.lock_event(row.event_id)
    standing = stands(row)
    if standing is None:
        raise ChangedSince
    if not standing:
        return None
    telling = Telling() if "told" in row.facts else None
    return _deed(row)(by=by, channel=channel, now=now, telling=telling)


def can_be(row):
    """Whether the line of history is of a change that can be taken back."""
    if row.what == History.What.STATE:
        return Event.State.CANCELLED in (row.facts["before"], row.facts["after"])
    return row.what == History.What.PROGRAMME and bool(row.facts.get("was"))


def stands(row):
    """Whether what the change left is so still; False where all is as before it, None where it is neither."""
    now_so = _now(row)
    was, then = _before_and_after(row)
    if all(now_so[name] == value for name, value in then.items()):
        return True
    return False if all(now_so[name] == value for name, value in was.items()) else None


def facts_of(row):
    """What was so before the change, as a mail's facts."""
    was, _then = _before_and_after(row)
    if row.activity_id:
        return differences.facts(parts={row.activity_id: was})
    if row.what == History.What.STATE:
        was = {"is_cancelled": was["state"] == Event.State.CANCELLED}
    return differences.facts(event=was)


def _before_and_after(row):
    if row.what == History.What.STATE:
        return {"state": row.facts["before"]}, {"state": row.facts["after"]}
    return row.facts["was"], row.facts["is"]


def _now(row):
    if row.activity_id:
        return differences.of_part(Activity.objects.get(pk=row.activity_id))
    event = Event.objects.get(pk=row.event_id)
    return {"state": event.state, **differences.of_event(event)}


def _deed(row):
    """The deed that leads back."""
    was, _then = _before_and_after(row)
    if row.what == History.What.STATE:
        return lambda **how: events.change_state(row.event, was["state"], **how)
    if not row.activity_id:
        return lambda **how: moving.move(row.event, value_of("held_on", was["held_on"]), **how)
    if "is_cancelled" in was:
        deed = cancelling.cancel if was["is_cancelled"] else cancelling.restore
        return lambda **how: deed(row.activity, **how)
    fields = {name: value_of(name, value) for name, value in was.items()}
    return lambda **how: programme.change(row.activity, fields, **how)
