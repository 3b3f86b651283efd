"""What a letter says of the photos a guest is on. The pictures themselves stay behind the guest's link: one that a
letter shows would need an address without a token, and be a tracking pixel (decision 0011).
"""

from functools import cached_property

from django.db.models import Count, Exists, OuterRef
from django.utils import translation
from django.utils.translation import ngettext

from ..models import Event, Photo, PhotoMark

NAME = "photos"
PATH = "photos/"  # below the guest's page, where own photos stand first


class Pictured:
    """How many photos each of these guests is on and may see; one query for all of them when the first letter asks."""

    def __init__(self, guest_ids):
        self._ids = list(guest_ids)

    def count_of(self, guest):
        return self._counts.get(guest.pk, 0)

    @cached_property
    def _counts(self):
        visible = Photo.objects.at_open(OuterRef("guest__event")).shown().filter(pk=OuterRef("photo"))
        marks = PhotoMark.objects.filter(Exists(visible), guest__in=self._ids).order_by()
        return dict(marks.values_list("guest").annotate(count=Count("pk")))


def told(guest, event, language, *, asked, pictured=None):
    """(the sentence, the same as markup that leads there), or two empty ones. No query where the text does not ask, or
    where pictured has counted for others already. In the formal tone nobody is addressed.
    """
    count = (pictured or Pictured([guest.pk])).count_of(guest) if f"{{{NAME}}}" in asked else 0
    if not count:
        return "", ""
    with translation.override(language):
        sentence = (_formal if event.tone == Event.Tone.FORMAL else _informal)(count) % {"n": count}
    return sentence, f"[{sentence}]({{{NAME}}})"


def _informal(count):
    return ngettext("See %(n)s photo of you from the day", "See %(n)s photos of you from the day", count)


def _formal(count):
    return ngettext("%(n)s personal photo from the day", "%(n)s personal photos from the day", count)
