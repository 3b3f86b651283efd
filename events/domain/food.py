"""Food and adjustments: what a kitchen counts, and what has changed since it was told last."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OTHER = "other"  # how words that fit no code are counted


@dataclass(frozen=True, slots=True)
class Plate:
    """What one person needs: codes in the order of the list, and other words. Empty: eats everything."""

    needs: tuple[str, ...] = ()
    other: str = ""

    @property
    def is_special(self) -> bool:
        return bool(self.needs or self.other)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The codes, with OTHER where there are other words."""
        return (*self.needs, OTHER) if self.other else self.needs


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of those who need something new, something else, or nothing any more, and how many more plates."""

    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    more_portions: int = 0

    @property
    def is_none(self) -> bool:
        return not (self.new or self.changed or self.gone or self.more_portions)


def counts(plates: Iterable[Plate]) -> dict[str, int]:
    """{kind: heads}, the most wanted first; one head counts at each of its needs."""
    counted = Counter(kind for plate in plates for kind in plate.kinds)
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def combinations(plates: Iterable[Plate]) -> list[tuple[tuple[str, ...], int]]:
    """[(kinds, heads)] of those who need anything, each head once, the most frequent first."""
    counted = Counter(plate.kinds for plate in plates if plate.is_special)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def changes(then: Mapping[int, Plate | None], now: Mapping[int, Plate]) -> Changes:
    """What a kitchen that knows `then` must hear of `now`, both by guest id.

    None was emptied since: it needed something, and nobody knows any more what.
    """
    nothing = Plate()
    needed = {guest for guest, plate in then.items() if plate is None or plate.is_special}
    needs = {guest for guest, plate in now.items() if plate.is_special}
    return Changes(
        new=tuple(guest for guest in now if guest in needs - needed),
        changed=tuple(guest for guest in now if guest in needs & needed and now[guest] != then.get(guest, nothing)),
        gone=tuple(guest for guest in then if guest in needed - needs),
        more_portions=len(now) - len(then),
    )


def to_store(plates: Mapping[int, Plate]) -> dict[str, list]:
    """As JSON keeps it: {"17": [["vegan"], "no onions"]}."""
    return {str(guest): [list(plate.needs), plate.other] for guest, plate in plates.items()}


def from_store(stored: Mapping[str, list | None]) -> dict[int, Plate | None]:
    return {int(guest): row if row is None else Plate(tuple(row[0]), row[1]) for guest, row in stored.items()}


def emptied(stored: Mapping[str, list | None], guests: Iterable[int]) -> dict[str, list | None]:
    """The stored plates without what these guests needed; that they needed something stays as None."""
    mine = {str(guest) for guest in guests}
    return {guest: None if guest in mine and row and any(row) else row for guest, row in stored.items()}


def fingerprint(plates: Mapping[int, Plate]) -> str:
    """Tells one list from another without repeating it (64 hex digits)."""
    text = json.dumps(to_store(plates), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
