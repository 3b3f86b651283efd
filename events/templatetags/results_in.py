"""What the codes of a file of results mean, for its pages."""

from django import template

from ..reports import result_file_words as words

register = template.Library()


@register.filter
def result_of(line):
    """What a line comes to."""
    return words.outcome(line.status, line.time_ms)
