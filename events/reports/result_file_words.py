"""What a file of results says and asks, in sentences: its columns, its readings, its odd lines."""

from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from ..domain.result_plan import Effect
from ..domain.timesheet_findings import Topic
from ..domain.timesheet_lines import Remark
from ..domain.timesheet_match import Fate, Rule
from . import time_words

FIELD_NAMES = {
    "time": gettext_lazy("Time"),
    "net_time": gettext_lazy("Net time (own start)"),
    "gross_time": gettext_lazy("Gross time (common start)"),
    "time_ms": gettext_lazy("Time in milliseconds"),
    "status": gettext_lazy("Status"),
    "bib": gettext_lazy("Bib"),
    "name": gettext_lazy("Name"),
    "first_name": gettext_lazy("First name"),
    "last_name": gettext_lazy("Last name"),
    "email": gettext_lazy("Mail"),
    "guest_key": gettext_lazy("Our number of the guest"),
    "birth_year": gettext_lazy("Year of birth"),
    "gender": gettext_lazy("Gender"),
    "club": gettext_lazy("Club or company"),
    "race": pgettext_lazy("in a file of results", "Race"),
    "race_class": gettext_lazy("Class"),
    "place": pgettext_lazy("in a race", "Place"),
    "class_place": gettext_lazy("Place in the class"),
    "gender_place": gettext_lazy("Place among women or men"),
    "gap": gettext_lazy("Behind the winner"),
    "finish_clock": gettext_lazy("Finish, time of day"),
    "start_clock": gettext_lazy("Start, time of day"),
    "classifier": gettext_lazy("Status as a number"),
    "note": gettext_lazy("Note"),
}
CHOICES = {
    "clock": gettext_lazy("minutes and seconds"),
    "decimal": gettext_lazy("minutes with decimals"),
    "minutes": gettext_lazy("minutes"),
    "seconds": gettext_lazy("seconds"),
    "milliseconds": gettext_lazy("milliseconds"),
    "hours": gettext_lazy("hours"),
    "nothing": gettext_lazy("no time: it is a date"),
    "time": gettext_lazy("Time"),
    "net_time": gettext_lazy("net time, from one's own start"),
    "gross_time": gettext_lazy("gross time, from the common start"),
    "mended": gettext_lazy("put the letters right"),
    "as_written": gettext_lazy("as it is written"),
    "*": gettext_lazy("all of them"),
}
RULES = {
    Rule.CHOSEN: gettext_lazy("chosen by you"),
    Rule.GUEST_KEY: gettext_lazy("by our own number"),
    Rule.BIB: gettext_lazy("by bib"),
    Rule.EMAIL: gettext_lazy("by mail address"),
    Rule.NAME: pgettext_lazy("how a runner was found", "by name"),
}
EFFECTS = {
    Effect.NEW: gettext_lazy("new"),
    Effect.CHANGED: gettext_lazy("changed"),
    Effect.AS_BEFORE: gettext_lazy("as before"),
    Effect.HELD: gettext_lazy("another time stands"),
    Effect.LEFT_OUT: gettext_lazy("left out"),
}


def question(finding):
    """What is asked, or told, about the file as a whole."""
    facts = {"text": finding.facts.get("text", ""), "differing": finding.facts.get("differing", 0)}
    return _TOPICS[finding.topic](finding) % facts


_TOPICS = {
    Topic.EXCEL: lambda _finding: gettext("Excel has read %(text)s as hours and minutes. What was meant?"),
    Topic.COMMA: lambda _finding: gettext("Times are written with a comma, like %(text)s. What does it mean?"),
    Topic.BARE: lambda _finding: gettext("Times are bare numbers, like %(text)s. What are they?"),
    Topic.DOTS: lambda _finding: gettext("Times have three parts, like %(text)s. What does the first one mean?"),
    Topic.THOUSANDTHS: lambda _finding: gettext("Times are large numbers, like %(text)s. What are they?"),
    Topic.DAY_MONTH: lambda _finding: gettext("Excel has made a date of a time, like %(text)s. What was meant?"),
    Topic.CLOCKS: lambda _finding: gettext("Times look like times of day, like %(text)s. What are they?"),
    Topic.OFFICIAL: lambda finding: ngettext(
        "The file has two kinds of time, which differ in %(differing)s line. Which one counts?",
        "The file has two kinds of time, which differ in %(differing)s lines. Which one counts?",
        finding.facts.get("differing", 0),
    ),
    Topic.RACE: lambda _finding: gettext("There are several races in the file. Which one is yours?"),
    Topic.TWICE_ENCODED: lambda _finding: gettext("Letters like ø and ä are broken in this file. What shall we do?"),
}


