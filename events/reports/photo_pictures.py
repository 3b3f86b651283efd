"""One photo in a list as a page shows it: its files, its shape before it is there, and what is read out instead."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain import dates
from ..domain.photo_grid import RATIOS, colour_class, shape_class
from ..domain.photos import SIDES
from ..models import Photo

WIDE, WIDE_ON_DESK = 2, 60  # from this width by height on, a photo has more of a row than others


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
        if self.photo.caption:
            return self.photo.caption
        words = (
            _("Photo %(number)s of %(total)s, taken %(clock)s") if self.clock else _("Photo %(number)s of %(total)s")
        )
        return words % {"number": self.number, "total": self.total, "clock": self.clock}

    @property
    def clock(self):
        at = self.photo.ordered_at
        return dates.clock(at.astimezone(self.zone), get_language()) if at else ""

    @property
    def when(self):
        """The day and time in words, "" where no camera told it."""
        at = self.photo.ordered_at and self.photo.ordered_at.astimezone(self.zone)
        language = get_language()
        return f"{dates.capitalised(dates.day(at, language))} {dates.at_clock(at, language)}" if at else ""
