"""One photo by its address, asked for a hundred times a page: the same answer as `visible_to`, its SQL kept."""

from django.db.models import F

from ..domain.photos import KEY_LENGTH
from .photo import Photo
from .prepared import Prepared

NONE = "0" * KEY_LENGTH
_with_key = Prepared(lambda key: Photo.objects.at_open(F("event")).shown().filter(key=key), example=NONE)


def seen_photo(guest, key):
    """The photo with this address if the guest may see it now, else None; one query."""
    return next((photo for photo in _with_key(key) if photo.event_id == guest.event_id), None)
