"""What a letter says of photos the guest asked to take away: which wait, stay away, or are shown again, and why.

Neither a picture nor the name of a file is in it, and nobody is addressed, so that it fits both tones.
"""

from datetime import date
from functools import cached_property

from django.utils import translation
from django.utils.translation import gettext, ngettext

from ..domain import dates
from ..domain.photos import GONE, decided_by
from ..models import RemovalRequest

NAME = "photo_wishes"
Decision = RemovalRequest.Decision
_EXAMPLE = {"0": Decision.OPEN}  # in a letter that is only looked at


class Reasons:
    """Why photos are shown again, for all letters of a batch; one query when the first letter asks."""

    def __init__(self, all_facts):
        self._ids = {pk for facts in all_facts for pk in _those(facts, Decision.KEPT)}

    def of(self, ids):
        """The reasons given for these requests, each once."""
        return list(dict.fromkeys(self._reasons[pk] for pk in ids if self._reasons.get(pk)))

    @cached_property
    def _reasons(self):
        return dict(RemovalRequest.objects.filter(pk__in=self._ids).values_list("pk", "reason"))


def told(facts, event, language, *, asked, now, reasons=None):
    """The paragraphs; none where the text does not ask.

    facts are {"wishes": {id of a request: decision, or GONE}, "until": the day by which we decide}.
    """
    if f"{{{NAME}}}" not in asked:
        return []
    if not (facts and facts.get("wishes")):
        facts = {"wishes": _EXAMPLE}
    waiting, removed, gone, kept = (
        _those(facts, said) for said in (Decision.OPEN, Decision.REMOVED, GONE, Decision.KEPT)
    )
    with translation.override(language):
        paragraphs = {
            _waiting(len(waiting), dates.by_day(until(facts, event, now=now), language)): waiting,
            _removed(len(removed)): removed,
            _gone(len(gone)): gone,
            _kept(len(kept)): kept,
        }
        said = [text for text, those in paragraphs.items() if those]
        return said + _why(kept, (reasons or Reasons([facts])).of(kept), event) if kept else said


def until(facts, event, *, now):
    """The day by which the guest was promised to hear from us."""
    told = (facts or {}).get("until")
    return date.fromisoformat(told) if told else decided_by(now, event.zone)


def _those(facts, decision):
    return [int(pk) for pk, said in (facts or {}).get("wishes", {}).items() if said == decision]


def _waiting(n, day):
    return ngettext(
        "We have taken the photo away for now: no guest sees it. An organiser decides by %(day)s whether it stays "
        "away, and then another mail follows.",
        "We have taken the %(n)s photos away for now: no guest sees them. An organiser decides by %(day)s whether they "
        "stay away, and then another mail follows.",
        n,
    ) % {"n": n, "day": day}


def _removed(n):
    return ngettext(
        "An organiser has looked at it: the photo stays away for good, and no guest sees it.",
        "An organiser has looked at it: the %(n)s photos stay away for good, and no guest sees them.",
        n,
    ) % {"n": n}


def _gone(n):
    return ngettext(
        "The photo is deleted: nobody can see it any more.",
        "The %(n)s photos are deleted: nobody can see them any more.",
        n,
    ) % {"n": n}


def _kept(n):
    return ngettext(
        "An organiser has looked at it: the photo is shown to the guests again.",
        "An organiser has looked at it: the %(n)s photos are shown to the guests again.",
        n,
    ) % {"n": n}


def _why(kept, reasons, event):
    """Whoever is told no hears why, and where to turn (GDPR art. 12.4)."""
    objection = gettext("If that is wrong, a line to %(email)s is enough, and we look at it once more.")
    return [
        *(gettext("The reason: %(reason)s") % {"reason": reason} for reason in reasons),
        objection % {"email": event.contact[1]},
    ]
