"""Race times in templates."""

from django import template
from django.utils import formats

from ..models import result_words

register = template.Library()


@register.filter
def race_clock(milliseconds):
    """ "12:34" as the language writes it; another "clock" tells the time of day."""
    return result_words.clock(milliseconds)


@register.filter
def off(milliseconds):
    """ "+0:07"."""
    return result_words.signed(milliseconds)


@register.filter
def percent(share):
    """ "7.3 %" of a share."""
    return formats.number_format(round(float(share) * 100, 1)) + "\u00a0%"


@register.filter
def amount(milliseconds):
    """ "24 seconds"."""
    return result_words.amount(int(milliseconds))
