"""How the house looks from the outside: its colours and its logo, as the settings name them.

What cannot be used is left out: then fjord and the company's name in letters stand there, and a start-up check tells.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from ..domain import colours, pictures
from ..domain.colours import FJORD

MOST_LOGO_BYTES = 2_000_000
DOTS_ON_PAPER = 10  # for each that a screen shows
_SVG = re.compile(  # possessive: what was passed over once is not tried in another way
    rb"(?:\s++|<\?xml[^>]*+>|<!--.*?-->|<!DOCTYPE[^>]*+>)*+<svg[\s>]", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class HouseLogo:
    """The bytes with their type; key names exactly these bytes. width is 0 where only a browser knows it (SVG)."""

    data: bytes
    content_type: str
    key: str
    width: int
    height: int

    @property
    def is_for_letters(self):
        """Mail programs do not show SVG."""
        return self.content_type == "image/png"


class NoLogo(ValueError):
    """The file named by COMPANY_LOGO cannot be used; says why in a few words."""


def palette():
    """The company's colours, fjord where they cannot be read."""
    try:
        return colours.palette(settings.COMPANY_COLOUR)
    except (colours.NotAColour, colours.TooPale):
        return FJORD


def logo():
    """The company's logo, or None. Read once; a new file shows after the next start."""
    return _logo_or_none(settings.COMPANY_LOGO) if settings.COMPANY_LOGO else None


def printed_logo():
    """The same for paper, with more dots."""
    return _logo_or_none(settings.COMPANY_LOGO, dots=DOTS_ON_PAPER) if settings.COMPANY_LOGO else None


def read_logo(path, *, dots=2):
    """The logo in a PNG, JPEG, WebP or SVG file; a PNG of so many dots for each that is shown. Raises NoLogo."""
    try:
        data = Path(path).read_bytes()
    except OSError as fault:
        raise NoLogo(fault.strerror) from None
    if len(data) > MOST_LOGO_BYTES:
        raise NoLogo("the file is larger than 2 MB")
    key = hashlib.sha256(data).hexdigest()[:16]
    if _SVG.match(data[:4000]):
        return HouseLogo(data, "image/svg+xml", key, 0, pictures.LOGO_HEIGHT)
    try:
        made = pictures.logo(data, dots=dots)
    except pictures.PictureRefused as refusal:
        raise NoLogo(refusal.code.replace("_", " ")) from None
    return HouseLogo(made.png, "image/png", key, made.width, made.height)


@lru_cache(maxsize=4)
def _logo_or_none(path, dots=2):
    try:
        return read_logo(path, dots=dots)
    except NoLogo:
        return None
