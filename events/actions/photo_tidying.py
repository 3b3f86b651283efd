"""What should not lie in the storage any more: originals nobody wants kept, files that became no photo, strays."""

from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from ..models import Photo
from . import photo_files
from .photo_work import KEPT_WAYS, forget_original

STRAYS_AFTER = timedelta(days=1)  # so old is no file whose row is still to be written
_CHUNK = 500


def forget_originals():
    """Of made photos: the power went before the file did, or the gallery keeps none any more. Returns how many."""
    kept = Photo.objects.filter(upload__way__in=KEPT_WAYS, event__gallery__keeps_originals=True)
    lying = Photo.objects.made().filter(has_original=True).exclude(pk__in=kept.values("pk"))
    found = list(lying.values_list("pk", "place"))
    for pk, place in found:
        forget_original(pk, place)
    return len(found)


@transaction.atomic
def put_away_refused(*, now):
    """Files that could not be made into photos and that nobody has tried again in a week. Returns how many."""
    until = now - timedelta(days=settings.PHOTO_REFUSED_KEPT_DAYS)
    old = list(Photo.objects.select_for_update().filter(work=Photo.Work.REFUSED, received_at__lte=until).order_by("pk"))
    photo_files.delete_all(old)
    Photo.objects.filter(pk__in=[photo.pk for photo in old]).delete()
    return len(old)


def delete_strays(*, now):
    """Folders of photos that no row knows: the power went before the row was written, or after it was deleted."""
    try:
        places = default_storage.listdir(photo_files.FOLDER)[0]
    except FileNotFoundError:  # nobody has brought in any
        return 0
    strays = [place for chunk in _chunks(places) for place in _unknown(chunk) if _is_old(place, now)]
    for place in strays:
        photo_files.delete(place)
    return len(strays)


def _chunks(places):
    return (places[start : start + _CHUNK] for start in range(0, len(places), _CHUNK))


def _unknown(places):
    return set(places) - set(Photo.objects.filter(place__in=places).values_list("place", flat=True))


def _is_old(place, now):
    folder = f"{photo_files.FOLDER}/{place}"
    try:
        paths = [photo_files.path_of(place, name) for name in default_storage.listdir(folder)[1]] or [folder]
        return all(default_storage.get_modified_time(path) <= now - STRAYS_AFTER for path in paths)
    except FileNotFoundError:  # it goes at this very moment
        return False
