"""Undoing what changed an answer: a whole deed at once, for what was said for a party belongs together."""

from dataclasses import dataclass, field

from django.db.models import F, Q

from ..domain.answers import HOLDING, Choice, State, companions_follow
from ..domain.undoing import UNINVITED, Thing, Verdict, change_of
from ..models import Answer, Guest, History
from ..models.line import lines_of
from . import calendars, guests, history, parties, start_writing, waiting_by_hand, waiting_list
from .settling import settle

What = History.What


class CannotBeUndone(ValueError):
    """This row stays as it is; carries the Verdict that says why."""

    def __init__(self, verdict):
        super().__init__(verdict)
        self.verdict = verdict


class NoPlaceLeft(ValueError):
    """The place the guest had is gone; the guest would wait in line."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The new history row, and the answers of others who got a place by it."""

    row: History
    promoted: list = field(default_factory=list)


def checked(row, verdict):
    """The row's Change, when it can be put back now. Raises CannotBeUndone."""
    if verdict is not Verdict.MAY:
        raise CannotBeUndone(verdict)
    change = change_of(row.what, row.facts)
    if change.thing not in (Thing.ANSWER, Thing.LINE):
        return change
    if row.activity.is_cancelled:
        raise CannotBeUndone(Verdict.CANCELLED)
    if _state(row) != (change.after if change.thing is Thing.ANSWER else State.WAITING):
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    if _is_let_in_again(change) and not _has_room(row):
        raise CannotBeUndone(Verdict.NO_PLACE)
    return change


def deed_of(row, change, may_be_undone):
    """[(row, Change)]: this row first, and those that the same deed wrote for the same party and that still stand."""
    leader = row.guest.leader.pk
    same = History.objects.filter(event=row.event_id, activity=row.activity_id, at=row.at, what=row.what)
    mates = same.filter(Q(guest=leader) | Q(guest__companion_of=leader)).exclude(pk=row.pk).order_by("pk")
    deed = [(row, change)]
    for mate in mates.select_related("event", "guest__event", "guest__contact", "guest__companion_of__contact"):
        mate.activity = row.activity
        try:
            its = checked(mate, may_be_undone(mate.guest)[mate.pk])
        except CannotBeUndone:
            continue
        deed += [(mate, its)] if (its.before, its.after) == (change.before, change.after) else []
    return deed


def put_back(row, deed, activities, *, accepts_waiting, how):
    """Puts back the answers, or the place in line, of a deed; the activities are locked. Returns Undone.

    Raises NoPlaceLeft and CannotBeUndone.
    """
    change = deed[0][1]
    if change.thing is Thing.LINE:
        return _move_back(row, deed, how)
    if change.before == UNINVITED:
        _answers(deed).delete()
        return _written(deed, UNINVITED, how)
    if _was_let_in(change):
        _stand_again(row, deed, change.number, **_now(how))
        return _written(deed, State.WAITING, how)
    if _is_let_in_again(change):
        facts = {"number": _answers(deed).values_list("waiting_number", flat=True)[0]}
        _let_in_again(deed, **_now(how))
        return _written(deed, State.COMING, how, **facts)
    return _say_again(row, deed, activities, accepts_waiting=accepts_waiting, how=how)


def line_of(row):
    """How many come to the row's activity and wait for it."""
    return lines_of(row.event, [Answer(activity=row.activity, guest=row.guest)])[row.activity_id]


def record(row, change, after, how, **facts):
    """The history row of one change undone."""
    told = {"undoes": row.pk, "thing": change.thing.value, "before": change.after, "after": after, **facts}
    return history.record(row.event, What.UNDONE, guest=row.guest, activity=row.activity, **how, **told)


def _written(deed, after, how, promoted=(), **facts):
    rows = [record(row, change, after, how, **facts) for row, change in deed]
    return Undone(rows[0], list(promoted))


def _state(row):
    states = Answer.objects.filter(guest=row.guest_id, activity=row.activity_id).values_list("state", flat=True)
    return next(iter(states), UNINVITED)


def _answers(deed):
    return Answer.objects.filter(guest__in=[row.guest_id for row, _change in deed], activity=deed[0][0].activity_id)


def _was_let_in(change):
    return (change.before, change.after) == (State.WAITING, State.COMING) and change.number is not None


def _is_let_in_again(change):
    return (change.before, change.after) == (State.COMING, State.WAITING)


def _has_room(row):
    """Whether there is a place, whoever waits for it: the one taken from this guest may be given back."""
    return row.activity.capacity is None or line_of(row).coming < row.activity.capacity


def _let_in_again(deed, *, now):
    answers = list(_answers(deed))
    for answer in answers:
        calendars.go_to(answer, State.COMING, now=now)
        answer.waiting_number = None
    Answer.objects.bulk_update(answers, ["state", "waiting_number", *calendars.FIELDS])


