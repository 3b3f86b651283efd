"""What a letter says of the photos a guest is on, and which of them it shows (decision 0021)."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Window
from django.db.models.functions import RowNumber
from django.utils import translation
from django.utils.translation import ngettext

from ..domain.photos import SIDES, WIDE
from ..models import Event, Photo, PhotoMark
from ..models.photo import by_albums
from ..models.photo_words import alt_of

NAME = "photos"
PATH = "photos/"  # below the guest's page, where own photos stand first
MOST = 2  # so many stand in a letter, side by side: a mail stays light
SMALLEST = str(SIDES[0])


@dataclass(frozen=True, slots=True)
class Told:
    """The sentence, the same as markup that leads to the photos, and those to show: {photo, width, height, alt}."""

    sentence: str = ""
    markup: str = ""
    shown: tuple = ()


class Pictured:
    """On how many photos each of these guests is, of those they may see, and the first of them; one query for all of
    them when the first letter asks.
    """

    def __init__(self, guest_ids):
        self._ids = list(guest_ids)

    def of(self, guest):
        """[PhotoMark] with `photo` and `count`, in the order of the gallery."""
        return self._marks.get(guest.pk, [])

    @cached_property
    def _marks(self):
        visible = Photo.objects.at_open(OuterRef("guest__event")).shown().filter(pk=OuterRef("photo"))
        marks = PhotoMark.objects.filter(Exists(visible), guest__in=self._ids).annotate(
            count=Window(Count("pk"), partition_by="guest"),
            place=Window(RowNumber(), partition_by="guest", order_by=by_albums("photo__")),
        )
        found = {}
        for mark in marks.filter(place__lte=MOST).select_related("photo").order_by("guest", "place"):
            found.setdefault(mark.guest_id, []).append(mark)
        return found


def told(guest, event, language, *, asked, pictured=None):
    """Told of this guest. No query where the text does not ask, or where pictured has been read for others already. In
    the formal tone nobody is addressed.
    """
    marks = (pictured or Pictured([guest.pk])).of(guest) if f"{{{NAME}}}" in asked else []
    if not marks:
        return Told()
    count = marks[0].count
    with translation.override(language):
        sentence = (_formal if event.tone == Event.Tone.FORMAL else _informal)(count) % {"n": count}
        shown = tuple(_shown(mark.photo, mark.place, count, event, language) for mark in _chosen(marks))
    return Told(sentence, f"[{sentence}]({{{NAME}}})", shown)


def _informal(count):
    return ngettext("See %(n)s photo of you from the day", "See %(n)s photos of you from the day", count)


def _formal(count):
    return ngettext("%(n)s personal photo from the day", "%(n)s personal photos from the day", count)


def _chosen(marks):
    """A panorama beside another photo would leave both too small to see anybody."""
    return [mark for mark in marks if not _is_panorama(mark.photo)] or marks[:1]


def _is_panorama(photo):
    width, height, *_bytes = photo.sizes[SMALLEST]
    return max(width, height) >= WIDE * min(width, height)


def _shown(photo, number, total, event, language):
    """Without its caption, which is put in when the photo is."""
    width, height, *_bytes = photo.sizes[SMALLEST]
    alt = alt_of(photo, number, total, event.zone, language)
    return {"photo": photo.pk, "width": width, "height": height, "alt": alt}
