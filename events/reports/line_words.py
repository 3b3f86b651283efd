"""Waiting lists, companions and times in words: why nobody is let in, and what stands in the history."""

from django.utils.translation import gettext, ngettext

from ..domain.waiting import Why
from ..models import History
from . import time_words


def why(line):
    """Why nobody is let in just now, in a sentence; "" when the first in line would be."""
    facts = {"n": line.free, "hours": line.activity.promotes_until_hours}
    if line.units:
        facts["heads"] = len(line.units[0].answers)
    return (_SENTENCES[line.why](line) if line.why else "") % facts


def _after_cut_off(line):
    if line.free is None:
        return gettext("Places are given by hand now: it is less than %(hours)s hours before the start.")
    return ngettext(
        "%(n)s place is free. It is given by hand now: it is less than %(hours)s hours before the start.",
        "%(n)s places are free. They are given by hand now: it is less than %(hours)s hours before the start.",
        line.free,
    )


def _party_is_larger(line):
    return ngettext(
        "%(n)s place is free; first in line are %(heads)s who come together.",
        "%(n)s places are free; first in line are %(heads)s who come together.",
        line.free,
    )


def _nobody_waits(line):
    if line.free is None:
        return gettext("Nobody waits, and there is room for everyone.")
    return ngettext("Nobody waits. %(n)s place is free.", "Nobody waits. %(n)s places are free.", line.free)


_SENTENCES = {
    Why.NOBODY_WAITS: _nobody_waits,
    Why.CANCELLED: lambda line: gettext("This part is cancelled, so nobody gets a place."),
    Why.OVER: lambda line: gettext("The event is over or cancelled, so nobody gets a place."),
    Why.FULL: lambda line: gettext("All places are taken."),
    Why.AFTER_CUT_OFF: _after_cut_off,
    Why.PARTY_IS_LARGER: _party_is_larger,
}


def called(companion, leader):
    """The name of somebody without a contact, as Guest.name says it; leader is the name of who brings them."""
    return companion or (gettext("Companion of %(name)s") % {"name": leader} if leader else "")


def told(row):
    """What a history row about companions, a waiting list or times came to; "" for all others."""
    facts = row.facts
    if row.what == History.What.MOVED and "to" in facts:
        words = gettext("from number %(before)s to number %(after)s: %(reason)s")
        return words % {"before": facts["from"], "after": facts["to"], "reason": facts.get("reason", "")}
    if row.what == History.What.IMPORTED and "earlier" in facts:
        return gettext("from %(event)s") % {"event": facts["earlier"]}
    if row.what == History.What.GIVEN_PLACE and facts.get("beyond"):
        return gettext("more than there is room for")
    if row.what == History.What.COMPANIONS:
        return ", ".join(_companions(facts))
    if row.what == History.What.TIMED:
        return time_words.outcome(facts.get("status"), facts.get("time_ms")) or gettext("taken back")
    if row.what == History.What.RESULTS:
        return ngettext("%(n)s runner", "%(n)s runners", facts.get("count", 0)) % {"n": facts.get("count", 0)}
    return ""


def _companions(facts):
    added, removed, named = (facts.get(name, 0) for name in ("added", "removed", "named"))
    if added:
        yield ngettext("%(n)s more", "%(n)s more", added) % {"n": added}
    if removed:
        yield ngettext("%(n)s fewer", "%(n)s fewer", removed) % {"n": removed}
    if named:
        yield ngettext("%(n)s name", "%(n)s names", named) % {"n": named}
    if "splits" in facts:
        apart, together = gettext("also take places one at a time"), gettext("take places together again")
        yield apart if facts["splits"] else together
