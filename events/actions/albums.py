"""An event's albums: made, named, put in order, taken away. Photos of an album that goes stay, without one."""

from django.db import transaction
from django.db.models import Max

from ..domain import names
from ..models import Album, Event, History
from . import history

CHANGED = History.What.PHOTO_CHANGED


@transaction.atomic
def make(event, title, *, by, channel, now):
    """A new album behind the others; the title is {language: text}. Returns it."""
    _lock(event)
    last = Album.objects.filter(event=event).aggregate(last=Max("position"))["last"]
    album = Album.objects.create(event=event, title=title, position=0 if last is None else last + 1)
    history.record(event, CHANGED, by=by, channel=channel, now=now, change="album_made", album=album.pk)
    return album


@transaction.atomic
def called(event, title, *, language, by, channel, now):
    """The album with this title in any language, however it is written, else a new one with the title in this language.
    Returns it.
    """
    _lock(event)
    title = names.squeeze(title)
    wanted = title.casefold()
    for album in Album.objects.filter(event=event):
        if wanted in {names.squeeze(text).casefold() for text in album.title.values()}:
            return album
    return make(event, {language: title}, by=by, channel=channel, now=now)


@transaction.atomic
def rename(album, title, *, by, channel, now):
    """Its title in every language. Returns whether that is new."""
    before = Album.objects.select_for_update().filter(pk=album.pk).first()
    album.title = title
    if before is None or dict(before.title) == dict(title):
        return False
    album.save(update_fields=["title"])
    history.record(album.event, CHANGED, by=by, channel=channel, now=now, change="album_named", album=album.pk)
    return True


@transaction.atomic
def move(album, step, *, by, channel, now):
    """One place up (-1) or down (1) among the event's albums. Returns whether there was room."""
    _lock(album.event)
    order = list(Album.objects.filter(event=album.event_id))
    at = next((at for at, each in enumerate(order) if each.pk == album.pk), None)
    if at is None or not 0 <= at + step < len(order):
        return False
    order.insert(at + step, order.pop(at))
    for position, each in enumerate(order):
        each.position = position
    Album.objects.bulk_update(order, ["position"])
    history.record(album.event, CHANGED, by=by, channel=channel, now=now, change="album_moved", album=album.pk)
    return True


@transaction.atomic
def delete(album, *, by, channel, now):
    """The album goes, its photos stay. Returns how many are without an album now."""
    n = album.photo_set.count()
    gone, _by_model = Album.objects.filter(pk=album.pk).delete()
    if gone:
        history.record(album.event, CHANGED, by=by, channel=channel, now=now, change="album_gone", album=album.pk, n=n)
    return n


def _lock(event):
    """Two at once would give the same place."""
    Event.objects.select_for_update(no_key=True).only("pk").get(pk=event.pk)
