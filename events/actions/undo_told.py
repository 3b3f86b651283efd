"""Undoing what was told or decided about one guest or part: the row's codes are put back, each in its own place."""

from datetime import datetime

from ..domain.undoing import WISHED, Thing, Verdict
from ..models import Activity, Entry, History, Question, RaceClass, Reply, Substitute, TimingEvent
from ..models.entry import CODES
from . import consents, entries, history, results
from .calendars import moment_code
from .undo_answers import CannotBeUndone, Undone, record

What = History.What
ERASED = Substitute.Privacy.erased["email"]


def race(row, change, how):
    """What stood there about the race; after the first that was told, nothing. Raises CannotBeUndone.

    What may no longer be told stays.
    """
    has_begun = row.activity_id in entries.begun([row.activity], now=how["now"])
    names = {CODES[name]: name for name in entries.taken(has_begun=has_begun)}
    before = {code: value for code, value in change.was.items() if code in names}
    if change.was and not before:
        raise CannotBeUndone(Verdict.HAS_BEGUN)
    entry = Entry.objects.select_for_update().filter(guest=row.guest_id, activity=row.activity_id).first()
    codes = before or names
    was = {code: getattr(entry, names[code]) for code in codes} if entry else {}
    if before:
        entry = entry or Entry(guest_id=row.guest_id, activity_id=row.activity_id)
        for code, value in before.items():
            setattr(entry, names[code], value)
        if entry.race_class_id and not RaceClass.objects.filter(pk=entry.race_class_id).exists():
            entry.race_class_id = None  # taken away since
        entry.changed_at = how["now"]
        entry.save()
    elif entry and _is_held(entry, has_begun):  # what was given out since stays
        for name in names.values():
            setattr(entry, name, getattr(Entry(), name))
        entry.told_at, entry.changed_at = None, how["now"]
        entry.save()
    elif entry:
        entry.delete()
    results.derive_anew([row.activity_id], with_places="hides" in codes)
    return Undone(record(row, change, "", how, was=was))


def _is_held(entry, has_begun):
    """Whether more hangs on the entry than what may be taken back."""
    is_fixed = has_begun and any(getattr(entry, name) is not None for name in entries.FIXED)
    return is_fixed or bool(entry.bib or entry.own_start_at) or TimingEvent.objects.filter(entry=entry).exists()


def replies(row, change, how):
    """What was chosen before; questions that were taken away since are left out. Raises CannotBeUndone."""
    asked = Question.objects.filter(pk__in=change.was, activity=row.activity_id)
    there = {str(pk) for pk in asked.values_list("pk", flat=True)}
    if not there:
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    mine = Reply.objects.select_for_update().filter(guest=row.guest_id, question__in=there)
    said = {str(reply.question_id): reply.value for reply in mine}
    for pk in sorted(there, key=int):
        value = change.was[pk]
        if value is None:
            mine.filter(question=pk).delete()
        else:
            fields = {"value": value, "said_at": how["now"]}
            Reply.objects.update_or_create(guest_id=row.guest_id, question_id=int(pk), defaults=fields)
    was = {pk: said.get(pk) for pk in sorted(there, key=int)}
    return Undone(record(row, change, "", how, was=was))


def consent(row, change, how):
    """A yes that the house wrote down is taken away; never the other way round. Raises CannotBeUndone."""
    purpose = change.was["purpose"]
    if not consents.take_back(row.guest, purpose, now=how["now"]):
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    return Undone(record(row, change, change.before, how, purpose=purpose))


def proposal(row, change, how):
    """A colleague who was declined is proposed again. Raises CannotBeUndone where the proposal is gone."""
    declined = Substitute.objects.filter(pk=change.was["proposal"], state=Substitute.State.DECLINED)
    reopened = declined.exclude(email=ERASED).update(
        state=Substitute.State.PROPOSED, decided_at=None, decided_by=None
    )  # fmt: skip
    if not reopened:
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    return Undone(record(row, change, Substitute.State.PROPOSED, how))


def wish(row, change, how):
    """What the guest wanted to say too late waits for a decision again, or is set aside again."""
    undone = record(row, change, change.before, how, was=change.was)
    if change.before == WISHED:
        history.record(
            row.event, What.LATE, guest=row.guest, activity=row.activity, **how, **change.was, again=True
        )  # fmt: skip
    return Undone(undone)


def grace(row, change, how):
    """Answers are taken as long as before, or no longer. The activity is locked. Raises CannotBeUndone."""
    if moment_code(row.activity.grace_until_at) != change.after:
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    until_at = datetime.fromisoformat(change.before) if change.before else None
    Activity.objects.filter(pk=row.activity_id).update(grace_until_at=until_at)
    return Undone(record(row, change, change.before, how))


PUT_BACK = {
    Thing.RACE: race,
    Thing.REPLIES: replies,
    Thing.CONSENT: consent,
    Thing.PROPOSAL: proposal,
    Thing.WISH: wish,
    Thing.GRACE: grace,
}
