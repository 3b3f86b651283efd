"""How a photo stands in a justified grid before it is loaded: its shape and colour, each as one of a few classes.

A page allows no styles of its own (CSP), so the stylesheet has a rule for each: static/events/photos.css. On a phone
all lengths are parts of the screen's width, so the rows are known, and with them how large a photo will stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

RATIOS = (
    40,
    45,
    50,
    56,
    60,
    67,
    71,
    75,
    80,
    85,
    90,
    100,
    110,
    118,
    125,
    133,
    141,
    150,
    160,
    170,
    178,
    190,
    200,
    225,
    260,
)
ROW, GAP, HIGHEST = 30, 0.75, 75  # on a phone, in hundredths of its width: a row before it grows, and at most
CLOSER = (85, 70, 55)  # hundredths of their width that photos at the end may ask for, so that one more fits in
ROWS_AT_THE_END, MOST_AT_THE_END = 3, 7
LEVELS = "26ae"  # of red, green and blue, each a hexadecimal digit


@dataclass(frozen=True, slots=True)
class OnPhone:
    """How wide a photo stands on a phone, in hundredths of its width, and which of CLOSER it asks for, 100 for none."""

    width: int
    closer: int = 100


def shape(width, height):
    """150 for 3:2: the nearest of RATIOS, in hundredths of width by height. A panorama is cut at both ends."""
    ratio = 100 * width / max(height, 1)
    return min(RATIOS, key=lambda known: max(known, ratio) / min(known, ratio)) if ratio else 150


def shape_class(width, height):
    return f"r{shape(width, height)}"


def on_phone(shapes: Sequence[int]) -> list[OnPhone]:
    """Where photos of these shapes stand: every row is filled, the last one too.

    A photo that would be left alone stands closer together with those before it, where that is the calmer picture.
    """
    rows = list(_rows([(shape, 100) for shape in shapes]))
    before, end = rows[:-ROWS_AT_THE_END], rows[-ROWS_AT_THE_END:]
    left = [photo for row in end for photo in row]
    ends = [end, *filter(None, (_closer(left, count, by) for count in range(2, MOST_AT_THE_END + 1) for by in CLOSER))]
    usual = _height(end[0]) if len(end) > 1 else ROW
    best = min(ends, key=lambda rows: max((abs(log(_height(row) / usual)) for row in rows), default=0))
    return [OnPhone(round(shape * _height(row) / 100), closer) for row in before + best for shape, closer in row]


def _rows(photos):
    """[(shape, closer)] a row, as a browser breaks them: what does not fit in goes to the next."""
    row, filled = [], 0
    for shape, closer in photos:
        width = shape * ROW * closer / 10_000 + GAP
        if row and filled + width > 100 + GAP:
            yield row
            row, filled = [], 0
        row.append((shape, closer))
        filled += width
    if row:
        yield row


def _closer(photos, count, closer):
    """The rows with so many of the last standing closer; None unless these are the last row, and nothing else is."""
    if count > len(photos):
        return None
    rest = [(shape, closer) for shape, _none in photos[-count:]]
    rows = list(_rows([*photos[:-count], *rest]))
    return rows if rows[-1] == rest else None


def _height(row):
    return min(HIGHEST, (100 - GAP * (len(row) - 1)) / sum(shape for shape, _closer in row) * 100)


def colour_class(colour):
    """ "c26a" for "#1f5aa0": the nearest of 64 colours; that of a resting card where none is known."""
    if len(colour) != 7:
        return "c"
    return "c" + "".join(_level(int(colour[at : at + 2], 16)) for at in (1, 3, 5))


def _level(value):
    return min(LEVELS, key=lambda digit: abs(int(digit, 16) * 17 - value))
