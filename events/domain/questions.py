"""The organiser's own questions: choices written one a line in each language, and numbers as people type them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

NEARLY = 0.75  # how alike two lines are when one is taken for the other, corrected
NUMBER = re.compile(r"[-−]?\d{1,9}(?:[.,]\d{1,2})?", re.ASCII)


class UnequalLines(ValueError):
    """The languages do not have the same number of lines; carries {language: lines}."""

    def __init__(self, counts: Mapping[str, int]):
        super().__init__(counts)
        self.counts = dict(counts)


class NotANumber(ValueError):
    """No number, or one with more decimals or digits than anybody needs; carries the text."""

    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


@dataclass(frozen=True)
class Row:
    """One line in every language it was written in. key: whose line it was before, None when it is new."""

    texts: Mapping[str, str]
    key: str | int | None = None


def rows_of(texts: Mapping[str, str]) -> list[Row]:
    """Rows from one text per language, matched line by line; empty lines and languages do not count.

    Raises UnequalLines when one language has more lines than another.
    """
    lines = {language: _lines(text) for language, text in texts.items()}
    lines = {language: found for language, found in lines.items() if found}
    if len({len(found) for found in lines.values()}) > 1:
        raise UnequalLines({language: len(found) for language, found in lines.items()})
    return [Row(dict(zip(lines, each, strict=True))) for each in zip(*lines.values(), strict=True)]


def matched(rows: Iterable[Row], known: Iterable[Row]) -> list[Row]:
    """The rows with the keys of those known: the same in a language first, then what is nearly the same.

    A corrected or moved line keeps its key, and with it all that was ever said to it; what is new has none.
    """
    rows, left = list(rows), {row.key: row for row in known}
    keys: list = [None] * len(rows)
    for likeness in (1.0, NEARLY):
        for place, row in enumerate(rows):
            if keys[place] is None:
                alike = {key: _likeness(row, other) for key, other in left.items()}
                best = max(alike, key=alike.get, default=None)
                if best is not None and alike[best] >= likeness:
                    keys[place] = best
                    del left[best]
    return [Row(row.texts, key) for row, key in zip(rows, keys, strict=True)]


def options_after(rows: Iterable[Row], options: Iterable[Mapping], said: Iterable[str]) -> list[dict]:
    """The options to store, [{"key", "texts"}], when the organiser has written these rows.

    Keys are stable and never given twice. An option taken away that somebody has chosen (its key is in `said`) stays
    readable: it is kept at the end with "is_gone".
    """
    options = list(options)
    kept = matched(rows, [Row(option["texts"], option["key"]) for option in options])
    number = max((int(option["key"]) for option in options), default=0)
    after = []
    for row in kept:
        number += row.key is None
        after.append({"key": row.key or str(number), "texts": dict(row.texts)})
    offered, said = {option["key"] for option in after}, set(said)
    gone = [option for option in options if option["key"] not in offered and option["key"] in said]
    return after + [{"key": option["key"], "texts": option["texts"], "is_gone": True} for option in gone]


def read_number(text: str) -> int | float:
    """ "3", "2,5", "1 200": a number with at most two decimals. Raises NotANumber."""
    squeezed = "".join(text.split())
    if not NUMBER.fullmatch(squeezed):
        raise NotANumber(text)
    number = Decimal(squeezed.replace(",", ".").replace("−", "-"))
    return int(number) if number == int(number) else float(number)


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(each.split()) for each in text.splitlines()) if line]


def _likeness(row: Row, other: Row) -> float:
    """1 when a language has the same words, else how alike the most alike are."""
    shared = [(row.texts[code].casefold(), other.texts[code].casefold()) for code in row.texts if code in other.texts]
    return max((1.0 if one == two else _ratio(one, two) for one, two in shared), default=0.0)


def _ratio(one: str, two: str) -> float:
    return min(SequenceMatcher(None, one, two, autojunk=False).ratio(), 0.999)
