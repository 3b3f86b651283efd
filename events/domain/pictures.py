"""The picture at the top of letters, and the company's logo: accepted or refused, upright, small, without metadata.

What a file is, is decided by decoding it. Every picture is written anew, so nothing of the file but its pixels
goes on (U1, U3). Refusals carry a code and facts; the sentence is made where it is shown.
"""

from dataclasses import dataclass

FORMATS = ("JPEG", "PNG", "WEBP")
WIDTH, LEAST_WIDTH, LEAST_HEIGHT = 1160, 580, 140  # a letter is 580 wide; twice that for dense screens
TALLEST = 3 / 4  # height by width: taller ones would push the letter out of sight
MOST_BYTES = 150_000
MOST_PIXELS = {"JPEG": 120_000_000}  # a JPEG is made smaller while it is decoded; others are decoded whole
MOST_PIXELS_OF_OTHERS = 50_000_000
LOGO_HEIGHT, LOGO_WIDTH = 40, 240  # as they are shown; made twice as large
QUALITIES = (84, 78, 72, 66, 60, 54)


class PictureRefused(ValueError):
    """code: not_a_picture, damaged, too_many_pixels, too_small, file_is_too_big; facts: with the numbers."""

    def __init__(self, code: str, **facts: float):
        super().__init__(code, facts)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as PNG, and the size at which it is shown."""

    png: bytes
    width: int
    height: int


def letter_picture(data: bytes, *, most_bytes: int) -> bytes:
    """The picture as a JPEG of at most 1160 px and 150 kB; what is taller than 4:3 is cut around the middle.

    Raises PictureRefused.
    """
    from . import picture_files

    return picture_files.letter_picture(data, most_bytes=most_bytes)


def logo(data: bytes, *, dots: int = 2) -> Logo:
    """The logo as a PNG of so many times the size it is shown at: 40 px high, narrower where it is very wide.

    Raises PictureRefused.
    """
    from . import picture_files

    return picture_files.logo(data, dots=dots)
