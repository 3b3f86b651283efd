"""How many photos a guest, or the code on the tables, may add in a day."""

from datetime import timedelta

from django.conf import settings

from ..models import Gallery, Guest, Photo, PhotoUpload

Way = PhotoUpload.Way


def lock(upload):
    """Whatever counts as one sender is locked, in the order of the house: of two files that come at once the second
    finds the first counted.
    """
    if upload.way == Way.GUEST:
        list(Guest.objects.select_for_update(no_key=True).filter(pk=upload.guest_id).values_list("pk"))
    elif upload.way == Way.TABLE:
        list(Gallery.objects.select_for_update(no_key=True).filter(event=upload.event_id).values_list("pk"))


def reached(upload, gallery, *, now):
    """The limit of photos in a day where it is reached; else 0. One query."""
    if upload.way not in (Way.GUEST, Way.TABLE):
        return 0
    recent = Photo.objects.filter(event=upload.event_id, received_at__gt=now - timedelta(days=1))
    if upload.way == Way.GUEST:
        recent, limit = recent.filter(sent_by=upload.guest_id), gallery.guest_limit
    else:
        recent, limit = recent.filter(upload__way=Way.TABLE), settings.TABLE_PHOTOS_PER_DAY
    return limit if recent.count() >= limit else 0
