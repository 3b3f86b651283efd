"""Photos to take along, as one zip that is written while it is sent: nothing is kept, in memory or elsewhere.

Stored, not squeezed, so that the length is known before; names and times are ours, not a camera's (photos.md §3.10).
"""

from django.core.files.storage import default_storage
from zipstream import ZIP_STORED, ZipStream

FULL = "full"  # without the camera's notes: domain/photos.py
PART = 256 * 1024  # bytes read at a time


def file_name(event, number):
    """What a photo is called where it is taken along: "stoltzen-2026-0001.jpg", by its number in the album."""
    return f"{event.slug}-{number:04}.jpg"


def zip_name(event):
    return f"{event.slug}.zip"


def photo_zip(event, numbered):
    """A ZipStream of [(number, Photo)]; len() of it is how many bytes it will have. The files are read one by one."""
    stream = ZipStream(compress_type=ZIP_STORED, sized=True)
    for number, photo in numbered:
        stream.add(_read(photo), file_name(event, number), size=photo.sizes[FULL][2])
    return stream


def _read(photo):
    with default_storage.open(photo.file(f"{FULL}.jpg")) as file:
        yield from file.chunks(PART)
