"""Photos that somebody asked to have taken away: each once, with all who asked for it."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Q
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext

from ..domain import dates
from ..domain.photos import decided_by
from ..models import RemovalRequest
from .list_words import listed

LATELY = 20  # photos decided on that are listed
OPEN = Q(decision=RemovalRequest.Decision.OPEN)


@dataclass(frozen=True)
class Asked:
    """The requests about one photo that wait, or were decided together; whoever asked first stands first."""

    requests: list

    @property
    def first(self):
        return self.requests[0]

    @property
    def photo(self):
        return self.first.photo

    @property
    def who(self):
        """ "Greta Lie and Henrik Sørli"."""
        return self._listed(lambda guest: guest.name_in_lists)

    @property
    def sentence(self):
        return self._says(self.who)

    def linked(self, page_of):
        """The sentence as HTML, each name leading to the page of its guest."""
        names = self._listed(lambda guest: format_html('<a href="{}">{}</a>', page_of(guest), guest.name_in_lists))
        return mark_safe(self._says(names))  # noqa: S308  names are escaped, the rest is ours

    def _listed(self, called):
        """Whoever is not known any more is "somebody", once."""
        known = [called(row.guest) for row in self.requests if is_known(row)]
        return dates.capitalised(listed(known + [gettext("somebody")] * (len(known) < len(self.requests))))

    def _says(self, names):
        return ngettext(
            "%(names)s asks to have this photo taken away.",
            "%(names)s ask to have this photo taken away.",
            len(self.requests),
        ) % {"names": names}

    @property
    def decide_by(self):
        """The first day that somebody was promised an answer by."""
        zone = self.photo.event.zone
        return dates.by_day(decided_by(self.first.asked_at, zone), get_language())


def is_known(row):
    return bool(row.guest_id and not row.guest.forgotten_at)


def waiting(event):
    """[Asked] of what waits for a decision, the longest first; one query."""
    rows = list(_rows(photo__event=event).filter(OPEN).order_by("asked_at", "pk"))
    first = {}
    for row in rows:
        first.setdefault(row.photo_id, len(first))
    rows.sort(key=lambda row: first[row.photo_id])
    return _together(rows, lambda row: row.photo_id)


def about(photo):
    """The Asked of one photo that waits; None where nobody does."""
    rows = list(_rows(photo=photo).filter(OPEN).order_by("asked_at", "pk"))
    return Asked(rows) if rows else None


def decided(event):
    """[Asked] of the last decisions, newest first; one query."""
    rows = _rows(photo__event=event).exclude(OPEN).order_by(F("decided_at").desc(), "photo", "pk")[: 3 * LATELY]
    return _together(rows, lambda row: (row.photo_id, row.decided_at))[:LATELY]


def _rows(**of):
    return RemovalRequest.objects.filter(**of).select_related(
        "photo__album", "photo__event", "guest__contact", "guest__companion_of__contact"
    )


def _together(rows, key):
    return [Asked(list(same)) for _key, same in groupby(rows, key)]
