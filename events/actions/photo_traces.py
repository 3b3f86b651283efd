"""A forgotten person in what others wrote beside photos: captions, names of files and senders, notes."""

from ..domain.naming import names_one
from ..models import Photo, PhotoUpload, RemovalRequest


def clean(addresses, people):
    """Empties each such text that names one of the people; in the caller's transaction."""
    for model, *fields in ((Photo, "caption", "file_name"), (RemovalRequest, "note", "reason")):
        _clean_texts(model, fields, addresses, people)
    _clean_uploads(addresses, people)


def _clean_texts(model, fields, addresses, people):
    named = {field: [] for field in fields}
    for pk, *texts in model.objects.values_list("pk", *fields).iterator():
        for field, text in zip(fields, texts, strict=True):
            if text and names_one(text, addresses, people):
                named[field].append(pk)
    for field, pks in named.items():
        model.objects.filter(pk__in=pks).update(**{field: ""})


def _clean_uploads(addresses, people):
    """Who sent from the tables wrote a name; and each file of a go is told by its own, taken or not."""
    fields = tuple(PhotoUpload.Privacy.erased)
    for upload in PhotoUpload.objects.only(*fields).iterator():
        told = [upload.sender_name, *map(str, upload.refused), *map(str, upload.files)]
        if any(names_one(each, addresses, people) for each in told):
            PhotoUpload.objects.filter(pk=upload.pk).update(**PhotoUpload.Privacy.erased)
