"""Text in the cells of files: written so that no spreadsheet runs it as a formula (S15), read, and shown."""

import re

SHOWN_CHARACTERS = 80
RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

_FORCED_TEXT = re.compile(r'="([^"]*)"')  # how a CSV keeps Excel from reading a number


def defused(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(RUNS) else text


def restored(text: str) -> str:
    """What stood in the cell before it was defused."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RUNS) else text


def unwrap(cell):
    """What stands in a cell without what spreadsheets and exports wrap around it."""
    text = cell.strip()
    match = _FORCED_TEXT.fullmatch(text)
    return match[1] if match else restored(text)


def shown(value):
    """A cell for a report: one line, at most 80 characters, line breaks and control characters visible."""
    text = "\u21b5".join(value[:1000].strip().splitlines())
    text = "".join(chr(0x2400 + ord(c)) if c < " " and c != "\t" else c for c in text)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
