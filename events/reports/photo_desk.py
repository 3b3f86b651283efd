"""The organiser's desk of photos: which there are to look at, and how many of each kind; constant queries."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils.functional import cached_property

from ..models import Album, Consent, Gallery, Guest, Photo, PhotoMark, PhotoUpload, RemovalRequest

Work, State = Photo.Work, Photo.State
MADE = Q(work=Work.MADE)
# kind: which photos, by the columns and by what `with_facts` knows; "" is all.
KINDS = {
    "": Q(),
    "waiting": MADE & Q(state=State.WAITING),
    "asked": Q(is_asked=True),
    "held": Q(is_held_back=True),
    "making": Q(work__in=[Work.WAITING, Work.MAKING]),
    "failed": Q(work=Work.REFUSED),
    "hidden": MADE & Q(state=State.HIDDEN),
    "shown": MADE & Q(state=State.SHOWN, is_held_back=False),
    "unmarked": MADE & Q(is_marked=False),
}
NO_ALBUM = "none"
UPLOADS = 30


def with_facts(rows):
    """Each with is_held_back, is_asked (somebody asked to take it away, and waits), is_marked and is_cover."""
    asked = RemovalRequest.objects.filter(photo=OuterRef("pk"), decision=RemovalRequest.Decision.OPEN)
    marks = PhotoMark.objects.filter(photo=OuterRef("pk"))
    cover = Gallery.objects.filter(cover=OuterRef("pk"))
    return rows.with_refusals().annotate(is_asked=Exists(asked), is_marked=Exists(marks), is_cover=Exists(cover))


def marks_of():
    """Who is marked, in the order of names; each with `says_no` to photos."""
    no = Consent.objects.in_force().filter(guest=OuterRef("guest"), purpose=Consent.Purpose.PHOTOS, is_given=False)
    rows = PhotoMark.objects.annotate(says_no=Exists(no))
    rows = rows.select_related("guest__contact", "guest__companion_of__contact")
    return rows.order_by("guest__sort_key", "guest_id")


@dataclass(frozen=True)
class Desk:
    """An event's photos of one kind, in one album or upload (numbers, NO_ALBUM, or "" for all)."""

    event: object
    kind: str = ""
    album: str = ""
    upload: str = ""

    @cached_property
    def _of_place(self):
        rows = Photo.objects.filter(event=self.event)
        if self.album:
            rows = rows.filter(album=None if self.album == NO_ALBUM else int(self.album))
        return with_facts(rows.filter(upload=int(self.upload)) if self.upload else rows)

    @cached_property
    def rows(self):
        """QuerySet of the photos, as they were taken."""
        return self._of_place.filter(KINDS[self.kind]).in_order()

    @cached_property
    def counts(self):
        """{kind: how many} in the album or upload; one query."""
        return self._of_place.aggregate(**{kind or "all": Count("pk", filter=which) for kind, which in KINDS.items()})

    @property
    def count(self):
        return self.counts[self.kind or "all"]

    @property
    def query(self):
        """What stands in an address, {name: value}."""
        wish = {"show": self.kind, "album": self.album, "upload": self.upload}
        return {name: value for name, value in wish.items() if value}

    def shown(self, rows):
        """The rows of a page, with what stands beside each; two queries."""
        rows = rows.select_related("album", "upload__by", "sent_by__contact", "sent_by__companion_of__contact")
        return rows.prefetch_related(Prefetch("photomark_set", marks_of(), to_attr="marks"))

    def beside(self, photo):
        """(number, how many, the id before, the id after) of a photo in this row; None for what is not there.

        One query. A photo that has left the row (it was shown, or marked) has number 0.
        """
        order = list(self.rows.values_list("pk", flat=True))
        if photo.pk not in order:
            return 0, len(order), None, next(iter(order), None)
        at = order.index(photo.pk)
        after = order[at + 1] if at + 1 < len(order) else None
        return at + 1, len(order), order[at - 1] if at else None, after


def albums(event):
    """The event's albums in order, each with n, how many photos it has; one query. A query that counts forgets the
    order of its model.
    """
    return list(Album.objects.filter(event=event).annotate(n=Count("photo")).order_by("position", "pk"))


def uploads(event):
    """The last uploads that brought photos, each with n; one query."""
    rows = (
        PhotoUpload.objects.filter(event=event)
        .annotate(n=Count("photo"))
        .filter(n__gt=0)
        .order_by("-started_at", "-pk")
    )
    return list(rows.select_related("by", "guest__contact", "guest__companion_of__contact")[:UPLOADS])


def who_said_no(event):
    """[Guest] who want no photos of them shown, in the order of names; one query."""
    rows = Guest.objects.filter(event=event, forgotten_at=None).with_consent(Consent.Purpose.PHOTOS)
    return list(rows.filter(agrees=False).select_related("contact", "companion_of__contact").order_by("sort_key", "pk"))
