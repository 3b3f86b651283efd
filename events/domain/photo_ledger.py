"""What became of each file of one go of adding photos, as far as is known: [[ident, name, outcome, code, facts]].

Whoever sends gives each file its ident, so that a file that is sent twice, because the answer was lost, counts once.
A zip has a line of its own that does not count, and a line for each of its entries.
"""

from dataclasses import dataclass, field, replace
from typing import Any

ADDED, DUPLICATE, REFUSED, ZIP = "added", "duplicate", "refused", "zip"
LONGEST_IDENT, LONGEST_NAME = 220, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One file and its outcome; of what was refused the code and the facts of the reason, of what is here as a photo
    of this same go {"photo": its number}.
    """

    ident: str
    name: str
    outcome: str
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """chosen = added + duplicates + refused + missing, always."""

    chosen: int
    added: int
    duplicates: int
    refused: int

    @property
    def missing(self) -> int:
        return self.chosen - self.added - self.duplicates - self.refused


def ident_of(given: str, name: str, size: int) -> str:
    """The ident as it was given, cut to what we keep; without one, of name and size."""
    return (given or f"{size}-{name}")[:LONGEST_IDENT]


def settled(ledger: list[list], lines: list[Line]) -> list[Line]:
    """Each photo of the go is added by one file: by the first that brought it, however often that comes again."""
    brought_by = {row[4]["photo"]: row[0] for row in ledger if row[2] == ADDED and "photo" in row[4]}
    found = []
    for line in lines:
        if "photo" in line.facts:
            is_first = brought_by.setdefault(line.facts["photo"], line.ident) == line.ident
            line = replace(line, outcome=ADDED if is_first else DUPLICATE)
        found.append(line)
    return found


def noted(ledger: list[list], lines: list[Line]) -> list[list]:
    """The ledger with these lines, each in the place of what was known of that file before."""
    kept = {row[0]: row for row in ledger}
    kept |= {line.ident: [line.ident, line.name[:LONGEST_NAME], line.outcome, line.code, line.facts] for line in lines}
    return list(kept.values())


def lines_of(ledger: list[list]) -> list[Line]:
    """The files that count, as they came."""
    found = [
        Line(ident=ident, name=name, outcome=outcome, code=code, facts=facts)
        for ident, name, outcome, code, facts in ledger
    ]
    return [line for line in found if line.outcome != ZIP]


def tally(ledger: list[list], chosen: int) -> Tally:
    """The count; whoever chose fewer than have come has chosen those."""
    outcomes = [line.outcome for line in lines_of(ledger)]
    return Tally(
        chosen=max(chosen, len(outcomes)),
        added=outcomes.count(ADDED),
        duplicates=outcomes.count(DUPLICATE),
        refused=outcomes.count(REFUSED),
    )
