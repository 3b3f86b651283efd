"""Photos that are forgotten: an event's when their time is over, and those of a guest who is.

Files go once the rows are gone; what a power cut leaves of them is swept (photo_tidying).
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from ..models import Event, History, Photo, PhotoMark, PhotoUpload
from . import history, photo_files, photo_keys, photo_removals

BATCH = 200  # photos in one transaction


def count(event):
    return Photo.objects.filter(event=event).count()


def forget_all(event, *, now, should_stop=lambda: False):
    """Deletes every photo of an event with its files, and who sent them; whoever waits for a decision on one is told.

    Returns how many; twice is harmless.
    """
    gone = 0
    while found := _forget_some(event, now):
        gone += found
        if should_stop():
            return gone
    PhotoUpload.objects.filter(event=event).update(**PhotoUpload.Privacy.erased)
    return gone


@transaction.atomic
def _forget_some(event, now):
    if not Photo.objects.filter(event=event).exists():
        return 0
    photo_removals.lock_askers(Photo.objects.filter(event=event))
    found = list(Photo.objects.filter(event=event).select_for_update(of=["self"]).order_by("pk")[:BATCH])
    photo_removals.gone(found, by=None, channel=History.Channel.SYSTEM, now=now)
    delete(found)
    return len(found)


def delete(found):
    """These Photos with their files, in the caller's transaction."""
    photo_files.delete_all(found)
    Photo.objects.filter(pk__in=[photo.pk for photo in found]).delete()


def forget_guests(guest_ids, *, by, channel, now):
    """What these guests sent is deleted; photos that others sent, and on which they are marked, wait for an organiser.

    In the caller's transaction, before the marks go.
    """
    photo_removals.lock_askers(Photo.objects.filter(sent_by__in=guest_ids))
    marks = PhotoMark.objects.filter(photo=OuterRef("pk"), guest__in=guest_ids)
    rows = Photo.objects.filter(Q(sent_by__in=guest_ids) | Q(Exists(marks), state=Photo.State.SHOWN))
    found = list(rows.select_for_update(of=["self"]).order_by("pk"))
    theirs = [photo for photo in found if photo.sent_by_id in guest_ids]
    if theirs:
        photo_removals.gone(theirs, forgotten=guest_ids, by=by, channel=channel, now=now)
        delete(theirs)
    if others := [photo for photo in found if photo.sent_by_id not in guest_ids]:
        _let_wait(others, by=by, channel=channel, now=now)


def _let_wait(found, *, by, channel, now):
    """An organiser decides anew whether guests see them."""
    Photo.objects.filter(pk__in=[photo.pk for photo in found]).update(state=Photo.State.WAITING)
    photo_keys.renew(found)
    for event in Event.objects.filter(pk__in={photo.event_id for photo in found}):
        n = sum(photo.event_id == event.pk for photo in found)
        history.record(event, History.What.PHOTO_HIDDEN, by=by, channel=channel, now=now, n=n, why="forgotten")
