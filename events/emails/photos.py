"""What a letter says of the photos a guest is on. The pictures themselves stay behind the guest's link: one that a
letter shows would need an address without a token, and be a tracking pixel (decision 0011).
"""

from django.utils import translation
from django.utils.translation import ngettext

from ..models import Event, Photo

NAME = "photos"
PATH = "photos/"  # below the guest's page, where own photos stand first


def told(guest, event, language, *, asked):
    """(the sentence, the same as markup that leads there), or two empty ones. One query, none where the text does not
    ask. In the formal tone nobody is addressed.
    """
    count = Photo.objects.visible_to(guest).marked(guest).count() if f"{{{NAME}}}" in asked else 0
    if not count:
        return "", ""
    with translation.override(language):
        sentence = (_formal if event.tone == Event.Tone.FORMAL else _informal)(count) % {"n": count}
    return sentence, f"[{sentence}]({{{NAME}}})"


def _informal(count):
    return ngettext("See %(n)s photo of you from the day", "See %(n)s photos of you from the day", count)


def _formal(count):
    return ngettext("%(n)s personal photo from the day", "%(n)s personal photos from the day", count)