def choice(finding, value):
    """One of the answers, with what it makes of the example."""
    if finding.topic == Topic.RACE and value != "*":
        lines = finding.facts.get("counts", {}).get(value, 0)
        return ngettext("%(race)s (%(n)s line)", "%(race)s (%(n)s lines)", lines) % {"race": value, "n": lines}
    if finding.topic == Topic.CLOCKS:
        of_day = gettext("times of day at the finish; the start is taken off")
        return of_day if value == "clock" else gettext("times of the race")
    words, readings = CHOICES.get(value, value), finding.facts.get("readings", {})
    if value in readings:
        return f"{words}: {time_words.reading(readings[value])}"
    return str(words)


def notice(code, value, readings=()):
    """What is to be looked at in one line."""
    meant = f" {gettext('or')} ".join(map(time_words.reading, readings))
    said = str(_NOTICES[code]) % {"value": value, "readings": meant}
    if code == Remark.TIME_REFUSED and meant:
        return " ".join((said, gettext("Did somebody mean %(readings)s?") % {"readings": meant}))
    return said


_NOTICES = {
    Remark.TIME_REFUSED: gettext_lazy("“%(value)s” is no time."),
    Remark.TIME_DOUBTFUL: gettext_lazy("“%(value)s” may be %(readings)s."),
    Remark.TIME_IMPLAUSIBLE: gettext_lazy("%(readings)s is an unusual time for this course."),
    Remark.NO_TIME: gettext_lazy("There is no time, and no word why."),
    Remark.FINISHED_WITHOUT_TIME: gettext_lazy("The file says “finished” and gives no time."),
    Remark.NO_FINISH_SEEN: gettext_lazy(
        "The file has the time %(readings)s, but nothing of a finish as the others have. Perhaps it is a split time."
    ),
    Remark.STATUS_UNKNOWN: gettext_lazy("We do not know the status “%(value)s”."),
    Remark.STATUS_WITH_TIME: gettext_lazy("The time %(readings)s does not count, for the file says “not finished”."),
    Remark.OTHER_TIME: gettext_lazy("The time that counts is missing; the other one was taken: %(readings)s."),
    Remark.TIME_FROM_CLOCKS: gettext_lazy("Worked out of the start and finish clocks in the file."),
    Remark.BIB_UNKNOWN: gettext_lazy("The bib is not known, and there is no name."),
}


def why_asked(fate):
    """Why a line waits for somebody to say whose it is."""
    return {
        Fate.SEVERAL_FIT: gettext("Several guests fit. Whose time is it?"),
        Fate.NOT_SURE: gettext("Bib, mail or name fits, but the rest is somebody else's. Is it the same person?"),
        Fate.CONTESTED: gettext("Several lines are about this guest, with different results. Which one counts?"),
    }[fate]


def counted(counts):
    """(key, title, number) of the counts that say something, in order."""
    titles = {
        "matched": gettext("ours"),
        "unmatched": gettext("nobody of ours"),
        "ambiguous": gettext("in question"),
        "finishers": gettext("finished"),
        "dnf": "DNF",
        "dns": "DNS",
        "dsq": "DSQ",
        "nc": "NC",
        "unclear": gettext("unclear"),
        "refused": gettext("not readable"),
    }
    return [(key, title, counts[key]) for key, title in titles.items() if counts.get(key)]


def place_differs(place):
    return gettext("The file gives place %(place)s, which its own times do not.") % {"place": place}


def held(before):
    """Why a line changes nothing."""
    stands = {"stands": time_words.outcome(before.status, before.time_ms)}
    if before.source == "mark":
        return gettext("%(stands)s stands: it was taken at the finish.") % stands
    return gettext("%(stands)s stands: it was written by hand.") % stands
