"""What guests tell about food: kept while they agree, emptied at once when they no longer do.

Nothing of it is written to the history, for "agreed to keep food needs" says that there are some (P1, P3): what
was agreed, when and how stands with the consent itself.
"""

from django.db import transaction
from django.db.models import Q

from ..domain import food as domain
from ..domain.food import Plate
from ..models import Consent, Event, Food, Guest, KitchenList
from ..models.food_words import VERSION
from ..models.plates import last_consent, no_longer_at_a_table, told_by
from . import parties
from .attempts import tried


class NotAgreed(ValueError):
    """Somebody needs something, and there is no consent to keep it."""


class NotOfTheParty(LookupError):
    """These are neither the guest nor those whom the guest brings; carries their ids."""

    def __init__(self, guests):
        super().__init__(guests)
        self.guests = guests


@transaction.atomic
def store(guest, plates, *, is_agreed=False, language, channel, now):
    """Keeps what each of the party needs, {guest id: Plate}; whoever is not named stays as before.

    An empty plate is kept as "eats everything", which needs no consent. Raises NotAgreed when there are needs and
    neither is_agreed nor an earlier consent to the same words; NotOfTheParty. Doing it twice is harmless.
    """
    _lock(guest)
    strangers = set(plates) - {guest.pk, *guest.companions.values_list("pk", flat=True)}
    if strangers:
        raise NotOfTheParty(strangers)
    stored = {row.guest_id: row for row in told_by(guest)}
    if any(plate.is_special for plate in plates.values()):
        _agree(guest, is_agreed=is_agreed, language=language, channel=channel, now=now)
    _write(stored, plates, now=now)
    _empty_plates(guest.event_id, [pk for pk, plate in plates.items() if not plate.is_special])
    if not any(row.needs or row.other for row in stored.values()):
        _end_consent(guest, now=now)


def _write(stored, plates, *, now):
    """Brings stored, {guest id: Food}, to the plates; two queries however many they are."""
    new, changed = [], []
    for guest_id, plate in plates.items():
        row = stored.setdefault(guest_id, Food(guest_id=guest_id))
        if row.pk is None or plate != Plate(tuple(row.needs), row.other):
            (new if row.pk is None else changed).append(row)
            row.needs, row.other, row.changed_at = list(plate.needs), plate.other, now
    Food.objects.bulk_create(new)
    Food.objects.bulk_update(changed, ["needs", "other", "changed_at"])


@transaction.atomic
def withdraw(guest, *, now):
    """Takes the consent back: what is kept of the guest and all whom the guest brings is gone at once.

    Possible at any time, whatever the state of the event. The kitchen is told that nothing is needed any more, not
    what it was. Doing it twice is harmless.
    """
    _lock(guest)
    _erase(guest.event_id, [row.guest_id for row in told_by(guest)])
    _end_consent(guest, now=now)


def let_go():
    """Forgets the needs of parties of whom nobody comes to anything with food any more; returns how many.

    Whoever comes after all is asked again. Also takes those who are no longer there out of the kitchen's lists.
    """
    told_at = no_longer_at_a_table().order_by().values("guest__event")
    concerned = Event.objects.filter(Q(pk__in=told_at) | Q(activity__kitchenlist__isnull=False)).distinct()
    return sum(tried(_let_go_at, event, failed=0) for event in concerned)


@transaction.atomic
def _let_go_at(event):
    """At one event, looked at once nobody can come back in between."""
    parties.lock(event.pk)
    gone = _erase(event.pk, list(no_longer_at_a_table().filter(guest__event=event).values_list("guest", flat=True)))
    _drop_the_missing(event)
    return gone


def _drop_the_missing(event):
    """A companion who was taken off the list left no food behind, except in what the kitchen was handed."""
    lists = KitchenList.objects.filter(activity__event=event).exclude(plates={})
    handed = {guest for row in lists for guest, plate in domain.from_store(row.plates).items() if plate}
    missing = handed - set(Guest.objects.filter(event=event).values_list("pk", flat=True))
    if missing:
        _empty_plates(event.pk, missing)


def _lock(guest):
    """In the order in which answering locks, so that nobody waits for the other."""
    parties.lock(guest.event_id)
    Guest.objects.select_for_update(no_key=True).get(pk=guest.pk)


def _agree(guest, *, is_agreed, language, channel, now):
    """Makes sure that a consent to today's words is in force."""
    last = last_consent(guest)
    in_force = last if last and last.withdrawn_at is None else None
    if in_force and in_force.is_given and in_force.text_version == VERSION:
        return
    if not is_agreed:
        raise NotAgreed
    if in_force:
        _end_consent(guest, now=now)
    Consent.objects.create(
        guest=guest, purpose=Consent.Purpose.FOOD, is_given=True, text_version=VERSION, language=language,
        channel=channel, said_at=now,
    )  # fmt: skip


def _end_consent(guest, *, now):
    Consent.objects.filter(guest=guest, purpose=Consent.Purpose.FOOD, withdrawn_at=None).update(withdrawn_at=now)


def _erase(event_id, guest_ids):
    told, _by_model = Food.objects.filter(guest__in=guest_ids).delete()
    _empty_plates(event_id, guest_ids)
    return told


def _empty_plates(event_id, guest_ids):
    """Takes what these guests needed out of what the kitchen was handed."""
    for row in KitchenList.objects.select_for_update().filter(activity__event=event_id).order_by("pk"):
        plates = domain.emptied(row.plates, guest_ids)
        if plates != row.plates:
            row.plates = plates
            row.save(update_fields=["plates"])
