"""A race time said so that nobody can misread it, and where it comes from."""

from django.utils.translation import get_language, gettext, gettext_lazy

from ..domain.racetime import HOUR, MINUTE, SECOND, printed
from ..domain.ranking import Status
from ..domain.timing import Source
from ..models import Result

SOURCES = {
    Source.MARK: gettext_lazy("clock at the finish"),
    Source.TYPED: gettext_lazy("written by hand"),
    Source.IMPORTED: gettext_lazy("from a file"),
}
REASONS = {
    "misread": gettext_lazy("misread"),
    "other_watch": gettext_lazy("another watch was right"),
    "mixed_up": gettext_lazy("bibs were mixed up"),
    "jury": gettext_lazy("decided afterwards"),
}


def clock(milliseconds):
    """ "12:34" as the language in force writes it."""
    return printed(milliseconds, get_language() or "nb")


def spoken(milliseconds):
    """ "12 min 34 s", "1 h 2 min 3 s"."""
    hours, rest = divmod(milliseconds, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    facts = {"hours": hours, "minutes": minutes, "seconds": _seconds(rest)}
    if hours:
        return gettext("%(hours)s h %(minutes)s min %(seconds)s s") % facts
    return f"{minutes} min {facts['seconds']} s"  # as all our languages shorten them


def _seconds(milliseconds):
    """ "4", "4,5"."""
    seconds, thousandths = divmod(milliseconds, SECOND)
    point = "." if get_language() == "en" else ","
    return f"{seconds}{point}{thousandths:03}".rstrip("0") if thousandths else str(seconds)


def reading(milliseconds):
    """ "12:34 – 12 min 34 s": what was written and how it was understood."""
    return f"{clock(milliseconds)} – {spoken(milliseconds)}"


def short_status(status):
    """ "DNF", as the sport writes it; unclear in words."""
    return gettext("unclear") if status == Status.UNCLEAR else str(status)


def outcome(status, time_ms):
    """A result in a cell: the time, or the status; "" for nothing."""
    if time_ms:
        return clock(time_ms)
    return short_status(status) if status and status != Status.OK else ""


def in_full(status, time_ms):
    """What a line comes to: "12:34 – 12 min 34 s", or "DNF: did not finish"."""
    return reading(time_ms) if time_ms else status_words(status)


def status_words(status):
    """ "DNF: did not finish"."""
    label = str(Result.Status(status).label)
    return label if status == Status.UNCLEAR else f"{short_status(status)}: {label}"
