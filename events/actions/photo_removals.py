"""A guest asks to take a photo away: it hides at once from all guests, and an organiser decides (P6).

The guest hears of both by mail, the event's contact of the first; what comes within the outbox's wait shares one mail.
"""

from django.db import transaction

from ..domain.photos import GONE, decided_by
from ..models import Guest, History, Letter, Message, Photo, RemovalRequest
from . import history, messages, photo_keys

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
    made = RemovalRequest.objects.create(photo=photo, guest=guest, note=note, asked_at=now, **decided)
    until = decided_by(now, guest.event.zone).isoformat()
    drafts = _how_it_stands([made], now=now, until=until)
    if made.decision == Decision.OPEN:
        drafts.append(messages.photo_asked(guest, {"until": until}, now=now))
    messages.queue(drafts, by=None, now=now)
    return made


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
def decide(removal, decision, *, reason="", by, channel, now):
    """An organiser takes the photo away for good (Decision.REMOVED) or shows it again (KEPT), for all who asked for it.

    They are told, with the reason. Returns whether it was still to be decided.
    """
    lock_askers(Photo.objects.filter(pk=removal.photo_id))
    photo = Photo.objects.select_for_update().filter(pk=removal.photo_id).first()
    asked = _open([photo]) if photo else []
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
    """These Photos are about to be deleted: whoever asked to take one away is told so, but for guests who are forgotten
    just now; who was told that it stays hidden finds it on the page. In the caller's transaction, everything locked.
    """
    before = [row for row in _asked(found, Decision.REMOVED) if row.guest_id and row.guest_id not in forgotten]
    asked = [row for row in _open(found) if row.guest_id not in forgotten]
    for row in {(row.guest_id, row.photo_id): row for row in before}.values():
        _note(row, GONE, by=by, channel=channel, now=now)
    _close(asked, Decision.REMOVED, "", told=GONE, by=by, channel=channel, now=now)


def _open(found):
    return _asked(found, Decision.OPEN)


def _asked(found, decision):
    rows = RemovalRequest.objects.filter(photo__in=[photo.pk for photo in found], decision=decision)
    return list(rows.select_related("guest__contact", "guest__event", "photo__event").order_by("guest", "pk"))


def _close(asked, decision, reason, *, told="", by, channel, now):
    """`told` is what the mail says, where that is not the decision."""
    pks = [row.pk for row in asked]
    RemovalRequest.objects.filter(pk__in=pks).update(decision=decision, reason=reason, decided_at=now)
    for row in asked:
        row.decision = told or decision
        _note(row, row.decision, by=by, channel=channel, now=now)
    messages.queue(_how_it_stands(asked, now=now), by=by, now=now)


def _note(row, decision, *, by, channel, now):
    facts = {"guest": row.guest, "photo": row.photo_id, "decision": str(decision)}
    history.record(row.photo.event, What.PHOTO_DECIDED, by=by, channel=channel, now=now, **facts)


def _how_it_stands(asked, *, now, **facts):
    """Drafts to whoever asked, where we have an address, on these requests and on what else waits to be told."""
    wishes = {}
    for row in asked:
        if row.guest and row.guest.email:
            wishes.setdefault(row.guest, {})[str(row.pk)] = str(row.decision)
    waiting = Message.objects.filter(
        guest__in=wishes, key=messages.open_key(Letter.Kind.PHOTO_WISH), state=Message.State.QUEUED
    )
    before = dict(waiting.select_for_update(of=["self"]).order_by("pk").values_list("guest", "facts"))
    return [
        messages.photo_wishes(guest, _joined(before.get(guest.pk, {}), {"wishes": own, **facts}), now=now)
        for guest, own in wishes.items()
    ]


def _joined(before, facts):
    return {**before, **facts, "wishes": {**before.get("wishes", {}), **facts["wishes"]}}
