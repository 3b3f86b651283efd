"""How a photo stands in a justified grid before it is loaded: its shape and colour, each as one of a few classes.

A page allows no styles of its own (CSP), so the stylesheet has a rule for each: static/events/photos.css.
"""

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
LEVELS = "26ae"  # of red, green and blue, each a hexadecimal digit


def shape_class(width, height):
    """ "r150" for 3:2: the nearest of RATIOS, in hundredths of width by height. A panorama is cut at both ends."""
    ratio = 100 * width / max(height, 1)
    return f"r{min(RATIOS, key=lambda known: max(known, ratio) / min(known, ratio))}" if ratio else "r150"


def colour_class(colour):
    """ "c26a" for "#1f5aa0": the nearest of 64 colours; that of a resting card where none is known."""
    if len(colour) != 7:
        return "c"
    return "c" + "".join(_level(int(colour[at : at + 2], 16)) for at in (1, 3, 5))


def _level(value):
    return min(LEVELS, key=lambda digit: abs(int(digit, 16) * 17 - value))
