"""Many numbers in a short text, "3-7,12": whom an organiser has ticked or seen, to take along in an address."""

from bisect import bisect_right
from collections.abc import Iterable


class Ranges:
    """A set of positive numbers kept as stretches. A stretch costs the same whatever its length, so that what a
    stranger writes cannot fill the memory; what is no number is left out.
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str = ""):
        found = sorted(filter(None, map(_stretch, text.split(","))))
        self._starts, self._ends = [], []
        for start, end in found:
            if self._ends and start <= self._ends[-1] + 1:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    @classmethod
    def of(cls, numbers: Iterable[int]) -> "Ranges":
        """The set of these numbers."""
        made = cls()
        for number in sorted(set(numbers)):
            if made._ends and number == made._ends[-1] + 1:
                made._ends[-1] = number
            else:
                made._starts.append(number)
                made._ends.append(number)
        return made

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self._starts, number) - 1
        return at >= 0 and number <= self._ends[at]

    def __len__(self) -> int:
        return sum(end - start + 1 for start, end in zip(self._starts, self._ends, strict=True))

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __str__(self) -> str:
        pairs = zip(self._starts, self._ends, strict=True)
        return ",".join(str(start) if start == end else f"{start}-{end}" for start, end in pairs)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ranges) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


def _stretch(word: str) -> tuple[int, int] | None:
    first, _dash, last = word.strip().partition("-")
    last = last or first
    if not (first.isascii() and first.isdecimal() and last.isascii() and last.isdecimal()):
        return None
    if len(first) > 18 or len(last) > 18 or int(first) > int(last):
        return None
    return int(first), int(last)
