"""A guest's own start in a race, in words: for the page, the calendar and the letter alike."""

from ..domain import dates, letter_texts
from .answer import Answer


def start_words(answer, event, language, *, name="", tone=letter_texts.INFORMAL):
    """ "Your start time is 16:04:10, and you have bib number 17", of the answer as with_start has read it, to the
    second where one starts alone; "" for who is not coming, or where nothing is given out yet.
    """
    if answer.state != Answer.State.COMING or not answer.has_start:
        return ""
    at = answer.own_start_at and answer.own_start_at.astimezone(event.zone)
    exact = bool(answer.slot_at or (at and at.second))
    time = (dates.exact_clock if exact else dates.clock)(at, language) if at else ""
    return letter_texts.start(language, tone, time=time, bib=answer.bib, name=name)
