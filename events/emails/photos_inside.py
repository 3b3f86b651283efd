"""The photos that a letter shows, inside the mail itself: nothing is fetched when it is read (RFC 2387, RFC 2392)."""

import logging
from base64 import b64encode
from dataclasses import dataclass

from django.core.files.storage import default_storage

from ..models import Photo
from .photo_row import Seen
from .photos import SMALLEST

log = logging.getLogger("vertskap.delivery")


@dataclass(frozen=True, slots=True)
class PhotoInside:
    """The smallest JPEG of a photo, the number of the photo, and its caption as it reads now."""

    photo: int
    body: bytes
    caption: str

    @property
    def in_a_page(self):
        """Its address in a page of ours that shows the mail (RFC 2397)."""
        return f"data:image/jpeg;base64,{b64encode(self.body).decode()}"


def photos_inside(content, guest):
    """[PhotoInside] of the photos this letter shows, save what the guest may not see (any more). No query without any.

    A letter is not kept back by a storage that is away: it goes without.
    """
    wanted = [shown["photo"] for part in content["parts"] for shown in part.get("photos", ())]
    if not wanted:
        return []
    visible = Photo.objects.visible_to(guest).in_bulk(wanted)
    found = [(visible[pk], _read(visible[pk])) for pk in wanted if pk in visible]
    return [PhotoInside(photo.pk, body, photo.caption) for photo, body in found if body]


def _read(photo):
    try:
        with default_storage.open(photo.file(f"{SMALLEST}.jpg")) as file:
            return file.read()
    except Exception:  # whatever a storage says: each kind has its own
        log.warning("A letter goes without a photo: the storage has no file of it, or is away.")
        return b""


def in_pages(inside):
    """{photo: Seen} for render, where the mail is shown in a page of ours."""
    return {each.photo: Seen(each.in_a_page, each.caption) for each in inside}
