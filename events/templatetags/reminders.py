"""Words of what goes out by itself, for its pages."""

from django import template

from ..reports import reminder_words, sending_words
from .office import MAIL_SIGNS, chip

register = template.Library()
register.filter("about", reminder_words.about)
register.filter("about_day", reminder_words.about_day)
register.filter("counted_from", reminder_words.counted_from)
register.filter("to_whom", reminder_words.to_whom)
register.filter("when", reminder_words.when)
register.filter("day_of", reminder_words.day_of)
register.filter("hour_of", reminder_words.hour_of)
register.filter("how_long", reminder_words.how_long)
register.filter("reasons", reminder_words.reasons)


@register.filter
def letter_of(occurrence, timetable):
    """The name of the letter of a day, whose rule stands in the timetable."""
    rules = {line.reminder.pk: line.reminder for line in timetable.lines}
    return rules[occurrence.reminder_id].get_letter_display()


@register.filter
def fate_words(progress):
    return ", ".join(words for _fate, words in sending_words.fates(progress))


@register.simple_tag
def line_chip(line):
    kind, words = reminder_words.chip_of(line)
    return chip(f"mail-{kind}", MAIL_SIGNS[kind], words)


@register.simple_tag
def day_chip(day):
    kind, words = reminder_words.DAYS[day.occurrence.state]
    return chip(f"mail-{kind}", MAIL_SIGNS[kind], words)
