"""Several names in a sentence, as each language joins them."""

from django.utils.text import get_text_list
from django.utils.translation import pgettext


def listed(names):
    """ "Ola Berge, Kari Nordås and Åse Tveit" """
    return get_text_list(names, pgettext("between the last two of a list", "and"))
