"""A forgotten person in what others wrote beside photos: captions, names of files and senders, notes."""

from ..domain.naming import names_one
from ..models import Photo, PhotoUpload, RemovalRequest


def clean(addresses, people):
    """Empties each such text that names one of the people; in the caller's transaction."""
    for rows, field in (
        (Photo.objects.exclude(caption=""), "caption"),
        (Photo.objects.exclude(file_name=""), "file_name"),
        (RemovalRequest.objects.exclude(note=""), "note"),
    ):
        found = [pk for pk, text in rows.values_list("pk", field).iterator() if names_one(text, addresses, people)]
        rows.model.objects.filter(pk__in=found).update(**{field: ""})
    _clean_uploads(addresses, people)


def _clean_uploads(addresses, people):
    """Who sent from the tables wrote a name; and files that were not taken are told by theirs."""
    fields = tuple(PhotoUpload.Privacy.erased)
    for upload in PhotoUpload.objects.only(*fields).iterator():
        told = " ".join([upload.sender_name, *map(str, upload.refused)])
        if names_one(told, addresses, people):
            PhotoUpload.objects.filter(pk=upload.pk).update(**PhotoUpload.Privacy.erased)
