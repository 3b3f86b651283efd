"""Race times in templates."""

from django import template

from ..models import result_words

register = template.Library()


@register.filter
def clock(milliseconds):
    """ "12:34" as the language writes it."""
    return result_words.clock(milliseconds)


@register.filter
def amount(milliseconds):
    """ "24 seconds"."""
    return result_words.amount(int(milliseconds))
