"""What a letter says of the photos a guest has added: how many came, who sees them, and what could not be read.

Nobody is addressed, so that it fits both tones.
"""

from datetime import datetime
from functools import cached_property

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext, ngettext

from ..models import Photo, PhotoUpload

NAME = "photos_added"
_EXAMPLE = [(Photo.State.WAITING, Photo.Work.MADE, None)] * 3  # in a letter that is only looked at


class Added:
    """Photos guests have added, of all letters of a batch; one query when the first letter asks."""

    def __init__(self, goes):
        """goes are [(guest id, facts of the letter)]; facts {"since": when the first photo came}."""
        self._since = {guest: _since(facts) for guest, facts in goes if _since(facts)}

    def by(self, guest_id, facts):
        """[(state, work, whether guests see the photos at all)] of what has come since and is still here."""
        since = _since(facts)
        return [rest for guest, at, *rest in self._rows if guest == guest_id and at >= since] if since else []

    @cached_property
    def _rows(self):
        theirs = Q()
        for guest, since in self._since.items():
            theirs |= Q(sent_by=guest, received_at__gte=since)
        rows = Photo.objects.filter(theirs, upload__way=PhotoUpload.Way.GUEST) if self._since else Photo.objects.none()
        return list(rows.values_list("sent_by", "received_at", "state", "work", "event__gallery__is_open"))


def told(guest, facts, language, *, asked, added=None):
    """The paragraphs; none where the text does not ask."""
    if f"{{{NAME}}}" not in asked:
        return []
    rows = _EXAMPLE if not _since(facts) else (added or Added([(guest.pk, facts)])).by(guest.pk, facts)
    readable = [row for row in rows if row[1] != Photo.Work.REFUSED]
    with translation.override(language):
        said = [f"{_arrived(len(readable))} {_seen_by(readable)}"] if readable else []
        return said + ([_unread(len(rows) - len(readable))] if len(rows) > len(readable) else [])


def _since(facts):
    told = (facts or {}).get("since")
    return datetime.fromisoformat(told) if told else None


def _arrived(n):
    return ngettext("%(n)s photo has arrived.", "%(n)s photos have arrived.", n) % {"n": n}


def _seen_by(rows):
    if any(is_open is False for _state, _work, is_open in rows):
        return gettext("The guests see the photos when the gallery opens.")
    if any(state != Photo.State.SHOWN for state, _work, _is_open in rows):
        return gettext("An organiser looks at photos from guests before the others see them.")
    return gettext("The other guests of the event see what has come, and nobody else does.")


def _unread(n):
    return ngettext(
        "%(n)s file could not be read as a photo: the page says why, and what helps.",
        "%(n)s files could not be read as photos: the page says why, and what helps.",
        n,
    ) % {"n": n}
