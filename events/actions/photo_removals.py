"""A guest asks to take a photo away: it hides at once from all guests, and an organiser decides (P6)."""

from datetime import timedelta

from django.db import transaction

from ..models import Guest, History, Photo, RemovalRequest
from . import history, photo_keys

TWICE = timedelta(minutes=2)  # a button pressed again meets the new address: what it asked for has been done
Decision, What = RemovalRequest.Decision, History.What


@transaction.atomic
def ask(guest, key, note="", *, channel, now):
    """Hides the photo with this address from all guests, under a new address, and returns the RemovalRequest.

    Raises Photo.DoesNotExist for what the guest does not see. Pressed again by the same guest, that of the first time.
    """
    Guest.objects.select_for_update(no_key=True).only("pk").get(pk=guest.pk)
    photo = Photo.objects.visible_to(guest).select_for_update(of=("self",)).filter(key=key).first()
    if photo is None:
        return _asked_just_now(guest, now)
    photo.state = Photo.State.HIDDEN
    photo.save(update_fields=["state"])
    photo_keys.renew([photo])
    facts = {"guest": guest, "photo": photo.pk}
    history.record(guest.event, What.PHOTO_WISH, by=None, channel=channel, now=now, **facts)
    return RemovalRequest.objects.create(photo=photo, guest=guest, note=note, asked_at=now)


@transaction.atomic
def decide(removal, decision, *, by, channel, now):
    """An organiser takes the photo away for good (Decision.REMOVED) or shows it again (KEPT), for all who asked for it.

    Returns whether it was still to be decided.
    """
    photo = Photo.objects.select_for_update().get(pk=removal.photo_id)
    asked = list(RemovalRequest.objects.filter(photo=photo, decision=Decision.OPEN).select_related("guest"))
    if removal.pk not in {row.pk for row in asked}:
        return False
    RemovalRequest.objects.filter(pk__in=[row.pk for row in asked]).update(decision=decision, decided_at=now)
    photo.state = Photo.State.HIDDEN if decision == Decision.REMOVED else Photo.State.SHOWN
    photo.save(update_fields=["state"])
    for row in asked:
        facts = {"guest": row.guest, "photo": photo.pk, "decision": str(decision)}
        history.record(photo.event, What.PHOTO_DECIDED, by=by, channel=channel, now=now, **facts)
    return True


def _asked_just_now(guest, now):
    found = RemovalRequest.objects.filter(guest=guest, asked_at__gt=now - TWICE).first()
    if found is None:
        raise Photo.DoesNotExist
    return found
