"""A guest asks to take a photo away: it hides at once from all guests, and an organiser decides (P6)."""

from django.db import transaction

from ..models import Guest, History, Photo, RemovalRequest
from . import history, photo_keys

Decision, What = RemovalRequest.Decision, History.What


@transaction.atomic
def ask(guest, key, note="", *, channel, now):
    """Hides the photo with this address from all guests, under a new address, and returns the RemovalRequest.

    Raises Photo.DoesNotExist for what the guest does not see. Whoever still has the address under which somebody else
    asked joins in; pressed again by the same guest, it is the request of the first time.
    """
    Guest.objects.select_for_update(no_key=True).only("pk").get(pk=guest.pk)
    photo = Photo.objects.visible_to(guest).select_for_update(of=("self",)).filter(key=key).first()
    if photo is None:
        photo = _asked_away_at(guest.event_id, key)
        if own := RemovalRequest.objects.filter(photo=photo, guest=guest).first():
            return own
    decided = _hide(photo, guest, key, channel=channel, now=now)
    return RemovalRequest.objects.create(photo=photo, guest=guest, note=note, asked_at=now, **decided)


def _asked_away_at(event_id, key):
    """The photo that somebody asked away under this address a moment ago, locked. Raises Photo.DoesNotExist."""
    wish = History.objects.filter(event=event_id, what=What.PHOTO_WISH, facts__key=key).first()
    if wish is None:
        raise Photo.DoesNotExist
    return Photo.objects.select_for_update(of=("self",)).get(event=event_id, pk=wish.facts["photo"])


def _hide(photo, guest, key, *, channel, now):
    """The fields of a request about the photo: of one that an organiser has hidden for good, their decision."""
    last = RemovalRequest.objects.filter(photo=photo).order_by("pk").last()
    if photo.state == Photo.State.HIDDEN and last and last.decision == Decision.REMOVED:
        return {"decision": Decision.REMOVED, "decided_at": last.decided_at}
    if photo.state != Photo.State.HIDDEN:
        photo.state = Photo.State.HIDDEN
        photo.save(update_fields=["state"])
        photo_keys.renew([photo])
    facts = {"guest": guest, "photo": photo.pk, "key": key}
    history.record(guest.event, What.PHOTO_WISH, by=None, channel=channel, now=now, **facts)
    return {}


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
