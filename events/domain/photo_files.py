"""From the bytes of a photo to the files that guests get, in the order of rules/photos.md §2. Runs in a child process.

Pillow is told the one format to expect, and asked for no more pixels than are needed. Nothing but pixels goes on, save
in full.jpg of a JPEG: the very same coded pixels with their colour profile, and without anything else (§3, 8 and 9).
"""

import math
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from . import darkroom, jpegs
from .photo_gate import JPEG, Limits, PhotoRefused, check_pixels
from .photos import SIDES

QUALITY, FULL_QUALITY = 80, 92
FULL = "full"
_EXIF, _TAKEN, _TAKEN_PARTS, _TAKEN_OFFSET = 0x8769, 0x9003, 0x9291, 0x9011  # Exif 2.32 §4.6.5
_QUARTER_ON = {1: 6, 6: 3, 3: 8, 8: 1, 2: 7, 7: 4, 4: 5, 5: 2}  # an orientation, turned on clockwise


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One finished file: "480", "1280", "2000" or "full", as it stands upright."""

    name: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Notes:
    """What is remembered of a photo: its colour, and the wall clock when it was taken, with an offset where noted."""

    colour: str = ""
    taken: str = ""
    offset: str = ""


def make(data: bytes, form: str, *, turned: int, limits: Limits) -> Iterator[MadeFile | Notes]:
    """Each file as it is done, the notes last. Raises PhotoRefused, also after some are done."""
    picture = _opened(data, form)
    check_pixels(form, *picture.size, limits)
    orientation = _turned(darkroom.orientation(picture), turned)
    taken, offset = _taken(picture)
    if form == JPEG:
        yield _stripped(data, picture, orientation)
    profile = picture.info.get("icc_profile")
    for file in _pictures(_loaded(picture, form), form, orientation, profile):
        if isinstance(file, str):
            yield Notes(file, taken, offset)
        else:
            yield file


def _opened(data, form):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of damaged notes; of pixels the maker lets only us judge
            return Image.open(BytesIO(data), formats=[form])
    except Exception:  # whatever a decoder says of bytes from outside (§3, 3)
        raise PhotoRefused("damaged") from None


def _stripped(data, picture, orientation):
    try:
        if jpegs.is_laborious(data, picture.width * picture.height):
            raise PhotoRefused("laborious")
        stripped = jpegs.stripped(data, orientation)
    except jpegs.NotWhole:
        raise PhotoRefused("incomplete") from None
    width, height = picture.size if orientation < 5 else reversed(picture.size)
    return MadeFile(FULL, width, height, stripped)


def _loaded(picture, form):
    """Decoded: a JPEG by halves and quarters, as far as the largest size allows (asked for as it fits, not square)."""
    longest = max(picture.size)
    if form == JPEG and longest > SIDES[-1]:
        picture.draft(None, tuple(math.ceil(side * SIDES[-1] / longest) for side in picture.size))
    try:
        picture.load()
    except MemoryError:
        raise
    except Exception as error:
        raise PhotoRefused("incomplete" if "truncated" in str(error) else "damaged") from None
    return picture


def _pictures(picture, form, orientation, profile):
    """The files, the largest first, then the colour as "#rrggbb"."""
    whole = _plain(picture)
    del picture
    shown = darkroom.upright(_fitted(whole, SIDES[-1]), orientation)
    shown = darkroom.in_srgb(shown, profile).convert("RGB")
    if form != JPEG:
        whole = darkroom.in_srgb(darkroom.upright(whole, orientation), profile, in_place=True)
        yield _file(FULL, whole.convert("RGB"), FULL_QUALITY)
    del whole
    for side in reversed(SIDES):
        shown = _fitted(shown, side)
        yield _file(str(side), shown, QUALITY)
    yield "#{:02x}{:02x}{:02x}".format(*shown.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))


def _plain(picture):
    """Of eight bits and opaque; still in the colours that its profile speaks of."""
    picture = darkroom.of_eight_bits(picture)
    if picture.mode == "1":
        return picture.convert("L")
    return picture if picture.mode in ("L", "RGB", "CMYK") else darkroom.on_white(picture)


def _fitted(picture, side):
    """By a third of the work where a screen shows no difference: what JPEG takes away later is thirty times as much,
    except in the smallest (decision 0019).
    """
    longest = max(picture.size)
    if longest <= side:
        return picture
    size = tuple(max(1, round(each * side / longest)) for each in picture.size)
    return picture.resize(size, Image.Resampling.LANCZOS if side == SIDES[0] else Image.Resampling.BICUBIC)


def _file(name, picture, quality):
    return MadeFile(name, *picture.size, darkroom.jpeg(picture, quality))


def _turned(orientation, degrees):
    """The orientation of what an organiser turned clockwise, besides."""
    for _quarter in range(degrees // 90):
        orientation = _QUARTER_ON[orientation]
    return orientation


def _taken(picture):
    """("2027-09-24T18:42:07.35", "+02:00"), each empty where the camera did not note it."""
    try:
        exif = picture.getexif().get_ifd(_EXIF)
        day, _space, clock = _text(exif.get(_TAKEN)).partition(" ")
        parts = "".join(sign for sign in _text(exif.get(_TAKEN_PARTS)) if sign.isascii() and sign.isdigit())[:6]
        offset = _text(exif.get(_TAKEN_OFFSET))
    except Exception:  # as orientation()
        return "", ""
    return (f"{day.replace(':', '-')}T{clock}.{parts or 0}", offset) if clock else ("", "")


def _text(value):
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else str(value or "")
    return text.strip(" \0")[:40]
