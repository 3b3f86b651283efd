"""A guest asks to take a photo away: it hides at once from all guests, and an organiser decides (P6).

The guest hears of both by mail, the event's contact of the first; what comes within the outbox's wait shares one mail.
"""

from datetime import timedelta

from django.db import transaction

from ..domain.photos import decided_by
from ..models import Guest, History, Letter, Message, Photo, RemovalRequest
from . import history, messages, photo_keys

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
    made = RemovalRequest.objects.create(photo=photo, guest=guest, note=note, asked_at=now)
    until = decided_by(now, guest.event.zone).isoformat()
    _tell([made], by=None, now=now, until=until)
    messages.queue([messages.photo_asked(guest, {"until": until}, now=now)], by=None, now=now)
    return made


@transaction.atomic
def decide(removal, decision, *, reason="", by, channel, now):
    """An organiser takes the photo away for good (Decision.REMOVED) or shows it again (KEPT), for all who asked for it.

    They are told, with the reason. Returns whether it was still to be decided.
    """
    lock_askers(Photo.objects.filter(pk=removal.photo_id))
    photo = Photo.objects.select_for_update().get(pk=removal.photo_id)
    asked = _open([photo])
    if removal.pk not in {row.pk for row in asked}:
        return False
    photo.state = Photo.State.HIDDEN if decision == Decision.REMOVED else Photo.State.SHOWN
    photo.save(update_fields=["state"])
    _close(asked, decision, reason, by=by, channel=channel, now=now)
    return True


def lock_askers(rows):
    """Whoever waits for a decision on these photos is locked before the photos are, as everybody does."""
    asked = RemovalRequest.objects.filter(photo__in=rows, decision=Decision.OPEN)
    guests = Guest.objects.filter(pk__in=asked.values("guest")).order_by("pk")
    list(guests.select_for_update(no_key=True).only("pk"))


def gone(found, *, forgotten=(), by, channel, now):
    """These Photos are about to be deleted: whoever asked to take one away is told that it stays away, but for guests
    who are forgotten just now. In the caller's transaction, everything locked.
    """
    asked = [row for row in _open(found) if row.guest_id not in forgotten]
    _close(asked, Decision.REMOVED, "", by=by, channel=channel, now=now)


def _open(found):
    rows = RemovalRequest.objects.filter(photo__in=[photo.pk for photo in found], decision=Decision.OPEN)
    return list(rows.select_related("guest__contact", "guest__event", "photo__event").order_by("guest", "pk"))


def _close(asked, decision, reason, *, by, channel, now):
    pks = [row.pk for row in asked]
    RemovalRequest.objects.filter(pk__in=pks).update(decision=decision, reason=reason, decided_at=now)
    for row in asked:
        row.decision = decision
        facts = {"guest": row.guest, "photo": row.photo_id, "decision": str(decision)}
        history.record(row.photo.event, What.PHOTO_DECIDED, by=by, channel=channel, now=now, **facts)
    _tell(asked, by=by, now=now)


def _tell(asked, *, by, now, **facts):
    """Queues how these requests stand to whoever asked, where we have an address; what waits to be told goes along."""
    wishes = {}
    for row in asked:
        if row.guest and row.guest.email:
            wishes.setdefault(row.guest, {})[str(row.pk)] = str(row.decision)
    waiting = Message.objects.filter(
        guest__in=wishes, key=messages.open_key(Letter.Kind.PHOTO_WISH), state=Message.State.QUEUED
    )
    before = dict(waiting.select_for_update(of=["self"]).order_by("pk").values_list("guest", "facts"))
    drafts = [
        messages.photo_wishes(guest, _joined(before.get(guest.pk, {}), {"wishes": own, **facts}), now=now)
        for guest, own in wishes.items()
    ]
    messages.queue(drafts, by=by, now=now)


def _joined(before, facts):
    return {**before, **facts, "wishes": {**before.get("wishes", {}), **facts["wishes"]}}


def _asked_just_now(guest, now):
    found = RemovalRequest.objects.filter(guest=guest, asked_at__gt=now - TWICE).first()
    if found is None:
        raise Photo.DoesNotExist
    return found
