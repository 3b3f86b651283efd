"""The files of photos in the storage: photos/<place>/<name>, never under a name that came with them."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction

from ..domain.photos import SIDES

FOLDER, ORIGINAL, FULL = "photos", "original", "full.jpg"
MADE = (*(f"{side}.jpg" for side in SIDES), FULL)


def path_of(place, name):
    return f"{FOLDER}/{place}/{name}"


def put(place, name, file):
    """Stores a Django File under exactly this name, over what an interrupted try may have left."""
    path = path_of(place, name)
    default_storage.delete(path)
    stored = default_storage.save(path, file)
    if stored != path:
        default_storage.delete(stored)
        raise RuntimeError("the storage gives files other names than it is told")


def delete(place, names=(*MADE, ORIGINAL)):
    """Deletes these files of a photo, and its folder with the last of them. What is not there is no trouble."""
    for name in names:
        default_storage.delete(path_of(place, name))
    if isinstance(default_storage, FileSystemStorage):
        _delete_folder(place)


def _delete_folder(place):
    try:
        default_storage.delete(f"{FOLDER}/{place}")
    except OSError:
        pass  # another file is in it


def delete_all(photos):
    """Deletes every file of these photos (a queryset or a list) once what is being done is kept.

    For whoever deletes photos: call it before the rows go, in the same transaction. A storage that is away undoes no
    deed: the sweep comes by (photo_tidying).
    """
    places = [photo.place for photo in photos]

    def gone():
        for place in places:
            delete(place)

    transaction.on_commit(gone, robust=True)


def has_room(size_bytes):
    """Whether the disk has room for so much more, with what must stay free for everything else."""
    try:
        place = Path(default_storage.path(""))
    except NotImplementedError:  # not on a disk of ours
        return True
    while not place.exists():
        place = place.parent
    return shutil.disk_usage(place).free - size_bytes >= settings.DISK_LEFT_MIN_BYTES
