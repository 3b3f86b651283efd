from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domain.photos import KEY_LENGTH, new_key
from .consent import Consent
from .gallery import Gallery
from .photo_mark import PhotoMark

LONGEST_CAPTION = 200


def as_taken(photo=""):
    """What photos are ordered by; with a path to the photo, also rows of something else."""
    return F(f"{photo}ordered_at").asc(nulls_last=True), f"{photo}file_name", f"{photo}pk"


def by_albums(photo=""):
    """As the gallery has them: album by album, those in none last."""
    album = F(f"{photo}album__position").asc(nulls_last=True), F(f"{photo}album_id").asc(nulls_last=True)
    return *album, *as_taken(photo)


class PhotoQuerySet(models.QuerySet):
    def in_order(self):
        """As they were taken, by the clock on the wall; what has no time comes last, as it was sent."""
        return self.order_by(*as_taken())

    def album_by_album(self):
        """The same within each album, those in none last."""
        return self.order_by(*by_albums())

    def made(self):
        return self.filter(work=Photo.Work.MADE)

    def with_refusals(self):
        """Each with `is_held_back`: somebody is marked on it who wants no photos shared (P6)."""
        said_no = Consent.objects.in_force().filter(
            guest=OuterRef("guest"), purpose=Consent.Purpose.PHOTOS, is_given=False
        )
        marks = PhotoMark.objects.filter(Exists(said_no), photo=OuterRef("pk"))
        return self.annotate(is_held_back=Exists(marks))

    def shown(self):
        """What guests may see: made, shown by whoever decides, and nobody on it who said no."""
        return self.made().filter(state=Photo.State.SHOWN).with_refusals().filter(is_held_back=False)

    def visible_to(self, guest):
        """The one answer to "which photos may this guest see?": for lists, pictures, files and zips alike."""
        return self.at_open(guest.event_id).shown()

    def at_open(self, event):
        """Those of the event (a number or an expression), none where guests are told that photos will come."""
        closed = Gallery.objects.filter(event=OuterRef("event"), is_open=False)
        return self.filter(~Exists(closed), event=event)

    def marked(self, guest):
        """Those on which the guest is, by the guest's own word or an organiser's."""
        return self.filter(Exists(PhotoMark.objects.filter(photo=OuterRef("pk"), guest=guest)))


class Photo(models.Model):
    """A picture of an event. `work` is how far it has been made, `state` whether guests see it.

    `key` is its address, made anew when it is hidden or turned; `place` is its folder in the storage:
    photos/<place>/480.jpg, 1280.jpg, 2000.jpg, full.jpg and, for organisers where kept, original.
    `sizes` is {"480": [width, height, bytes], …, "full": […]}. Who came in twice is found by `sha256`.
    """

    class Work(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a photo", "received")
        MAKING = "making", pgettext_lazy("a photo", "being made")
        MADE = "made", pgettext_lazy("a photo", "ready")
        REFUSED = "refused", pgettext_lazy("a photo", "could not be read")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a photo", "waits to be looked at")
        SHOWN = "shown", pgettext_lazy("a photo", "shown")
        HIDDEN = "hidden", pgettext_lazy("a photo", "hidden")

    event = models.ForeignKey("events.Event", models.CASCADE, verbose_name=_("event"))
    album = models.ForeignKey("events.Album", models.SET_NULL, null=True, blank=True, verbose_name=_("album"))
    upload = models.ForeignKey("events.PhotoUpload", models.CASCADE, verbose_name=pgettext_lazy("of photos", "upload"))
    sent_by = models.ForeignKey("events.Guest", models.SET_NULL, null=True, blank=True, verbose_name=_("guest"))
    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    place = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    file_name = models.CharField(_("file name"), max_length=150, blank=True)
    format = models.CharField(_("file format"), max_length=4, blank=True)
    has_original = models.BooleanField(default=True, editable=False)
    work = models.CharField(_("work"), max_length=7, choices=Work, default=Work.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    refusal = models.JSONField(default=dict, blank=True, help_text="{code, facts} where it could not be made.")
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.WAITING)
    sizes = models.JSONField(default=dict, blank=True)
    colour = models.CharField(_("colour"), max_length=7, blank=True)
    turned = models.PositiveSmallIntegerField(_("turned"), default=0, help_text="Degrees clockwise by an organiser.")
    made_turned = models.PositiveSmallIntegerField(default=0, editable=False, help_text="As its files stand by now.")
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True, help_text="By the camera's clock.")
    ordered_at = models.DateTimeField(null=True, blank=True, help_text="taken_at, moved as its upload is.")
    received_at = models.DateTimeField(_("received at"))
    caption = models.CharField(_("caption"), max_length=LONGEST_CAPTION, blank=True)

    objects = PhotoQuerySet.as_manager()

    class Privacy:
        row_goes = True
        kept = (
            "id", "event", "album", "upload", "sent_by", "key", "place", "sha256", "file_name", "format",
            "has_original", "work", "attempts", "claimed_at", "refusal", "state", "sizes", "colour", "turned",
            "made_turned", "taken_at", "ordered_at", "received_at", "caption",
        )  # fmt: skip

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["event", "ordered_at", "file_name", "pk"]
        indexes = [
            models.Index(fields=["event", "state", "ordered_at"], name="photos_of_event"),
            models.Index(fields=["id"], condition=Q(work__in=["waiting", "making"]), name="photos_to_make"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "sha256"], name="photo_once_per_event",
                violation_error_message=_("This photo is here already."),
            ),
            models.CheckConstraint(condition=Q(turned__in=[0, 90, 180, 270]), name="photo_is_turned_by_quarters"),
        ]  # fmt: skip

    def __str__(self):
        return self.caption or self.file_name

    def file(self, name):
        """The path in the storage of one of its files: 480.jpg, 1280.jpg, 2000.jpg, full.jpg, original."""
        return f"photos/{self.place}/{name}"

    def moved(self, taken_at, shift_minutes):
        """When it counts as taken, once its upload's clock is set right."""
        return taken_at and taken_at + timedelta(minutes=shift_minutes)


def photo_facts(event, guest):
    """Annotations for rows of something else: whether guests see photos of the event, and whether this one is marked
    on any. Both are expressions or values.
    """
    there = Photo.objects.at_open(event).made().filter(state=Photo.State.SHOWN)
    return {"has_photos": Exists(there), "is_on_photos": Exists(PhotoMark.objects.filter(guest=guest))}
