"""The photos of an event as one guest sees them: in sections, page by page, the own first, each with its number.

Everything here begins with Photo.objects.visible_to(guest).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby

from django.db.models import BigIntegerField, Count, Exists, Max, Min, OuterRef, Sum, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain import dates
from ..domain.photos import GONE, decided_by
from ..models import History, Photo, PhotoMark, RemovalRequest
from .photo_pictures import Picture, in_rows

PER_PAGE = 120
OWN_SHOWN = 24  # those on the first page; the rest stands on a page of its own
ON_THE_GUESTS_PAGE = 4
MINE = "mine"
NEWS = timedelta(days=14)  # so long the page says that a photo is gone
FULL_SIZE = Cast(KT("sizes__full__2"), BigIntegerField())


@dataclass(frozen=True)
class Section:
    """Photos on this page that belong together. `mark` is the same for one that goes on on the next page."""

    mark: str
    title: str
    when: str
    pictures: list


@dataclass(frozen=True)
class _Group:
    """How many photos there are of an album on a day, from when to when, and their bytes."""

    album_id: int | None
    day: object
    count: int
    first: datetime | None
    last: datetime | None
    size: int | None


class Shown:
    """All photos that this guest sees now. Each property is one query at most."""

    def __init__(self, guest, only=""):
        self.guest, self.zone, self.only = guest, guest.event.zone, only
        seen = Photo.objects.visible_to(guest)
        self.photos = seen.marked(guest) if only == MINE else seen

    @cached_property
    def groups(self):
        day = TruncDate("ordered_at", tzinfo=self.zone)
        rows = self.photos.order_by().annotate(day=day).values_list("album_id", "day")
        counted = rows.annotate(Count("pk"), Min("ordered_at"), Max("ordered_at"), size=Sum(FULL_SIZE))
        return [_Group(*row) for row in counted]

    @property
    def total(self):
        return sum(group.count for group in self.groups)

    @property
    def size(self):
        """Bytes of all of them, as they are taken along."""
        return sum(group.size or 0 for group in self.groups)

    @cached_property
    def keys(self):
        """All addresses in order."""
        return list(self.photos.album_by_album().values_list("key", flat=True))

    def page(self, number):
        """[Picture] of one page, counted from 1."""
        start = (number - 1) * PER_PAGE
        rows = self.photos.album_by_album().select_related("album")[start : start + PER_PAGE]
        return self._numbered(rows, start, self.total)

    def cover(self, chosen, pictures):
        """The Picture (of this id) that the gallery opens with, if the guest may see it; asked for where it is not
        among these."""
        found = next((picture for picture in pictures if picture.photo.pk == chosen), None)
        photo = None if found or not chosen else self.photos.filter(pk=chosen).first()
        if photo is None or photo.key not in self.keys:  # hidden between two questions
            return found
        return Picture(photo, self.keys.index(photo.key) + 1, self.total, self.zone)

    def own(self):
        """[Picture] of all on which the guest is, numbered among themselves."""
        rows = list(self.photos.marked(self.guest).album_by_album())
        return self._numbered(rows, 0, len(rows))

    def _numbered(self, rows, start, total):
        return [Picture(photo, number, total, self.zone) for number, photo in enumerate(rows, start + 1)]

    def sections(self, pictures):
        """The pictures of a page as [Section]: album by album, or day by day where there are no albums."""
        parts = groupby(pictures, key=lambda picture: self._mark(picture.photo.album_id, self._day(picture.photo)))
        return [self._section(mark, list(inside)) for mark, inside in parts]

    def _section(self, mark, pictures):
        album, day = pictures[0].photo.album, self._day(pictures[0].photo)
        groups = [group for group in self.groups if self._mark(group.album_id, group.day) == mark]
        return Section(mark, self._title(album, day), self._span(groups), in_rows(pictures))

    def _mark(self, album_id, day):
        return f"a{album_id or 0}" if self._has_albums else f"d{day or 0}"

    @cached_property
    def _has_albums(self):
        return any(group.album_id for group in self.groups)

    def _day(self, photo):
        return photo.ordered_at and photo.ordered_at.astimezone(self.zone).date()

    def _title(self, album, day):
        """ "" where one heading for all would say nothing."""
        if album:
            return str(album)
        if self._has_albums:
            return _("More photos")
        if len({group.day for group in self.groups}) < 2:
            return ""
        return dates.capitalised(dates.day(day, get_language())) if day else _("Without a time")

    def _span(self, groups):
        times = [at.astimezone(self.zone) for group in groups for at in (group.first, group.last) if at]
        if not times:
            return ""
        first, last, language = min(times), max(times), get_language()
        if (first.date(), first.hour, first.minute) == (last.date(), last.hour, last.minute):
            return dates.at_clock(first, language)
        return dates.span(first, last, language)

    def around(self, key):
        """(Picture, key before, key after) of one photo, "" at the ends; two queries. Raises Photo.DoesNotExist."""
        if key not in self.keys:
            raise Photo.DoesNotExist
        photo, at = self.photos.annotate(is_own=_is_on(self.guest)).get(key=key), self.keys.index(key)
        before, after = (self.keys[index] if 0 <= index < len(self.keys) else "" for index in (at - 1, at + 1))
        return Picture(photo, at + 1, len(self.keys), self.zone), before, after


def strip(guest):
    """[Picture] of the first few of the guest's own, for the guest's other pages; one query."""
    rows = Photo.objects.visible_to(guest).marked(guest).in_order()[:ON_THE_GUESTS_PAGE]
    return [Picture(photo, number, len(rows), guest.event.zone) for number, photo in enumerate(rows, 1)]


@dataclass(frozen=True)
class AskedAway:
    """What became of a photo the guest asked to take away: a decision with its reason, or GONE; in one query.

    Once it is deleted, the history's code is all that is left of it.
    """

    decision: str
    asked_at: datetime
    reason: str
    decide_by: str


def asked_away(guest, *, now):
    """([AskedAway] newest first, with the day by which a decision comes; how many were deleted these days) (P6)."""
    rows = RemovalRequest.objects.filter(guest=guest).order_by().values_list("decision", "asked_at", "reason", "pk")
    noted = History.objects.filter(guest=guest, what=History.What.PHOTO_DECIDED, facts__decision=GONE)
    lately = noted.filter(at__gt=now - NEWS).order_by()
    said = rows.union(lately.values_list(Value(GONE), "at", Value(""), "pk"), all=True).order_by("-asked_at", "-pk")
    found = [AskedAway(decision, at, reason, _decide_by(at, guest)) for decision, at, reason, _pk in said]
    there = [row for row in found if row.decision != GONE]
    return there, len(found) - len(there)


def _decide_by(asked_at, guest):
    return dates.by_day(decided_by(asked_at, guest.event.zone), get_language())


def _is_on(guest):
    return Exists(PhotoMark.objects.filter(photo=OuterRef("pk"), guest=guest))
