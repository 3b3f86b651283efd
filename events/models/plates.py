"""Who sits where food is served, and what they have told about it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from ..domain.food import Plate
from .activity import Activity
from .answer import Answer
from .consent import Consent
from .food import Food
from .guest import Guest
from .keeping import days_of

AT_TABLE = (Answer.State.COMING, Answer.State.WAITING)


@dataclass(frozen=True, slots=True)
class Table:
    """The people of one party who come to, or wait for, something with food: the guest first; and the last start."""

    people: list[Guest]
    last_start_at: datetime | None


def deleted_on(event):
    """The day on which what was told about food is deleted (P4); one query."""
    return days_of([event])[event.pk].food_on


def of_party(guest):
    """A condition: rows of the guest and of those whom the guest brings."""
    return Q(guest=guest.pk) | Q(guest__companion_of=guest.pk)


def served():
    """Answers of those who come to, or wait for, what takes place with food on the table."""
    return Answer.objects.filter(activity__serves_food=True, activity__cancelled_at=None, state__in=AT_TABLE)


def table_of(guest):
    """The Table of the guest's party; one query."""
    rows = list(served().filter(of_party(guest)).select_related("guest__contact", "activity").order_by("guest_id"))
    people = {row.guest_id: row.guest for row in rows}
    return Table(
        people=sorted(people.values(), key=lambda person: (person.pk != guest.pk, person.pk)),
        last_start_at=max((row.activity.starts_at for row in rows), default=None),
    )


def is_asked(guest, answers):
    """Whether somebody of the party comes to something with food; a query only where that is not the guest."""
    mine = [row for row in answers if row.activity.serves_food and not row.activity.is_cancelled]
    if any(row.state in AT_TABLE for row in mine):
        return True
    return bool(mine) and guest.companions_allowed > 0 and served().filter(guest__companion_of=guest.pk).exists()


def told_by(guest):
    """[Food] of the guest and those whom the guest brings, with their names; one query."""
    rows = Food.objects.filter(of_party(guest)).select_related("guest__contact")
    return sorted(rows, key=lambda row: (row.guest_id != guest.pk, row.guest_id))


def last_consent(guest):
    """What the guest said last about keeping food needs, or None."""
    return Consent.objects.filter(guest=guest, purpose=Consent.Purpose.FOOD).order_by("-said_at", "-pk").first()


def is_told(guest):
    """Whether nobody at the table is left to be asked, or the guest has taken the consent back; one query."""
    mine = Consent.objects.filter(guest=OuterRef("pk"), purpose=Consent.Purpose.FOOD)
    untold = served().filter(of_party(guest), guest__food=None)
    taken_back = Exists(mine.exclude(withdrawn_at=None)) & ~Exists(mine.filter(withdrawn_at=None))
    return Guest.objects.filter(pk=guest.pk).filter(~Exists(untold) | taken_back).exists()


def plates_at(activities):
    """{activity id: {guest id: Plate}} of everybody who is coming; one query."""
    plates = {activity.pk: {} for activity in activities}
    coming = Answer.objects.filter(activity__in=list(plates), state=Answer.State.COMING)
    rows = coming.order_by("guest__sort_key", "guest_id").values_list(
        "activity_id", "guest_id", "guest__food__needs", "guest__food__other"
    )
    for activity_id, guest_id, needs, other in rows:
        plates[activity_id][guest_id] = Plate(tuple(needs or ()), other or "")
    return plates


def served_at(event):
    """[Activity] of the event where food is served, in order; one query, with what the kitchen was handed last."""
    served_here = Activity.objects.filter(event=event, serves_food=True).on().in_order()
    return list(served_here.select_related("kitchenlist__handed_by"))


def no_longer_at_a_table():
    """Food rows of parties of whom nobody comes to, or waits for, anything with food any more."""
    people = ("guest", "guest__companion_of")
    ties = [{mine: OuterRef(theirs)} for mine in people for theirs in people]
    rows = Food.objects.all()
    for tie in ties:  # four looks by an index, where one OR would read every answer
        rows = rows.exclude(Exists(served().filter(**tie)))
    return rows
