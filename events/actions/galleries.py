"""An event's photo gallery: how it is set up, and the link on its tables."""

from django.db import transaction
from django.db.models import F

from ..models import Event, Gallery, History
from . import history


@transaction.atomic
def of(event):
    """The gallery of the event, made with the usual rules when it is not there yet; the event is locked."""
    locked = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    return Gallery.objects.get_or_create(event=locked)[0]


@transaction.atomic
def set_up(event, fields, *, by, channel, now):
    """Stores how photos are taken in, shown and kept; returns the gallery. The same again writes nothing."""
    gallery = of(event)
    changed = sorted(name for name, value in fields.items() if getattr(gallery, name) != value)
    if changed:
        for name in changed:
            setattr(gallery, name, fields[name])
        gallery.save(update_fields=changed)
        history.record(event, History.What.GALLERY, by=by, channel=channel, now=now, fields=changed)
    return gallery


@transaction.atomic
def renew_link(event, *, by, channel, now):
    """Ends the link that lies on the tables, and returns the gallery with a new one."""
    gallery = of(event)
    Gallery.objects.filter(pk=gallery.pk).update(upload_version=F("upload_version") + 1)
    gallery.refresh_from_db(fields=["upload_version"])
    history.record(event, History.What.GALLERY, by=by, channel=channel, now=now, fields=["link"])
    return gallery
