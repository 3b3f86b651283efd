"""What the history on a guest's page offers: undoing, or why not."""

from ..domain.undoing import Verdict, verdicts
from ..reports.change_words import WHY_NOT

UNSAID = {Verdict.MAY, Verdict.NO_CHANGE}


def with_verdicts(rows):
    """The rows of a guest's history, newest first, each with may_undo, and why_not where that is worth a word."""
    found = verdicts((row.pk, row.what, row.activity_id, row.facts) for row in rows)
    for row in rows:
        row.may_undo = found[row.pk] is Verdict.MAY
        row.why_not = "" if found[row.pk] in UNSAID else WHY_NOT[found[row.pk]]
    return rows
