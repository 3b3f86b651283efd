"""What a guest list's codes mean, for its pages."""

from django import template

from ..reports import guestlist_words

register = template.Library()


@register.filter
def why_ignored(code):
    """Why a column is not read."""
    return guestlist_words.ignored(code)
