"""How a race went, in words of the language in force: how much, against what, and a kind line."""

from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from ..domain.race_lines import Mood, mood
from ..domain.racetime import printed
from ..domain.ranking import Best, Status

OURS = {
    Mood.PERS: _("Congratulations – well done!"),
    Mood.EQUAL: _("As fast as you have ever been. That is strong."),
    Mood.NEAR_AMBITION: _("You knew what you could do, and you did it."),
    Mood.DEBUT: _("You made it all the way – congratulations!"),
    Mood.NOT_THIS_TIME: _("Some days are heavier than others, and you came all the way. Well done!"),
    Mood.FINISHED: _("Go, go! Brilliant effort!"),
    Mood.DNF: _("You stood on the start line – that takes courage."),
    Mood.DSQ: _("Your time does not count in the list this year. We are glad that you were with us."),
    Mood.NC: _("You ran outside the competition, and we are glad that you were with us."),
    Mood.DNS: _("We missed you at the start, and hope to see you there another time."),
    Mood.UNCLEAR: _("We are still finding out how it went. It stands here as soon as we know."),
}
MOODS = {  # as organisers read them
    Mood.PERS: _("a new personal best"),
    Mood.EQUAL: _("as fast as the best before"),
    Mood.NEAR_AMBITION: _("near the own ambition"),
    Mood.DEBUT: _("the first time on the course"),
    Mood.NOT_THIS_TIME: _("slower than the best before"),
    Mood.FINISHED: _("finished, without anything to compare"),
    Mood.DNF: _("did not finish"),
    Mood.DSQ: _("disqualified"),
    Mood.NC: _("outside the competition"),
    Mood.DNS: _("did not start"),
    Mood.UNCLEAR: _("unclear"),
}
_SIGNS = {
    Mood.PERS: _("New personal best!"),
    Mood.EQUAL: _("Equal to your best!"),
    Mood.NEAR_AMBITION: _("Right on target!"),
    Mood.DEBUT: _("Your first time!"),
}


def mood_of(entry, result):
    """How the race went for the entry's guest, as domain.race_lines.Mood."""
    is_known = entry.guest.contact_id is not None and entry.has_been_before is not True
    return mood(
        Status(result.status), result.best, off_ms=result.ambition_diff_ms, may_be_debut=is_known,
        ambition_ms=entry.ambition_seconds * 1000 if entry.ambition_seconds else None,
    )  # fmt: skip


def line(race, how):
    """The organiser's own words to whom the race went so, where there are any in this language; else ours."""
    own = (race.words or {}).get(how, {})
    return own.get(get_language() or "") or str(OURS[how])


def sign(how):
    """A word or two for a chip; "" where there is nothing to shout."""
    return str(_SIGNS.get(how, ""))


def clock(milliseconds):
    """ "12:34" as the language writes it; "" without a time."""
    return printed(milliseconds, get_language() or "nb") if milliseconds else ""


def signed(milliseconds):
    """ "+0:07", "−1:25": how far off, with its sign."""
    mark = "±" if milliseconds == 0 else "+" if milliseconds > 0 else "−"
    return mark + printed(abs(milliseconds), get_language() or "nb")


def amount(milliseconds):
    """ "1 minute and 25 seconds", "24 seconds"; with decimals where the race shows them."""
    minutes, rest = divmod(abs(milliseconds), 60_000)
    seconds, thousandths = divmod(rest, 1000)
    if thousandths:
        shown = _decimal(seconds, thousandths)
        words = gettext("%(shown)s seconds") % {"shown": shown}
    else:
        words = ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    if not minutes:
        return words
    in_minutes = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if not rest:
        return in_minutes
    return pgettext("a time", "%(minutes)s and %(seconds)s") % {"minutes": in_minutes, "seconds": words}


def _decimal(seconds, thousandths):
    mark = "." if get_language() == "en" else ","
    return f"{seconds}{mark}{f'{thousandths:03}'.rstrip('0')}"


def against_best(result, *, year, best_year):
    """ "24 seconds faster than last year": against the best before, whose year may not be known; else ""."""
    if result.best not in (Best.PERS, Best.NOT_THIS_TIME):
        return ""
    much = amount(result.best_diff_ms)
    if result.best == Best.NOT_THIS_TIME:
        return gettext("%(time)s from your best") % {"time": much}
    if best_year == year - 1:
        return gettext("%(time)s faster than last year") % {"time": much}
    if best_year:
        return gettext("%(time)s faster than in %(year)s") % {"time": much, "year": best_year}
    return gettext("%(time)s faster than before") % {"time": much}
