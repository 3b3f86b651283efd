"""A company's own colour: can it be read, and what goes with it by day and by night (WCAG 2.2, 1.4.3).

Colours are "#rrggbb". One colour cannot be read on white and on black alike, so the one for the dark is a lighter
shade of the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LEAST_CONTRAST = 4.5
CONTRAST_IN_THE_DARK = 6.5  # as fjord has it: a glow, and room for a tint beneath
WHITE, BLACK, PAPER = "#ffffff", "#000000", "#faf7f2"
DARK_CARD, DARK_INK = "#182423", "#08211f"
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Palette:
    """The accent of letters and pages with what is written on it, a tint to lay beneath text, and the band on top."""

    accent: str
    on_accent: str
    tint: str
    band: str
    dark_accent: str
    dark_on_accent: str
    dark_tint: str


FJORD = Palette("#0f5257", WHITE, "#e2f0ee", "#0b3641", "#6cc5bd", DARK_INK, "#1c3331")


class NotAColour(ValueError):
    """Not #rgb or #rrggbb."""


class TooPale(ValueError):
    """The colour has too little contrast on white paper; `readable` is the nearest darker shade that has enough."""

    def __init__(self, contrast: float, readable: str):
        super().__init__(contrast, readable)
        self.contrast, self.readable = contrast, readable


@lru_cache(maxsize=16)
def palette(colour: str) -> Palette:
    """What goes with the colour; fjord for "". Raises NotAColour and TooPale."""
    if not colour:
        return FJORD
    accent = _written_out(colour)
    if not _is_readable(accent):
        nearest = next(shade for shade in _shades(accent, BLACK) if _is_readable(shade))
        raise TooPale(_on_paper(accent), nearest)
    dark_accent = next(shade for shade in _shades(accent, WHITE) if contrast(shade, DARK_CARD) >= CONTRAST_IN_THE_DARK)
    return Palette(
        accent=accent,
        on_accent=WHITE,
        tint=_tint(WHITE, accent),
        band=accent,
        dark_accent=dark_accent,
        dark_on_accent=DARK_INK,
        dark_tint=_tint(DARK_CARD, dark_accent),
    )


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`one` with so much (0 to 1) of the other in it."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _written_out(colour: str) -> str:
    match = _HEX.fullmatch(colour.strip())
    if not match:
        raise NotAColour(colour)
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _on_paper(colour: str) -> float:
    return min(contrast(colour, WHITE), contrast(colour, PAPER))


def _is_readable(colour: str) -> bool:
    return _on_paper(colour) >= LEAST_CONTRAST


def _shades(colour: str, towards: str) -> Iterator[str]:
    """The colour itself, then fifty steps to the other, which is the last."""
    return (mixed(colour, towards, step / 50) for step in range(51))


def _tint(ground: str, colour: str) -> str:
    """The strongest of some breaths of the colour on the ground on which the colour itself can still be read."""
    tints = (mixed(ground, colour, share / 100) for share in (12, 9, 6, 3, 0))
    return next(tint for tint in tints if contrast(tint, colour) >= LEAST_CONTRAST)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
