"""What organisers do with an event's photos, one or many at a time; each deed is one line of history, with numbers.

`rows` is always a QuerySet of Photo; what is not the event's is left alone. Doing a deed twice is harmless.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from ..models import Gallery, History, Photo, PhotoUpload, RemovalRequest
from . import history, photo_forgetting, photo_keys, photo_removals

What, State, Work, Decision = History.What, Photo.State, Photo.Work, RemovalRequest.Decision
QUARTER, WHOLE = 90, 360
AT_ONCE = 500  # rows in one statement


def waiting_for_a_decision(rows):
    """Those that somebody asked to take away, and nobody has decided on (P6)."""
    return _asked_away(rows, Decision.OPEN)


def promised_away(rows):
    """Those of which somebody was told that they stay away for good."""
    return _asked_away(rows, Decision.REMOVED)


def _asked_away(rows, *decisions):
    return rows.filter(Exists(RemovalRequest.objects.filter(photo=OuterRef("pk"), decision__in=decisions)))


@transaction.atomic
def show(event, rows, *, by, channel, now):
    """Guests may see them, but not those that somebody asked to take away: they wait, or were promised to stay away.

    Returns the line of history, None where nothing changed.
    """
    found = _without_requests(_locked(event, rows))
    return _become(event, found, State.SHOWN, What.PHOTO_SHOWN, by=by, channel=channel, now=now)


@transaction.atomic
def hide(event, rows, *, by, channel, now):
    """Nobody but organisers sees them from now on: the addresses that guests have seen end, too. Returns as show."""
    return _become(event, _locked(event, rows), State.HIDDEN, What.PHOTO_HIDDEN, by=by, channel=channel, now=now)


@transaction.atomic
def undo(row, *, by, channel, now):
    """Takes back a line of showing or hiding, for photos that still are as it made them.

    Returns the new line of history, None where there is nothing to take back.
    """
    made = {What.PHOTO_SHOWN: State.SHOWN, What.PHOTO_HIDDEN: State.HIDDEN}.get(row.what)
    was = {int(pk): state for state, pks in row.facts.get("was", {}).items() for pk in pks}
    if made is None or not was:
        return None
    found = _locked(row.event, Photo.objects.filter(pk__in=was, state=made))
    if made == State.HIDDEN:
        found = _without_requests(found)
    for photo in found:
        photo.state = was[photo.pk]
    if not found:
        return None
    _save(found, "state", renews_key=made == State.SHOWN)
    what = What.PHOTO_HIDDEN if made == State.SHOWN else What.PHOTO_SHOWN
    return history.record(row.event, what, by=by, channel=channel, now=now, n=len(found), undoes=row.pk)


def _without_requests(found):
    """What somebody asked away stays hidden; looked at when all are locked, for it may just have been asked."""
    rows = Photo.objects.filter(pk__in=[photo.pk for photo in found])
    stays = set(_asked_away(rows, Decision.OPEN, Decision.REMOVED).values_list("pk", flat=True))
    return [photo for photo in found if photo.pk not in stays]


@transaction.atomic
def delete(event, rows, *, by, channel, now):
    """They are gone with marks, requests and every file, the file as it came included. Returns how many."""
    photo_removals.lock_askers(rows.filter(event=event))
    found = _locked(event, rows)
    if found:
        photo_removals.gone(found, by=by, channel=channel, now=now)
        photo_forgetting.delete(found)
        history.record(event, What.PHOTO_GONE, by=by, channel=channel, now=now, n=len(found))
    return len(found)


@transaction.atomic
def turn(event, rows, *, by, channel, now, degrees=QUARTER):
    """A quarter clockwise: made anew from what is kept, under a new address. Only what is made. Returns how many."""
    found = _locked(event, rows.filter(work=Work.MADE))
    for photo in found:
        photo.turned = (photo.turned + degrees) % WHOLE
        photo.work, photo.attempts, photo.claimed_at = Work.WAITING, 0, None
    _save(found, "turned", "work", "attempts", "claimed_at", renews_key=True)
    return _changed(event, found, "turned", by=by, channel=channel, now=now)


@transaction.atomic
def caption(photo, text, *, by, channel, now):
    """What the picture shows, in a line, also to be read out to whoever does not see it. Returns whether it is new."""
    text = " ".join(text.split())[: Photo._meta.get_field("caption").max_length]
    changed = Photo.objects.filter(pk=photo.pk).exclude(caption=text).update(caption=text)
    _changed(photo.event, [photo] * changed, "caption", by=by, channel=channel, now=now)
    return bool(changed)


@transaction.atomic
def put_in_album(event, rows, album, *, by, channel, now):
    """Into an album of the event, or (None) out of every one. Returns how many were not there."""
    found = [photo for photo in _locked(event, rows) if photo.album_id != (album and album.pk)]
    for photo in found:
        photo.album = album
    _save(found, "album")
    return _changed(event, found, "album", by=by, channel=channel, now=now)


@transaction.atomic
def shift(event, rows, minutes, *, by, channel, now):
    """Moves when these count as taken, for a camera whose clock was wrong. Returns how many have a time to move."""
    if not minutes:
        return 0
    found = _locked(event, rows.filter(ordered_at__isnull=False))
    for photo in found:
        photo.ordered_at += timedelta(minutes=minutes)
    _save(found, "ordered_at")
    return _changed(event, found, "clock", by=by, channel=channel, now=now, minutes=minutes)


@transaction.atomic
def shift_upload(upload, minutes, *, by, channel, now):
    """Sets how many minutes the clock of one upload was off; what is moved already moves by the difference.

    Returns how many photos moved.
    """
    upload = PhotoUpload.objects.select_for_update(of=["self"]).select_related("event").get(pk=upload.pk)
    by_minutes = minutes - upload.shift_minutes
    PhotoUpload.objects.filter(pk=upload.pk).update(shift_minutes=minutes)
    count = 0
    if by_minutes:
        moved = _locked(upload.event, Photo.objects.filter(upload=upload, ordered_at__isnull=False))
        ids = [photo.pk for photo in moved]
        count = Photo.objects.filter(pk__in=ids).update(ordered_at=F("ordered_at") + timedelta(minutes=by_minutes))
        facts = {"n": count, "change": "clock", "minutes": by_minutes}
        history.record(upload.event, What.PHOTO_CHANGED, by=by, channel=channel, now=now, **facts)
    return count


@transaction.atomic
def cover(photo, *, by, channel, now):
    """The picture the gallery opens with. Returns whether it was not."""
    if not _locked(photo.event, Photo.objects.filter(pk=photo.pk)):
        return False
    gallery, _is_new = Gallery.objects.select_for_update().get_or_create(event=photo.event)
    if gallery.cover_id == photo.pk:
        return False
    gallery.cover = photo
    gallery.save(update_fields=["cover"])
    _changed(photo.event, [photo], "cover", by=by, channel=channel, now=now)
    return True


def _locked(event, rows):
    return list(rows.filter(event=event).select_for_update(of=["self"]).order_by("pk"))


def _become(event, found, state, what, *, by, channel, now):
    found = [photo for photo in found if photo.state != state]
    if not found:
        return None
    was = {}
    for photo in found:
        was.setdefault(photo.state, []).append(photo.pk)
        photo.state = state
    _save(found, "state", renews_key=state == State.HIDDEN)
    return history.record(event, what, by=by, channel=channel, now=now, n=len(found), was=was)


def _save(found, *fields, renews_key=False):
    Photo.objects.bulk_update(found, fields, batch_size=AT_ONCE)
    if renews_key:
        photo_keys.renew(found)


def _changed(event, found, change, *, by, channel, now, **facts):
    if found:
        history.record(event, What.PHOTO_CHANGED, by=by, channel=channel, now=now, n=len(found), change=change, **facts)
    return len(found)
