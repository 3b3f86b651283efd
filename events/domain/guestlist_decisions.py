"""A person's answers to the questions a guest list raises, worked into its rows."""

from dataclasses import replace

from events.domain.guestlist import as_answered
from events.domain.guestlist_answers import PROPOSAL
from events.domain.guestlist_duplicates import Seen
from events.domain.guestlist_rows import Doubt, Question, Row

# The others are for the file itself: the same person twice, or a number that belongs to somebody else.
ANSWERABLE = frozenset((Doubt.TWO_PEOPLE, Doubt.WITH_COMPANION))


def decided(lines, answers):
    """The lines, the questions in `answers` {row number: PROPOSAL or AS_WRITTEN} replaced by their rows.

    Somebody who comes out of an answer counts as seen: a later row of the same person is a duplicate.
    """
    if not answers:
        yield from lines
        return
    seen = Seen()
    for line in lines:
        if isinstance(line, Question) and line.code in ANSWERABLE and line.number in answers:
            yield from map(seen.check, _rows(line, answers[line.number]))
        elif isinstance(line, Row):
            checked = seen.check(line)
            yield line if isinstance(checked, Row) else checked
        else:
            yield line


def _rows(question, answer):
    """The rows of an answered question; a personal number stays with the first."""
    first, *rest = as_answered(question, is_split=answer == PROPOSAL)
    return [first, *(replace(row, external_id="") for row in rest)]
