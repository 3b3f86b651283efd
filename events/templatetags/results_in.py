"""What the codes of a file of results mean, for its pages."""

from django import template

from ..reports import time_words

register = template.Library()


@register.filter
def result_of(line):
    """What a line comes to."""
    return time_words.in_full(line.status, line.time_ms)
