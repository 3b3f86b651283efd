"""People who asked not to be invited again are left out of every guest list (P11)."""

from collections.abc import Callable, Iterable, Iterator

from events.domain.cells import shown
from events.domain.guestlist_rows import Problem, Refusal, Refused
from events.domain.matching import Fate, Outcome


def respected(outcomes: Iterable[Outcome], has_asked: Callable[[str], bool]) -> Iterator[Outcome]:
    """The outcomes, those refused that would make a guest of somebody who has asked not to be invited.

    has_asked(address) says whether it is one of theirs; the address in the file counts, and the one we know. Who is a
    guest of the event already stays one.
    """
    for outcome in outcomes:
        yield _refused(outcome) if outcome.fate is Fate.NEW and _has_asked(outcome, has_asked) else outcome


def _has_asked(outcome, has_asked):
    known = outcome.known.email if outcome.known else ""
    return any(address and has_asked(address) for address in {outcome.line.email, known})


def _refused(outcome):
    row = outcome.line
    facts = {"column": ""}
    problem = Problem(row.number, "email", shown(row.email), Refusal.ASKED_NOT_TO_BE_INVITED, facts)
    return Outcome(Fate.REFUSED, row.number, Refused(row.number, (problem,)))
