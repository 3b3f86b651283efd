"""Undoing a change that stands in a guest's history; the undoing stands there too, and can be undone in turn."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from ..domain.answers import Choice, State
from ..domain.undoing import OPEN, UNINVITED, WITHDRAWN, Change, Thing, Verdict, change_of, has_places, verdicts
from ..models import Answer, Guest, History, Invitation
from ..models.line import lines_of
from . import answers, guests, history, messages, parties, waiting_list

What = History.What
HOLDING = (State.COMING, State.WAITING)  # a place, or one in line


class CannotBeUndone(ValueError):
    """This row stays as it is; carries the Verdict that says why."""

    def __init__(self, verdict):
        super().__init__(verdict)
        self.verdict = verdict


class NoPlaceLeft(ValueError):
    """The place the guest had is gone; the guest would wait in line."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What undoing a row would come to: the change, and the state it leads to ("waiting" where the place is gone)."""

    change: Change
    becomes: str

    @property
    def is_place_gone(self):
        return self.becomes == State.WAITING and self.change.before == State.COMING


@dataclass(frozen=True, slots=True)
class Undone:
    """The new history row, and the answers of others who got the place given back."""

    row: History
    promoted: list = field(default_factory=list)


def may_be_undone(guest):
    """{history row id: Verdict} of everything that happened to the guest; one query."""
    rows = History.objects.filter(guest=guest).order_by("-at", "-pk")
    return verdicts(rows.values_list("pk", "what", "activity_id", "facts"))


def outlook(row):
    """What undoing this row would come to now. Changes nothing. Raises CannotBeUndone."""
    change = _change(row, may_be_undone(row.guest)[row.pk])
    if change.thing is not Thing.ANSWER or change.before != State.COMING or change.after == State.WAITING:
        return Outlook(change, change.before)
    line = lines_of(row.event, [_answer(row)])[row.activity_id]
    heads = sum(each.before == State.COMING for _row, each in _deed(row, change))
    fits = has_places(heads, capacity=row.activity.capacity, coming=line.coming, waiting=line.waiting)
    return Outlook(change, State.COMING if fits else State.WAITING)


@transaction.atomic
def undo(row, *, by, channel, now, tell=True, accepts_waiting=False):
    """Puts back what the row changed, and returns Undone; None when that is done already.

    What companions were said to do in the same deed goes back with it. The guest gets a mail with `tell`, where there
    is something to tell. Raises CannotBeUndone, and NoPlaceLeft where somebody would wait and that was not accepted.
    """
    locked = parties.lock(row.event_id)  # as answering does
    row.activity = locked.get(row.activity_id)
    verdict = may_be_undone(row.guest)[row.pk]
    if verdict is Verdict.UNDONE:
        return None
    change = _change(row, verdict)
    how = {"by": by, "channel": channel, "now": now}
    if change.thing is Thing.ANSWER:
        deed = _deed(row, change)
        done = {each.pk: _undo_answer(each, its, accepts_waiting=accepts_waiting, how=how) for each, its in deed}
        undone = Undone(done[row.pk].row, [answer for one in done.values() for answer in one.promoted])
    else:
        undone = Undone(_record(row, change, _PUT_BACK[change.thing](row, change), how))
    draft = _telling(row.guest, change.thing, undone.row.facts["after"], now=now) if tell else None
    messages.queue([draft] if draft else [], by=by, now=now)
    return undone


def _deed(row, change):
    """[(row, Change)] of this row and of those that the same deed wrote for the same party and that still stand.

    Who gets a place comes first, and before the companions: they come where the guest does.
    """
    leader = row.guest.companion_of_id or row.guest_id
    same = History.objects.filter(event=row.event_id, activity=row.activity_id, at=row.at, what=row.what)
    mates = same.filter(Q(guest=leader) | Q(guest__companion_of=leader)).exclude(pk=row.pk)
    deed = [(row, change)]
    for mate in mates.select_related("event", "guest__event", "guest__contact", "guest__companion_of__contact"):
        mate.activity = row.activity
        try:
            deed.append((mate, _change(mate, may_be_undone(mate.guest)[mate.pk])))
        except CannotBeUndone:
            continue
    return sorted(deed, key=lambda each: (each[1].before not in HOLDING, each[0].guest_id != leader, each[0].pk))


def tells(row, change):
    """Whether there is a mail that would tell the guest of the undoing."""
    return _telling(row.guest, change.thing, change.before, now=row.at) is not None


