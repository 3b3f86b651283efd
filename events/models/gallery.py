from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domain.links import new_public_id
from .texts import TextsField


class GalleryQuerySet(models.QuerySet):
    def of(self, event):
        """The gallery of an event; one that is not set up yet has the usual rules and no row. One query."""
        return self.filter(event=event).first() or Gallery(event=event)


class Gallery(models.Model):
    """An event's photos as a whole: who may add some, what waits for an organiser, how long they stay.

    Made when it is first set up. `upload_id` and `upload_version` make the link on the tables, which only takes photos.
    """

    class Approval(models.TextChoices):
        GUESTS = "guests", _("photos from guests wait for an organiser")
        ALL = "all", _("photos from guests and photographers wait for an organiser")
        NONE = "none", _("photos are shown at once")

    event = models.OneToOneField("events.Event", models.CASCADE, verbose_name=_("event"))
    is_open = models.BooleanField(
        _("guests see the photos"), default=True, help_text=_("Otherwise guests are told that they will come.")
    )
    takes_guest_photos = models.BooleanField(_("guests may add photos"), default=False)
    takes_table_photos = models.BooleanField(
        _("the code on the tables takes photos"), default=False,
        help_text=_("Whoever points a phone at it adds photos without a personal link; they always wait for you."),
    )  # fmt: skip
    approval = models.CharField(_("before they are seen"), max_length=6, choices=Approval, default=Approval.GUESTS)
    keeps_originals = models.BooleanField(
        _("keep the photographer's files as they came"), default=False,
        help_text=_("With the camera's notes, for organisers alone. Those of guests are never kept."),
    )  # fmt: skip
    guest_limit = models.PositiveSmallIntegerField(
        _("photos each guest may add in a day"), default=200, validators=[MinValueValidator(1)]
    )
    kept_days = models.PositiveSmallIntegerField(
        _("days photos are kept"), null=True, blank=True,
        help_text=_("After the day of the event. Empty means as long as the guests are; only a shorter time counts."),
    )  # fmt: skip
    cover = models.ForeignKey(
        "events.Photo", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover")
    )
    upload_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    upload_version = models.PositiveSmallIntegerField(default=1, editable=False)

    objects = GalleryQuerySet.as_manager()

    class Privacy:
        kept = (
            "id", "event", "is_open", "takes_guest_photos", "takes_table_photos", "approval", "keeps_originals",
            "guest_limit", "kept_days", "cover", "upload_id", "upload_version",
        )  # fmt: skip

    class Meta:
        verbose_name = _("photo gallery")
        verbose_name_plural = _("photo galleries")

    def __str__(self):
        return str(self.event)


class Album(models.Model):
    """Some photos of an event that belong together, under a title: the race, the dinner."""

    event = models.ForeignKey("events.Event", models.CASCADE, verbose_name=_("event"))
    title = TextsField(_("title"), blank=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Privacy:
        kept = ("id", "event", "title", "position")

    class Meta:
        verbose_name = pgettext_lazy("of photos", "album")
        verbose_name_plural = pgettext_lazy("of photos", "albums")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.title)
