"""Undoing a change that stands in a guest's history; the undoing stands there too, and can be undone in turn."""

from dataclasses import dataclass

from django.db import transaction

from ..domain.answers import State
from ..domain.undoing import OPEN, WITHDRAWN, Change, Thing, Verdict, has_places, verdicts
from ..models import Guest, History, Invitation
from . import arrivals, messages, parties
from .undo_answers import CannotBeUndone, NoPlaceLeft, Undone, checked, deed_of, line_of, put_back, record

__all__ = ["CannotBeUndone", "NoPlaceLeft", "Outlook", "Undone", "may_be_undone", "outlook", "tells", "undo"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What undoing a row would come to: the change, and the state it leads to ("waiting" where the place is gone)."""

    change: Change
    becomes: str

    @property
    def is_place_gone(self):
        return self.becomes == State.WAITING and self.change.before == State.COMING


def may_be_undone(guest):
    """{history row id: Verdict} of everything that happened to the guest; one query."""
    rows = History.objects.filter(guest=guest).order_by("-at", "-pk")
    return verdicts(rows.values_list("pk", "what", "activity_id", "facts"))


def outlook(row):
    """What undoing this row would come to now. Changes nothing. Raises CannotBeUndone."""
    change = checked(row, may_be_undone(row.guest)[row.pk])
    if change.thing is not Thing.ANSWER or change.before != State.COMING or change.after == State.WAITING:
        return Outlook(change, change.before)
    line = line_of(row)
    heads = sum(each.before == State.COMING for _row, each in deed_of(row, change, may_be_undone))
    fits = has_places(heads, capacity=row.activity.capacity, coming=line.coming, waiting=line.waiting)
    return Outlook(change, State.COMING if fits else State.WAITING)


@transaction.atomic
def undo(row, *, by, channel, now, tell=True, accepts_waiting=False):
    """Puts back what the row changed, and returns Undone; None when that is done already.

    What companions were said to do in the same deed goes back with it. The guest gets a mail with `tell`, where there
    is something to tell. Raises CannotBeUndone, and NoPlaceLeft where somebody would wait and that was not accepted.
    """
    locked = parties.lock(row.event_id)
    row.activity = locked.get(row.activity_id)
    verdict = may_be_undone(row.guest)[row.pk]
    if verdict is Verdict.UNDONE:
        return None
    change = checked(row, verdict)
    how = {"by": by, "channel": channel, "now": now}
    if change.thing in (Thing.ANSWER, Thing.LINE):
        deed = deed_of(row, change, may_be_undone)
        undone = put_back(row, deed, locked, accepts_waiting=accepts_waiting, how=how)
    else:
        undone = Undone(record(row, change, _PUT_BACK[change.thing](row, change), how))
    draft = _telling(row.guest, change.thing, undone.row.facts["after"], now=now) if tell else None
    messages.queue([draft] if draft else [], by=by, now=now)
    return undone


def tells(row, change):
    """Whether there is a mail that would tell the guest of the undoing."""
    return _telling(row.guest, change.thing, change.before, now=row.at) is not None


def _put_back_link(row, change):
    """Open again with the same link, or withdrawn again."""
    invitation = Invitation.objects.select_for_update().get(guest=row.guest_id)
    opened = Invitation.State.SENT if invitation.sent_at else Invitation.State.DRAFTED
    invitation.state = opened if change.before == OPEN else Invitation.State.REVOKED
    invitation.save(update_fields=["state"])
    return change.before


def _put_back_language(row, change):
    Guest.objects.filter(pk=row.guest_id).update(language=change.before)
    row.guest.language = change.before
    return change.before


def _put_back_presence(row, change):
    has_come = arrivals.has_come_of(change.before)
    Guest.objects.filter(pk=row.guest_id).update(has_come=has_come)
    row.guest.has_come = has_come
    return change.before


_PUT_BACK = {
    Thing.LINK: _put_back_link, Thing.LANGUAGE: _put_back_language, Thing.PRESENCE: _put_back_presence,
}  # fmt: skip


def _telling(guest, thing, after, *, now):
    """The draft that tells of it: what we understood, or the link that works again; else None."""
    reader = guest.reader
    if reader is None or thing in (Thing.LANGUAGE, Thing.LINE, Thing.PRESENCE):
        return None
    if thing is Thing.LINK:
        return None if after == WITHDRAWN else messages.link_again(reader, now=now)
    return messages.confirmation(reader, now=now)
