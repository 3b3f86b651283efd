"""Who is on a photo: said by guests of themselves, and by organisers of anybody at the event.

A mark with somebody who wants no photos shared holds the photo back from all guests at once (P6).
"""

from django.db import transaction

from ..models import Consent, Guest, History, Photo, PhotoMark
from . import history, photo_keys

Said, What = PhotoMark.Said, History.What


@transaction.atomic
def mark(guest, key, *, channel, now):
    """ "That's me": only the guest and organisers know. Twice is harmless.

    Raises Photo.DoesNotExist for what the guest does not see. Returns the Photo.
    """
    photo = _seen_by(guest, key)
    _mark([photo], guest, Said.GUEST, by=None, channel=channel, now=now)
    return photo


@transaction.atomic
def unmark(guest, key, *, channel, now):
    """Not me after all, whoever said so. Twice is harmless; raises Photo.DoesNotExist as `mark` does."""
    photo = _seen_by(guest, key)
    _unmark([photo], guest, by=None, channel=channel, now=now)
    return photo


@transaction.atomic
def mark_by_office(photos, guest, *, by, channel, now):
    """An organiser says that the guest is on these photos of the guest's event; returns on how many that is new."""
    return _mark(_of_event(photos, guest), guest, Said.OFFICE, by=by, channel=channel, now=now)


@transaction.atomic
def unmark_by_office(photos, guest, *, by, channel, now):
    """The guest is not on these photos; returns on how many the guest was said to be."""
    return _unmark(_of_event(photos, guest), guest, by=by, channel=channel, now=now)


def hold_back(guest):
    """The guest wants no photos shared: those with the guest are seen by nobody any more, and get new addresses."""
    photo_keys.renew(_locked(Photo.objects.marked(guest)))


def _seen_by(guest, key):
    """Locks the guest, so that a double press is seen as one."""
    Guest.objects.select_for_update(no_key=True).only("pk").get(pk=guest.pk)
    photo = Photo.objects.visible_to(guest).get(key=key)
    if not _locked(Photo.objects.filter(pk=photo.pk, key=key)):
        raise Photo.DoesNotExist
    return photo


def _of_event(photos, guest):
    Guest.objects.select_for_update(no_key=True).only("pk").get(pk=guest.pk)
    return _locked(Photo.objects.filter(pk__in=[photo.pk for photo in photos], event=guest.event_id))


def _locked(rows):
    """Photos after their guest, and among themselves by number, as everybody does."""
    return list(rows.select_for_update(of=["self"], no_key=True).order_by("pk"))


def _mark(photos, guest, said, *, by, channel, now):
    known = set(PhotoMark.objects.filter(guest=guest, photo__in=photos).values_list("photo_id", flat=True))
    new = [photo for photo in photos if photo.pk not in known]
    PhotoMark.objects.bulk_create(
        [PhotoMark(photo=photo, guest=guest, said=said, by=by, said_at=now) for photo in new], ignore_conflicts=True
    )
    if new:
        _record(guest, new, by=by, channel=channel, now=now, is_on=True)
    if new and said_no(guest):
        photo_keys.renew(new)
    return len(new)


def _unmark(photos, guest, *, by, channel, now):
    marks = PhotoMark.objects.filter(guest=guest, photo__in=photos)
    found = list(marks.values_list("photo_id", flat=True))
    marks.delete()
    if found:
        _record(guest, [photo for photo in photos if photo.pk in found], by=by, channel=channel, now=now, is_on=False)
    return len(found)


def said_no(guest):
    """Whether the guest wants no photos shared."""
    return Consent.objects.in_force().filter(guest=guest, purpose=Consent.Purpose.PHOTOS, is_given=False).exists()


def _record(guest, photos, **facts):
    history.record(guest.event, What.PHOTO_MARK, guest=guest, photos=[photo.pk for photo in photos], **facts)
