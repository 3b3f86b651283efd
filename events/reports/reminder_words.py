"""What goes out by itself, in words."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..domain import dates
from ..domain.reminders import PRACTICAL, Standing
from ..models import Occurrence
from .sending_words import REASONS

# Chip's kind and words, and what is to be said about it; "" where the chip says it all.
STANDINGS = {
    Standing.AHEAD: ("queued", _("waits for its hour"), ""),
    Standing.DUE: ("queued", _("goes out now"), _("It leaves within a minute or so.")),
    Standing.GONE_OUT: ("sent", _("gone out"), ""),
    Standing.OFF: ("stopped", _("switched off"), ""),
    Standing.NO_DEADLINE: (
        "stopped", _("waits"), _("It counts from the deadline, and the event has none. Set one under Settings."),
    ),
    Standing.NOT_OPEN: ("stopped", _("waits"), _("It waits until the event is open for answers.")),
    Standing.OVER: ("stopped", _("does not go out"), _("The event takes no answers, or is over.")),
    Standing.TOO_LATE: (
        "stopped", _("does not go out"),
        _("Its hour had passed before it held. Choose another day, or send it yourself."),
    ),
    Standing.MISSED: ("failed", _("did not go out"), ""),
}  # fmt: skip
DAYS = {
    Occurrence.State.SENT: ("sent", _("gone out")),
    Occurrence.State.MISSED: ("failed", _("did not go out")),
    Occurrence.State.LEFT: ("stopped", _("left alone")),
}


def counted_from(reminder):
    """ "10 days before the deadline"."""
    number = reminder.days_before
    if reminder.letter == PRACTICAL:
        text = ngettext("the day before the event", "%(n)s days before the event", number)
    else:
        text = ngettext("the day before the deadline", "%(n)s days before the deadline", number)
    return text % {"n": number}


def to_whom(reminder):
    """Whom the letter is for."""
    if reminder.letter == PRACTICAL:
        return gettext("to those coming to something")
    return gettext("to those who have said nothing")


def when(moment):
    """ "Tuesday 31 August at 10:00", by the clock of the page's event."""
    return f"{day_of(moment)} {hour_of(moment)}"


def day_of(moment):
    """ "Tuesday 31 August"."""
    return capfirst(dates.day(timezone.localtime(moment), get_language()))


def hour_of(moment):
    """ "at 10:00"."""
    return dates.at_clock(timezone.localtime(moment), get_language())


def how_long(moment):
    """ "in 12 days", "today"; "" for what is past."""
    days = (timezone.localdate(moment) - timezone.localdate()).days
    if days > 0:
        return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days}
    return "" if days else gettext("today")


def chip_of(line):
    """(kind, words) of a line's small sign."""
    if line.day:
        return DAYS[line.day.occurrence.state]
    return STANDINGS[line.standing][:2]


def about(line):
    """A sentence on where it stands, or ""."""
    if line.day:
        return about_day(line.day)
    return str(STANDINGS[line.standing][2])


def about_day(day):
    """What became of a day: why nobody was written to, or what there is to decide."""
    occurrence = day.occurrence
    if occurrence.state == Occurrence.State.MISSED:
        if day.chosen:
            return gettext("The program was not running at that hour.")
        return gettext("The program was not running at that hour, and by now the letter is of no use any more.")
    if occurrence.state == Occurrence.State.LEFT:
        return gettext("It was missed, and somebody decided not to send it.")
    return "" if occurrence.campaign_id else gettext("There was nobody to write to.")


def reasons(pairs):
    """[(how many, reason in words)]."""
    return [(count, str(REASONS.get(code, code))) for code, count in pairs]
