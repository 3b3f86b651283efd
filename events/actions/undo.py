"""Undoing a change that stands in a history; the undoing stands there too, and can mostly be undone in turn."""

from dataclasses import dataclass

from django.db import transaction

from ..domain.answers import State
from ..domain.undoing import OPEN, WITHDRAWN, Change, Thing, Verdict, has_places, verdicts
from ..models import Answer, Guest, History, Invitation
from ..models.line import lines_of
from . import arrivals, messages, parties, undo_colleague, undo_party, undo_told
from .undo_answers import CannotBeUndone, NoPlaceLeft, Undone, checked, deed_of, put_back, record

__all__ = ["CannotBeUndone", "NoPlaceLeft", "Outlook", "Undone", "may_be_undone", "outlook", "tells", "undo"]

What = History.What
CONFIRMED_BY_MAIL = {Thing.ANSWER, Thing.COMPANIONS, Thing.COLLEAGUE}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What undoing a row would come to: the change, the state it leads to, and whether somebody would wait who had
    a place.
    """

    change: Change
    becomes: str
    is_place_gone: bool = False


def may_be_undone(guest):
    """{history row id: Verdict} of everything that happened to the guest; one query."""
    return _verdicts(History.objects.filter(guest=guest))


def _verdicts(rows):
    rows = rows.order_by("-at", "-pk")
    return verdicts(rows.values_list("pk", "what", "activity_id", "facts"))


def verdict_of(row):
    """Of a row about a guest, or about the event and no guest."""
    if row.guest_id:
        return may_be_undone(row.guest)[row.pk]
    rows = History.objects.filter(event=row.event_id, guest=None, what__in=(What.PROGRAMME, What.UNDONE))
    return _verdicts(rows).get(row.pk, Verdict.NO_CHANGE)


def outlook(row):
    """What undoing this row would come to now. Changes nothing. Raises CannotBeUndone."""
    change = checked(row, verdict_of(row))
    if change.thing is Thing.COMPANIONS:
        heads = undo_party.heads_that_come_back(change)
        return Outlook(change, change.before, any(not _fits(row, pk, count) for pk, count in heads.items()))
    if change.thing is Thing.COLLEAGUE:
        return _outlook_without_colleague(row, change)
    if change.thing is not Thing.ANSWER or change.before != State.COMING or change.after == State.WAITING:
        return Outlook(change, change.before)
    heads = sum(each.before == State.COMING for _row, each in deed_of(row, change, may_be_undone))
    fits = _fits(row, row.activity_id, heads)
    return Outlook(change, State.COMING if fits else State.WAITING, not fits)


def _fits(row, activity_id, heads):
    activity = row.event.activity_set.get(pk=activity_id)
    line = lines_of(row.event, [Answer(activity=activity, guest=row.guest)])[activity_id]
    return has_places(heads, capacity=activity.capacity, coming=line.coming, waiting=line.waiting)


def _outlook_without_colleague(row, change):
    colleague = undo_colleague.colleague_of(row)
    handed = undo_colleague.places_to_hand_back(colleague, change.was["kept"])
    deeds = undo_colleague.deeds_of(row, may_be_undone)
    gone = [each for each, its in deeds if its.before == State.COMING and each.activity_id not in handed]
    return Outlook(change, str(colleague), any(outlook(each).is_place_gone for each in gone))


@transaction.atomic
def undo(row, *, by, channel, now, tell=True, accepts_waiting=False):
    """Puts back what the row changed, and returns Undone; None when that is done already.

    What companions were said to do in the same deed goes back with it. The guest gets a mail with `tell`, where there
    is something to tell. Raises CannotBeUndone, and NoPlaceLeft where somebody would wait and that was not accepted.
    """
    locked = parties.lock(row.event_id)
    row.activity = locked.get(row.activity_id)
    if row.guest_id:
        Guest.objects.select_for_update(no_key=True).only("pk").get(pk=row.guest.leader.pk)
    verdict = verdict_of(row)
    if verdict is Verdict.UNDONE:
        return None
    change = checked(row, verdict)
    how = {"by": by, "channel": channel, "now": now}
    undone = _put_back(row, change, locked, accepts_waiting=accepts_waiting, how=how)
    draft = _telling(row.guest, change.thing, undone.row.facts["after"], now=now) if tell and row.guest_id else None
    messages.queue([draft] if draft else [], by=by, now=now)
    return undone


def _put_back(row, change, locked, *, accepts_waiting, how):
    waits = {"accepts_waiting": accepts_waiting, "how": how}
    if change.thing in (Thing.ANSWER, Thing.LINE):
        return put_back(row, deed_of(row, change, may_be_undone), locked, **waits)
    if change.thing is Thing.COMPANIONS:
        return undo_party.put_back(row, change, locked, **waits)
    if change.thing is Thing.COLLEAGUE:
        return undo_colleague.let_go(row, change, locked, **waits, may_be_undone=may_be_undone)
    return _PUT_BACK[change.thing](row, change, how)


def tells(row, change):
    """Whether there is a mail that would tell the guest of the undoing."""
    return bool(row.guest_id) and _telling(row.guest, change.thing, change.before, now=row.at) is not None


def _put_back_link(row, change, how):
    """Open again with the same link, or withdrawn again."""
    invitation = Invitation.objects.select_for_update().get(guest=row.guest_id)
    opened = Invitation.State.SENT if invitation.sent_at else Invitation.State.DRAFTED
    invitation.state = opened if change.before == OPEN else Invitation.State.REVOKED
    invitation.save(update_fields=["state"])
    return Undone(record(row, change, change.before, how))


def _put_back_language(row, change, how):
    Guest.objects.filter(pk=row.guest_id).update(language=change.before)
    row.guest.language = change.before
    return Undone(record(row, change, change.before, how))


def _put_back_presence(row, change, how):
    has_come = arrivals.has_come_of(change.before)
    Guest.objects.filter(pk=row.guest_id).update(has_come=has_come)
    row.guest.has_come = has_come
    return Undone(record(row, change, change.before, how))


_PUT_BACK = {
    Thing.LINK: _put_back_link,
    Thing.LANGUAGE: _put_back_language,
    Thing.PRESENCE: _put_back_presence,
    Thing.PARTY: undo_party.split_or_join,
    **undo_told.PUT_BACK,
}


def _telling(guest, thing, after, *, now):
    """The draft that tells of it: what we understood, or the link that works again; else None."""
    reader = guest.reader
    if reader is None:
        return None
    if thing is Thing.LINK:
        return None if after == WITHDRAWN else messages.link_again(reader, now=now)
    return messages.confirmation(reader, now=now) if thing in CONFIRMED_BY_MAIL else None
