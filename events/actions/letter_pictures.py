"""The picture at the top of an event's letters: put there, and taken away. Files that nobody shows are deleted."""

import secrets
import string

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from ..domain import pictures
from ..models import Event, History
from . import history

FOLDER = "letters"
ALPHABET, KEY_LENGTH = string.ascii_letters + string.digits, 24  # 142 bits: nobody guesses an address


def put(event, data, *, by, channel, now):
    """Makes the picture of these bytes and shows it in the event's letters. Raises pictures.PictureRefused."""
    made = pictures.letter_picture(data, most_bytes=settings.LETTER_PICTURE_MAX_BYTES)
    key = "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))
    name = default_storage.save(f"{FOLDER}/{key}.jpg", ContentFile(made))
    try:
        _show(event, name, by=by, channel=channel, now=now)
    except BaseException:
        default_storage.delete(name)
        raise


def remove(event, *, by, channel, now):
    """Letters have the coloured band alone. Doing it twice is harmless."""
    _show(event, "", by=by, channel=channel, now=now)


@transaction.atomic
def _show(event, name, *, by, channel, now):
    """The file shown until now goes when the change is kept."""
    stored = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    earlier = stored.letter_picture.name
    if earlier == name:
        return
    stored.letter_picture = event.letter_picture = name
    stored.save(update_fields=["letter_picture"])
    what, facts = History.What.PROGRAMME, {"change": "event", "fields": ["letter_picture"]}
    history.record(stored, what, by=by, channel=channel, now=now, **facts)
    if earlier and not Event.objects.filter(letter_picture=earlier).exists():
        transaction.on_commit(lambda: default_storage.delete(earlier))
