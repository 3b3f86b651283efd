"""Undoing that a colleague was let come instead: the colleague is released, and the first guest stands as before."""

from ..domain.answers import HOLDING, State
from ..domain.undoing import Verdict
from ..models import Answer, Guest, History, Substitute
from . import calendars, guests, history, start_writing, waiting_list
from .undo_answers import CannotBeUndone, Undone, checked, deed_of, put_back, record

What = History.What


def colleague_of(row):
    """Who was let come instead. Raises CannotBeUndone where that is no longer so, or the colleague said anything."""
    found = Guest.objects.select_related("contact", "event", "invitation").filter(
        pk=row.facts["substitute"], replaces=row.guest_id, forgotten_at=None
    )
    colleague = found.first()
    if colleague is None:
        raise CannotBeUndone(Verdict.CHANGED_SINCE)
    if History.objects.filter(guest=colleague, channel=History.Channel.WEB).exclude(what=What.LANGUAGE).exists():
        raise CannotBeUndone(Verdict.COLLEAGUE_ANSWERED)
    return colleague


def deeds_of(row, may_be_undone):
    """[(row, Change)] for each part that the first guest declined in the same breath, and that still stands so."""
    declined = History.objects.filter(guest=row.guest_id, at=row.at, what=What.ANSWERED, pk__lt=row.pk)
    found, verdicts = [], may_be_undone(row.guest)
    for each in declined.select_related("activity", "event").order_by("pk"):
        each.guest = row.guest
        try:
            found.append((each, checked(each, verdicts[each.pk])))
        except CannotBeUndone:
            continue
    return found


def places_to_hand_back(colleague, kept):
    """The ids of the activities where the colleague still has the place that the first guest had."""
    rows = Answer.objects.filter(guest=colleague, activity__in=kept, state=State.COMING)
    return set(rows.values_list("activity_id", flat=True))


def let_go(row, change, locked, *, accepts_waiting, how, may_be_undone):
    """Ends the colleague's link and places; the places go back to the first guest. The activities are locked.

    Nobody is written to. Raises CannotBeUndone and NoPlaceLeft.
    """
    colleague = colleague_of(row)
    deeds = deeds_of(row, may_be_undone)
    handed = places_to_hand_back(colleague, change.was["kept"])
    freed = _release(colleague, how)
    promoted = []
    for each, its in deeds:
        each.activity = locked[each.activity_id]
        deed = deed_of(each, its, may_be_undone)
        if each.activity_id in handed and its.before == State.COMING:
            _take_place_back(each, its, how)
            freed.discard(each.activity_id)
            deed = deed[1:]
        if deed:
            promoted += put_back(deed[0][0], deed, locked, accepts_waiting=accepts_waiting, how=how).promoted
    for activity in sorted(freed):
        waiting_list.fill(row.event, now=how["now"], only=locked[activity])
    proposed = Substitute.objects.filter(pk=change.was["proposal"], state=Substitute.State.APPROVED)
    proposed.update(state=Substitute.State.DECLINED, decided_at=how["now"], decided_by=how["by"])
    return Undone(record(row, change, "", how, substitute=colleague.pk), promoted)


def _release(colleague, how):
    """The colleague comes to nothing, and the link ends. Returns the ids of the activities where a place came free."""
    held = list(Answer.objects.filter(guest=colleague, state__in=HOLDING).select_related("activity"))
    rows, freed = [], set()
    for answer in held:
        freed |= {answer.activity_id} if answer.state == State.COMING else set()
        facts = {"before": answer.state, "after": State.NOT_COMING}
        calendars.go_to(answer, State.NOT_COMING, now=how["now"])
        answer.waiting_number, answer.promoted_at, answer.answered_at = None, None, how["now"]
        rows.append(
            history.note(
                colleague.event, What.ANSWERED, guest=colleague, activity=answer.activity, **how, **facts
            )
        )  # fmt: skip
    Answer.objects.bulk_update(held, [*waiting_list.PLACE_FIELDS, "answered_at"])
    History.objects.bulk_create(rows)
    start_writing.release([colleague.pk], [answer.activity_id for answer in held], **how)
    guests.revoke_link(colleague, **how)
    return freed


def _take_place_back(row, change, how):
    """The place goes from one to the other, whoever waits for one."""
    answer = Answer.objects.get(guest=row.guest_id, activity=row.activity_id)
    calendars.go_to(answer, State.COMING, now=how["now"])
    answer.waiting_number, answer.answered_at = None, how["now"]
    answer.save(update_fields=[*waiting_list.PLACE_FIELDS, "answered_at"])
    record(row, change, State.COMING, how)
