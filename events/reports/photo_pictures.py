"""One photo in a list as a page shows it: its files, its shape before it is there, and what is read out instead."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import get_language

from ..domain import dates
from ..domain.photo_grid import RATIOS, colour_class, shape_class
from ..domain.photos import SIDES, WIDE
from ..models import Photo
from ..models.photo_words import alt_of

WIDE_ON_DESK = 60  # hundredths of a row that a panorama has on a desk


def content_mark(photo, name):
    """Changes with the bytes of this file of the photo, and tells nothing about them; for an ETag."""
    made_of = f"{photo.sha256} {photo.turned} {name} {photo.sizes}"
    return hashlib.sha256(made_of.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Picture:
    """One photo in a list: number of total, counted from 1."""

    photo: Photo
    number: int
    total: int
    zone: object

    @property
    def key(self):
        return self.photo.key

    @property
    def classes(self):
        width, height, _bytes = self.photo.sizes[str(SIDES[0])]
        return f"{shape_class(width, height)} {colour_class(self.photo.colour)}"

    @property
    def sources(self):
        """[(side, width in pixels)] of the sizes, smallest first."""
        return [(side, self.photo.sizes[str(side)][0]) for side in SIDES]

    @property
    def small(self):
        return self.photo.sizes[str(SIDES[0])]

    @property
    def middle(self):
        return self.photo.sizes[str(SIDES[1])]

    @property
    def is_tall(self):
        return self.small[0] < self.small[1]

    @property
    def wide(self):
        """(part of a desk, of a phone) that a panorama would fill were it not cut, in hundredths; else None."""
        ratio = self.small[0] / self.small[1]
        cut = max(1, 100 * ratio / RATIOS[-1])
        return (round(WIDE_ON_DESK * cut), round(100 * cut)) if ratio >= WIDE else None

    @property
    def alt(self):
        """What it says under the picture, else its number and time (A10)."""
        return self.photo.caption or alt_of(self.photo, self.number, self.total, self.zone, get_language())

    @property
    def when(self):
        """The day and time in words, "" where no camera told it."""
        at = self.photo.ordered_at and self.photo.ordered_at.astimezone(self.zone)
        language = get_language()
        return f"{dates.capitalised(dates.day(at, language))} {dates.at_clock(at, language)}" if at else ""
