"""The demo's photos: albums of the race and the dinner, received and made as real ones are; some wait."""

import io
from datetime import timedelta

from django.db import transaction

from ..models import Album, Guest, History, Photo, PhotoUpload, Race
from . import albums, photo_files, photo_marks, photo_receiving, photo_removals, photo_work, photos

OFFICE = {"by": None, "channel": History.Channel.COMMAND}
THE_GUEST = {"channel": History.Channel.WEB}
PHOTOGRAPHER = "Fotografen"
EVERY = 2  # a photo out of so many is marked with somebody
Way = PhotoUpload.Way


def fill(event, *, now):
    """Two albums, two photos that wait, one held back, one asked away, and some on which people are marked."""
    from ..domain import invented_photos as invented

    start = Race.objects.select_related("activity__event").get(activity__event=event).starts_at
    for title in invented.ALBUMS.values():
        albums.make(event, title, now=now, **OFFICE)
    mine = dict(zip(invented.ALBUMS, Album.objects.filter(event=event), strict=True))
    shots = _take(event, invented.SHOTS, invented, mine, start, now, way=Way.OFFICE, sender_name=PHOTOGRAPHER)
    people = list(Guest.objects.filter(event=event, contact__isnull=False, answered_at__isnull=False).order_by("pk"))
    for shot, guest in zip(invented.BY_GUESTS, people, strict=False):
        _take(event, [shot], invented, mine, start, now, way=Way.GUEST, guest=guest)
    photo_work.make_waiting(Photo.objects.filter(event=event), clock=lambda: now)
    if people:
        _tell(event, shots, people, invented, now)


@transaction.atomic
def _take(event, shots, invented, mine, start, now, **sent):
    """[Photo] of one upload, in which every picture has its time, its album and its caption."""
    upload = photo_receiving.open_upload(event, by=None, chosen=len(shots), now=now, **sent)
    taken = []
    for number, shot in enumerate(shots):
        at = (start + timedelta(minutes=shot.minutes)).astimezone(event.zone)
        file = io.BytesIO(invented.picture(shot, at, seed=number))
        received = photo_receiving.receive(
            upload, file, f"DSC_{number + 101:04}.jpg", now=now, channel=OFFICE["channel"]
        )  # fmt: skip
        photos.caption(received.photo, shot.caption, now=now, **OFFICE)
        taken.append(received.photo)
    for key, album in mine.items():
        theirs = [photo.pk for photo, shot in zip(taken, shots, strict=True) if shot.album == key]
        photos.put_in_album(event, Photo.objects.filter(pk__in=theirs), album, now=now, **OFFICE)
    return taken


@transaction.atomic
def _tell(event, shots, people, invented, now):
    """Who is on which; some say so themselves."""
    said_no = [guest for guest in people if photo_marks.said_no(guest)]
    others = [guest for guest in people if guest not in said_no] or people
    for number, photo in enumerate(shots):
        if number % EVERY == 0 and number != invented.ASKED_AWAY:
            for step in range(1 + number % 3):
                guest = others[(number * 2 + step) % len(others)]
                photo_marks.mark_by_office([photo], guest, now=now, **OFFICE)
    photo_marks.mark(others[0], Photo.objects.get(pk=shots[1].pk).key, now=now, **THE_GUEST)
    for guest in said_no[:1]:
        photo_marks.mark_by_office([shots[invented.HELD_BACK]], guest, now=now, **OFFICE)
    wanted = Photo.objects.get(pk=shots[invented.ASKED_AWAY].pk)
    photo_removals.ask(others[-1], wanted.key, invented.NOTE, now=now, **THE_GUEST)
    photos.cover(Photo.objects.select_related("event").get(pk=shots[13].pk), now=now, **OFFICE)


def remove(events):
    """The files of these events' photos; their rows go with the events."""
    photo_files.delete_all(Photo.objects.filter(event__in=events))
