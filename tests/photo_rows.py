"""Photos that are made and shown, with drawn JPEGs in the storage, as processing leaves them, without running it."""

import io
from datetime import timedelta
from functools import lru_cache

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from events.domain.photos import SIDES, new_key
from events.models import Photo, PhotoMark, PhotoUpload

SMALL = 40  # a real file of so many pixels stands for each size, to be quick; `sizes` says what it stands for


def make_upload(event, **fields):
    fields.setdefault("way", PhotoUpload.Way.OFFICE)
    fields.setdefault("started_at", timezone.now())
    return PhotoUpload.objects.create(event=event, **fields)


def make_photo(event, *, has_files=True, is_real_size=False, size=(3000, 2000), colour="#2f6f73", **fields):
    """A photo as guests see it; fields are those of the row, `upload` and times made up where they are missing."""
    key = fields.pop("key", None) or new_key()
    upload = fields.pop("upload", None) or event.photoupload_set.first() or make_upload(event)
    number = event.photo_set.count() + 1
    taken_at = fields.pop("taken_at", timezone.now() + timedelta(minutes=number))
    defaults = {
        "key": key, "sha256": key.lower().ljust(64, "0"), "file_name": f"IMG_{number:04}.jpg", "format": "JPEG",
        "has_original": False, "work": Photo.Work.MADE, "state": Photo.State.SHOWN, "colour": colour,
        "taken_at": taken_at, "ordered_at": taken_at, "received_at": timezone.now(),
    }  # fmt: skip
    photo = Photo(event=event, upload=upload, **{**defaults, **fields})
    photo.sizes = sizes_of(*size)
    if has_files:
        put_files(photo, colour, is_real_size=is_real_size)
    photo.save(force_insert=True)
    return photo


def make_photos(event, count, **fields):
    """So many rows in one query, without files."""
    upload = make_upload(event)
    rows = []
    for number in range(count):
        taken_at, key = timezone.now() + timedelta(seconds=number), new_key()
        rows.append(
            Photo(
                event=event, upload=upload, key=key, sha256=key.lower().ljust(64, "0"), format="JPEG",
                file_name=f"IMG_{number:04}.jpg", has_original=False, work=Photo.Work.MADE, state=Photo.State.SHOWN,
                sizes=sizes_of(3000, 2000) if number % 3 else sizes_of(2000, 3000), colour=f"#{number % 256:02x}6f73",
                taken_at=taken_at, ordered_at=taken_at, received_at=taken_at, **fields,
            )
        )  # fmt: skip
    return Photo.objects.bulk_create(rows)


def mark(photo, guest, said=PhotoMark.Said.GUEST):
    return PhotoMark.objects.create(photo=photo, guest=guest, said=said, said_at=timezone.now())


def sizes_of(width, height):
    """{"480": [width, height, bytes], …, "full": […]}; the bytes are filled in where files are put."""
    found = {"full": [width, height, 0]}
    for side in SIDES:
        share = min(1, side / max(width, height))
        found[str(side)] = [round(width * share), round(height * share), 0]
    return found


def put_files(photo, colour, *, is_real_size=False):
    """480.jpg, 1280.jpg, 2000.jpg and full.jpg in the storage, and their bytes in `sizes`."""
    for name, (width, height, _bytes) in photo.sizes.items():
        share = 1 if is_real_size else SMALL / max(width, height)
        content = drawn(max(1, round(width * share)), max(1, round(height * share)), colour, name)
        default_storage.save(photo.file(f"{name}.jpg"), ContentFile(content))
        photo.sizes[name][2] = len(content)


@lru_cache(maxsize=256)
def drawn(width, height, colour, comment=""):
    """A JPEG of one colour with a lighter sun; `comment` makes the bytes of each size differ."""
    image = Image.new("RGB", (width, height), colour)
    side = max(2, min(width, height) // 3)
    image.paste("#f2a541", (width - side - side // 4, side // 4, width - side // 4, side + side // 4))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80, comment=comment.encode())
    return file.getvalue()
