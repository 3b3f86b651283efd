"""What lists of guests and files of results have in common on their way in: a private file under a name of our own."""

import uuid

from django.core.files.base import ContentFile


def keep(upload, data):
    """Saves the bytes, and the row with them."""
    upload.file.save(uuid.uuid4().hex, ContentFile(data), save=True)


def shown_name(name):
    """The name a file had, as it may stand on a page."""
    return "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())[-150:] or "–"


def content(upload):
    """The bytes of the file; None when it has been put away."""
    if not upload.file:
        return None
    try:
        with upload.file.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def delete_file(upload):
    """The file first, then its name: if the power goes in between, the name leads the next worker here."""
    if upload.file:
        upload.file.storage.delete(upload.file.name)
        type(upload).objects.filter(pk=upload.pk).update(file="")


def take_away(upload):
    """Deletes the file and its row whatever state it is in, as when somebody in it is forgotten."""
    delete_file(upload)
    type(upload).objects.filter(pk=upload.pk).delete()


def delete_strays(model, kept_since):
    """Files that no row knows: their organiser's login was deleted, or the power went before the row was written."""
    field = model.file.field
    storage, folder = field.storage, field.upload_to.rstrip("/")
    try:
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
    except FileNotFoundError:  # nobody has brought in anything yet
        return
    known = set(model.objects.filter(file__in=names).values_list("file", flat=True)) if names else set()
    for name in names:
        if name not in known and storage.get_modified_time(name) <= kept_since:
            storage.delete(name)