def _stand_again(row, deed, number, *, now):
    """In line where they stood; others who have that number by now stand behind them, and so do the rest.

    A party that may be split since stands there one by one, the guest first.
    """
    leader = row.guest.leader.pk
    stands_apart = Guest.objects.filter(pk=leader, splits_party=True).exists()
    line = Answer.objects.filter(activity=row.activity_id, waiting_number__isnull=False)
    own = Q(guest__in=[each.guest_id for each, _change in deed])
    others = line.exclude(own if stands_apart else own | Q(guest=leader) | Q(guest__companion_of=leader))
    rows = _answers(deed).select_related("activity").with_start()
    heads = sorted(rows, key=lambda answer: (answer.guest_id != leader, answer.pk))
    numbers = range(number, number + (len(heads) if stands_apart else 1))
    if others.filter(waiting_number__in=numbers).exists():
        others.filter(waiting_number__gte=number).update(waiting_number=F("waiting_number") + len(numbers))
    for at, answer in enumerate(heads):
        calendars.go_to(answer, State.WAITING, now=now)
        answer.waiting_number, answer.promoted_at = numbers[at] if stands_apart else number, None
    Answer.objects.bulk_update(heads, waiting_list.PLACE_FIELDS)
    start_writing.free([answer for answer in heads if start_writing.is_free_again(answer, now=now)])


def _move_back(row, deed, how):
    """To the place in line before; the waiting list writes that it moved, which is told as undone instead."""
    answer, place = _answers(deed).select_related("guest").filter(guest=row.guest_id).get(), deed[0][1].before
    moved = _rows_to_come(deed, What.MOVED)
    promoted = waiting_by_hand.move(answer, place, reason="", **how)
    if not moved().delete()[0]:
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    return _written(deed, place, how, promoted)


def _say_again(row, deed, activities, *, accepts_waiting, how):
    """What was said before is settled as an answer is: places are counted, the line moves, the party holds together."""
    change, slug = deed[0][1], row.activity.slug
    if change.after == UNINVITED:
        fresh = [
            answer for each, _change in deed for answer in guests.new_answers(each.guest, [row.activity], **_now(how))
        ]
        Answer.objects.bulk_create(fresh)
    party = parties.gather(row.guest, activities)
    rows = party.answers[slug]
    numbers = {pk: {"number": answer.waiting_number} if answer.waiting_number else {} for pk, answer in rows.items()}
    chosen = _chosen(party, rows, {each.guest_id for each, _change in deed}, change.before)
    said = _rows_to_come(deed, What.ANSWERED, What.CONFIRMED)
    settled = settle(party, {slug: chosen} if chosen else {}, **how, tell=False, closes_at=lambda activity: None)
    after = {pk: decision.state for pk, decision in settled.decisions.get(slug, {}).items()}
    if change.before == State.COMING and State.WAITING in after.values() and not accepts_waiting:
        raise NoPlaceLeft
    if change.before == State.WAITING and change.number and State.WAITING in after.values():
        _stand_again(row, deed, change.number, **_now(how))
    if change.before == State.NO_ANSWER:
        _silence(deed)
        after = dict.fromkeys(rows, State.NO_ANSWER)
    said().delete()
    told = [record(each, its, after[each.guest_id], how, **numbers[each.guest_id]) for each, its in deed]
    return Undone(told[0], settled.promoted)


def _chosen(party, rows, guest_ids, before):
    """{guest id: Choice} to be settled; a place is given back before nothing is said any more."""
    choice = {State.WAITING: Choice.COMING, State.NO_ANSWER: Choice.NOT_COMING}.get(before) or Choice(before)
    asked = [pk for pk in guest_ids if before != State.NO_ANSWER or rows[pk].state in HOLDING]
    chosen = dict.fromkeys(asked, choice)
    if party.leader.pk in chosen:
        others = {pk: State(answer.state) for pk, answer in rows.items() if pk not in guest_ids}
        chosen |= companions_follow(choice, others)
    return chosen


def _rows_to_come(deed, *whats):
    """A function that finds what was written of this deed's people since now: that is told as undone instead."""
    people = [row.guest_id for row, _change in deed]
    rows = History.objects.filter(guest__in=people, activity=deed[0][0].activity_id, what__in=whats)
    before = list(rows.values_list("pk", flat=True))
    return lambda: rows.exclude(pk__in=before)


def _silence(deed):
    """No reply again, so that reminders reach whoever has said nothing else."""
    _answers(deed).update(state=State.NO_ANSWER, answered_at=None, waiting_number=None, promoted_at=None)
    for row, _change in deed:
        if not Answer.objects.filter(guest=row.guest_id, answered_at__isnull=False).exists():
            Guest.objects.filter(pk=row.guest_id).update(answered_at=None)
            row.guest.answered_at = None


def _now(how):
    return {"now": how["now"]}
