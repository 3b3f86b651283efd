"""Photos become files: claimed one at a time, made in a child process, stored, and only then told in the row.

Killed at any moment, nothing is lost: what lay unfinished is claimed again (photo_claims), and files that no row tells
of are deleted (photo_tidying).
"""

import logging
import os
import time
from dataclasses import dataclass
from threading import Thread

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error, connection, transaction

from ..domain.photo_child import Child, ChildDied
from ..domain.photo_gate import JPEG, Limits, PhotoRefused
from ..domain.photos import new_key
from ..models import Gallery, Photo, PhotoUpload
from . import photo_claims, photo_files
from .photo_files import FULL, ORIGINAL

KEPT_WAYS = (PhotoUpload.Way.OFFICE, PhotoUpload.Way.COMMAND)
GLANCE_SECONDS = 1  # between looks at what other processes make
log = logging.getLogger("vertskap.photos")


@dataclass
class Done:
    """How many were made, refused, and are to be tried again."""

    made: int = 0
    refused: int = 0
    again: int = 0

    @property
    def total(self):
        return self.made + self.refused + self.again


def make_waiting(photos=None, *, clock, until=None, should_stop=lambda: False):
    """Makes what waits, of all photos or of these, until nothing does or `until` is past. Returns Done."""
    done, photos = Done(), Photo.objects.all() if photos is None else photos
    with Child() as child:
        while not should_stop() and (until is None or clock() < until):
            photo = photo_claims.claim(photos, now=clock())
            if photo is None or not _make(photo, child, done):
                break
    return done


def make_all(photos, *, clock, tell=lambda left: None):
    """Makes these photos with every core there is, and waits for those in other workers' hands; `tell` hears how many
    are left. Returns how many were not done in good time: the worker has them.
    """
    unmade = photos.filter(work__in=[Photo.Work.WAITING, Photo.Work.MAKING])
    hands = [Thread(target=_hand, args=[photos, clock], daemon=True) for _core in range(os.cpu_count() or 1)]
    for hand in hands:
        hand.start()
    latest = None
    while left := unmade.count():
        tell(left)
        if not any(hand.is_alive() for hand in hands):
            latest = latest or clock() + photo_claims.LEASE
            if clock() >= latest or unmade.filter(work=Photo.Work.WAITING).exists():
                break
        time.sleep(GLANCE_SECONDS)
    for hand in hands:
        hand.join()
    tell(left)
    return left


def _hand(photos, clock):
    try:
        make_waiting(photos, clock=clock)
    finally:
        connection.close()


def _make(photo, child, done):
    """One photo. False when the storage is away and there is no use in going on."""
    try:
        made = _made(photo, child)
    except PhotoRefused as refusal:
        done.refused += photo_claims.refuse(photo, refusal.code, refusal.facts)
    except ChildDied:
        log.warning("Photo %s ended the process that was to make it, for the %s. time", photo.pk, photo.attempts)
        photo_claims.give_back(photo)
        done.again += 1
    except Error:
        raise
    except Exception:
        log.exception("Photo %s could not be read or stored; it is tried again in some minutes", photo.pk)
        photo_claims.put_off(photo)
        return False
    else:
        done.made += made
    return True


def _made(photo, child):
    """Whether it is made and ours; its files are in the storage then, and what it was made of is gone unless kept."""
    source, form, turned = _source(photo)
    with source:
        made = child.make(source, form, turned=turned, limits=_limits())
    place = new_key() if photo.sizes else photo.place  # what guests look at is never half new
    for name, data in made.files.items():
        photo_files.put(place, f"{name}.jpg", ContentFile(data))
    if place != photo.place and photo.has_original:
        with default_storage.open(photo.file(ORIGINAL)) as original:
            photo_files.put(place, ORIGINAL, original)
    if not photo_claims.record(photo, made, place):
        _leave(place)
        return False
    if place != photo.place:
        photo_files.delete(photo.place)
    _let_go_of_original(photo, place)
    return True


def _source(photo):
    """(file, format, degrees to turn it): the file that came in, else the one made of it, which stands already."""
    if photo.has_original:
        try:
            return default_storage.open(photo.file(ORIGINAL)), photo.format, photo.turned
        except FileNotFoundError:  # the power went before the row knew that it was deleted
            pass
    try:
        return default_storage.open(photo.file(FULL)), JPEG, (photo.turned - photo.made_turned) % 360
    except FileNotFoundError:
        raise PhotoRefused("file_gone") from None


def _limits():
    return Limits(
        jpeg_megapixels=settings.PHOTO_JPEG_MAX_MEGAPIXELS,
        heif_megapixels=settings.PHOTO_HEIF_MAX_MEGAPIXELS,
        other_megapixels=settings.PHOTO_OTHER_MAX_MEGAPIXELS,
    )


def _leave(place):
    """The photo was deleted while it was made, or somebody else has made it: what nobody knows goes."""
    with transaction.atomic():
        if not Photo.objects.filter(place=place).exists():
            photo_files.delete(place)


def _let_go_of_original(photo, place):
    if not keeps_original(photo.upload):
        forget_original(photo.pk, place)


def keeps_original(upload):
    """Whether the files of an upload stay as they came: never those of guests (rules/photos.md §3, 9)."""
    kept = Gallery.objects.filter(event=upload.event_id, keeps_originals=True)
    return upload.way in KEPT_WAYS and kept.exists()


def forget_original(pk, place):
    """The file first, then the word that it is there: if the power goes in between, photo_tidying comes by."""
    photo_files.delete(place, [ORIGINAL])
    Photo.objects.filter(pk=pk, place=place).update(has_original=False)