def _change(row, verdict):
    if verdict is not Verdict.MAY:
        raise CannotBeUndone(verdict)
    change = change_of(row.what, row.facts)
    if change.thing is Thing.ANSWER:
        if row.activity.is_cancelled:
            raise CannotBeUndone(Verdict.CANCELLED)
        answer = _answer(row)
        if (answer.state if answer else UNINVITED) != change.after:
            raise CannotBeUndone(Verdict.CHANGED_SINCE)
        if (change.before, change.after) == (State.COMING, State.WAITING) and not _has_room(row):
            raise CannotBeUndone(Verdict.NO_PLACE)
    return change


def _answer(row):
    return Answer.objects.filter(guest=row.guest_id, activity=row.activity_id).select_related("activity").first()


def _has_room(row):
    """Whether there is a place, whoever waits for it: the one taken from this guest may be given back."""
    line = lines_of(row.event, [_answer(row)])[row.activity_id]
    return row.activity.capacity is None or line.coming < row.activity.capacity


def _record(row, change, after, how, **facts):
    return history.record(
        row.event, What.UNDONE, guest=row.guest, activity=row.activity, **how, **_facts(row, change, after), **facts
    )


def _facts(row, change, after):
    return {"undoes": row.pk, "thing": change.thing.value, "before": change.after, "after": after}


def _undo_answer(row, change, *, accepts_waiting, how):
    """The answer as it was before; a place only where there is one."""
    answer, before = _answer(row), change.before
    number = {"number": answer.waiting_number} if answer and answer.waiting_number else {}
    if answer is None:
        answer = _invite_again(row, how["now"])
    if before == UNINVITED:
        answer.delete()
        return Undone(_record(row, change, UNINVITED, how))
    if before == State.WAITING and change.after == State.COMING and change.number:
        waiting_list.stand_again(answer, change.number)
        return Undone(_record(row, change, State.WAITING, how))
    if (before, change.after) == (State.COMING, State.WAITING):
        Answer.objects.filter(pk=answer.pk).update(state=State.COMING, waiting_number=None)
        return Undone(_record(row, change, State.COMING, how, **number))
    if before == State.NO_ANSWER:
        promoted = _silence(row, answer, how)
        return Undone(_record(row, change, State.NO_ANSWER, how, **number), promoted)
    return _answer_again(row, change, answer, accepts_waiting=accepts_waiting, number=number, how=how)


def _answer_again(row, change, answer, *, accepts_waiting, number, how):
    """Says again what was said before, through answering itself: it counts places and moves the line."""
    choice = Choice.COMING if change.before == State.WAITING else Choice(change.before)
    slug = row.activity.slug
    given = answers.give(row.guest, {slug: choice}, **how, tell=False)
    written = _written_meanwhile(row, how).last()  # for a companion perhaps by what the guest just said
    if written is None:
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    state = given.decisions[slug].state
    if state == State.WAITING and change.before == State.COMING and not accepts_waiting:
        raise NoPlaceLeft
    if state == State.WAITING and change.number:
        waiting_list.stand_again(answer, change.number)
    written.what, written.facts = What.UNDONE, {**_facts(row, change, state), **number}
    written.save(update_fields=["what", "facts"])
    return Undone(written, given.promoted)


def _written_meanwhile(row, how):
    """The answers that this undoing has said of the guest so far, the oldest first."""
    said = History.objects.filter(guest=row.guest, activity=row.activity, what=What.ANSWERED, at=how["now"])
    return said.filter(pk__gt=row.pk).order_by("pk")


def _silence(row, answer, how):
    """Back to no reply: the place goes to the next in line (returned), and reminders reach the guest again."""
    promoted = []
    if answer.state in (State.COMING, State.WAITING):
        given = answers.give(row.guest, {row.activity.slug: Choice.NOT_COMING}, **how, tell=False)
        if not given.is_changed:
            raise CannotBeUndone(Verdict.CHANGED_SINCE)
        promoted = given.promoted
    _written_meanwhile(row, how).delete()
    Answer.objects.filter(pk=answer.pk).update(state=State.NO_ANSWER, answered_at=None, waiting_number=None)
    if not Answer.objects.filter(guest=row.guest, answered_at__isnull=False).exists():
        Guest.objects.filter(pk=row.guest_id).update(answered_at=None)
        row.guest.answered_at = None
    return promoted


def _invite_again(row, now):
    answer = guests.new_answers(row.guest, [row.activity], now=now)[0]
    answer.save()
    return answer


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


_PUT_BACK = {Thing.LINK: _put_back_link, Thing.LANGUAGE: _put_back_language}


def _telling(guest, thing, after, *, now):
    """The draft that tells of it: what we understood, or the link that works again; else None."""
    reader = guest.reader
    if reader is None or thing is Thing.LANGUAGE:
        return None
    if thing is Thing.LINK:
        return None if after == WITHDRAWN else messages.link_again(reader, now=now)
    return messages.confirmation(reader, now=now)
