"""What the codes of a file of results mean, for its pages."""

from django import template

from ..reports import result_file_words as words

register = template.Library()


@register.filter
def why_asked(match):
    """Why it is not clear whose line it is."""
    return words.why_asked(match.fate)


@register.filter
def in_words(notice):
    """What is to be looked at in a line."""
    return words.notice(notice.code, notice.value, notice.readings)


@register.filter
def result_of(line):
    """What a line comes to."""
    return words.outcome(line.status, line.time_ms)
