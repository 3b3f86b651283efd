"""What cannot be filled in a letter's text: which, where, among which words, and what was probably meant."""

import difflib
from collections.abc import Collection
from dataclasses import dataclass

from events.domain import letters

WORDS_AROUND = 24  # characters before and after, to the nearest word


@dataclass(frozen=True, slots=True)
class Fault:
    """One placeholder nothing is known for. Line and column count from 1; text[start:end] is what was written."""

    name: str
    line: int
    column: int
    start: int
    end: int
    before: str
    written: str
    after: str
    meant: str  # "{first_name}"; "" where nothing known comes close

    @property
    def is_unclosed(self) -> bool:
        return self.written + "}" == self.meant


def faults(text: str, known: Collection[str] = letters.PLACEHOLDERS) -> list[Fault]:
    """All of them, in the order in which they stand."""
    starts = _line_starts(text)
    return [
        _fault(text, name, line, column, starts[line - 1] + column - 1, known)
        for name, line, column in letters.unknown_placeholders(text, known)
    ]


def as_text(text: str, known: Collection[str] = letters.PLACEHOLDERS) -> str:
    """The same text with these standing as they were written, so that the rest can be filled."""
    for fault in reversed(faults(text, known)):
        written = fault.written.replace("{", r"\{").replace("}", r"\}")
        text = text[: fault.start] + written + text[fault.end :]
    return text


def _fault(text: str, name: str, line: int, column: int, start: int, known: Collection[str]) -> Fault:
    end = start + 1 + len(name)
    if text[end : end + 1] == "}":
        end += 1
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before = text[line_start:start]
    after = text[end : line_end if line_end >= 0 else len(text)]
    close = difflib.get_close_matches(name.strip().lower().replace(" ", "_"), sorted(known), n=1)
    return Fault(
        name=name,
        line=line,
        column=column,
        start=start,
        end=end,
        before=_last_words(before),
        written=text[start:end],
        after=_first_words(after),
        meant=f"{{{close[0]}}}" if close else "",
    )


def _line_starts(text: str) -> list[int]:
    starts = [0]
    starts += [at + 1 for at, sign in enumerate(text) if sign == "\n"]
    return starts


def _first_words(text: str) -> str:
    if len(text) <= WORDS_AROUND:
        return text
    cut = text[:WORDS_AROUND]
    return (cut.rpartition(" ")[0] or cut) + " …"


def _last_words(text: str) -> str:
    if len(text) <= WORDS_AROUND:
        return text
    cut = text[-WORDS_AROUND:]
    return "… " + (cut.partition(" ")[2] or cut)
