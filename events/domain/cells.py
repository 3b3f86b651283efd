"""Text in the cells of a CSV file that a spreadsheet may open: nothing in it runs as a formula (S15)."""

RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(RUNS) else text


def restored(text: str) -> str:
    """What stood in the cell before it was defused."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RUNS) else text
