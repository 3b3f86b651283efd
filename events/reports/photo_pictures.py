"""One photo in a list as a page shows it: its files, its shape before it is there, and what is read out instead."""

import hashlib
from dataclasses import dataclass, replace

from django.utils.translation import get_language

from ..domain import dates
from ..domain.photo_grid import RATIOS, OnPhone, colour_class, on_phone, shape, shape_class
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
    """One photo in a list: number of total, counted from 1; on_phone where it stands in an album's rows."""

    photo: Photo
    number: int
    total: int
    zone: object
    on_phone: OnPhone | None = None

    @property
    def key(self):
        return self.photo.key

    @property
    def classes(self):
        closer = f" t{self.on_phone.closer}" if self.on_phone and self.on_phone.closer < 100 else ""
        return f"{shape_class(*self.small[:2])} {colour_class(self.photo.colour)}{closer}"

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
    def shown_sizes(self):
        """For an img's sizes: which part of the screen it fills on a desk, a tablet and a phone.

        What of a panorama is cut off counts as well.
        """
        width, height, _bytes = self.small
        cut = max(1, width / height / RATIOS[-1] * 100)
        desk, tablet = (WIDE_ON_DESK, 100) if width >= WIDE * height else (16, 30) if width < height else (30, 40)
        parts = (desk, tablet, self.on_phone.width if self.on_phone else tablet)
        return "(min-width:60em){}vw,(min-width:40em){}vw,{}vw".format(*(round(part * cut) for part in parts))

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


def in_rows(pictures):
    """The same pictures, each knowing where it stands on a phone among these."""
    places = on_phone([shape(*picture.small[:2]) for picture in pictures])
    return [replace(picture, on_phone=place) for picture, place in zip(pictures, places, strict=True)]
