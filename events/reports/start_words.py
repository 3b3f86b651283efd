"""What a line of history about bibs and starts came to, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ..models import History


def told(row):
    """ "bib 17, start 16:04:10", "given back: bib 17", "24 runners, draw no. 4821"; "" for other lines."""
    facts = row.facts
    if row.what == History.What.STARTS and "count" in facts:
        words = ngettext("%(n)s runner", "%(n)s runners", facts["count"]) % {"n": facts["count"]}
        drawn = [gettext("draw no. %(seed)s") % {"seed": facts["seed"]}] if facts.get("seed") else []
        return ", ".join([words, *drawn])
    if row.what != History.What.START:
        return ""
    if facts.get("freed"):
        return gettext("given back: %(what)s") % {"what": _held(facts.get("bib"), facts.get("start"))}
    _guest, bib, _wave, start = (facts.get("is") or [[None] * 4])[0]
    return _held(bib, start)


def _held(bib, start):
    said = [gettext("bib %(bib)s") % {"bib": bib}] if bib else []
    if start:
        clock = timezone.localtime(datetime.fromisoformat(start)).strftime("%H:%M:%S")
        said.append(gettext("start %(clock)s") % {"clock": clock})
    return ", ".join(said)
