"""Photos to take along, as one zip that is written while it is sent: nothing is kept, in memory or elsewhere.

Stored, not squeezed, so that the length is known before; names and times are ours, not a camera's (photos.md §3.10).
"""

import base64

from django.core.files.storage import default_storage
from zipstream import ZIP_STORED, ZipStream

FULL = "full"  # without the camera's notes: domain/photos.py
PART = 256 * 1024  # bytes read at a time
BLANK = base64.b64decode(  # a grey picture, instead of one that is not to be seen any more
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j"
    "q62rZ4C8ybqmx5moq6T/wAALCAAQABABAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAI"
    "AQEAAD8AAP/Z"
)


def file_name(event, number):
    """What a photo is called where it is taken along: "stoltzen-2026-0001.jpg", by its number in the album."""
    return f"{event.slug}-{number:04}.jpg"


def zip_name(event):
    return f"{event.slug}.zip"


def photo_zip(event, numbered, *, is_seen):
    """A ZipStream of [(number, Photo)]; len() of it is how many bytes it will have. The files are read one by one.

    A download may take minutes: `is_seen(photo)` is asked before each. What has been hidden, turned or deleted
    meanwhile is a grey picture of as many bytes, for the length has been said.
    """
    stream = ZipStream(compress_type=ZIP_STORED, sized=True)
    for number, photo in numbered:
        stream.add(_read(photo, is_seen), file_name(event, number), size=photo.sizes[FULL][2])
    return stream


def _read(photo, is_seen):
    size = photo.sizes[FULL][2]
    try:
        if is_seen(photo):
            with default_storage.open(photo.file(f"{FULL}.jpg")) as file:
                if file.size == size:
                    yield from file.chunks(PART)
                    return
    except FileNotFoundError:
        pass
    yield from _blank(size)


def _blank(size):
    """So many bytes that show as grey: what stands behind the end of a JPEG is no part of the picture."""
    start = BLANK if len(BLANK) <= size else b""
    yield start
    for sent in range(len(start), size, PART):
        yield bytes(min(PART, size - sent))
