from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .texts import TextsField


class ActivityQuerySet(models.QuerySet):
    def on(self):
        """Those that take place."""
        return self.filter(cancelled_at=None)

    def in_order(self):
        return self.order_by("starts_at", "pk")


class Activity(models.Model):
    """A part of the programme, with its own time, place, capacity and deadline."""

    class Kind(models.TextChoices):
        GATHERING = "gathering", _("gathering")
        RACE = "race", _("race")
        DINNER = "dinner", _("dinner")
        OTHER = "other", _("other")

    event = models.ForeignKey("events.Event", models.PROTECT, verbose_name=_("event"))
    slug = models.SlugField(_("short name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    title = TextsField(_("title"), blank=False)
    description = TextsField(_("description"), long=True)
    place = TextsField(pgettext_lazy("where it is", "place"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    map_url = models.URLField(
        _("map link"),
        max_length=400,
        blank=True,
        help_text=_("A link to any map; nothing is loaded from it."),
    )
    dress = TextsField(_("dress code"))
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(
        _("places"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Empty means room for everyone."),
    )  # fmt: skip
    answer_by_at = models.DateTimeField(
        _("answer by"), null=True, blank=True, help_text=_("Empty means the event's own.")
    )
    grace_until_at = models.DateTimeField(
        _("still taking answers until"), null=True, blank=True,
        help_text=_("A grace period after the deadline. Letters and pages go on naming the deadline."),
    )  # fmt: skip
    promotes_until_hours = models.PositiveSmallIntegerField(
        _("the waiting list moves by itself until"), default=24,
        help_text=_("Hours before the start. After that you give free places by hand."),
    )  # fmt: skip
    welcomes_companions = models.BooleanField(_("companions are welcome"), default=True)
    serves_food = models.BooleanField(
        _("we serve food"), default=False, help_text=_("Only then are guests asked about food and adjustments.")
    )
    asks_shirt_size = models.BooleanField(_("ask for T-shirt size"), default=False)
    invites_by_calendar = models.BooleanField(
        _("send calendar invitations"), default=False,
        help_text=_("Guests answer this part in their own calendar. Needs a mailbox that is read (INBOUND_URL)."),
    )  # fmt: skip
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Privacy:
        kept = (
            "id", "event", "slug", "kind", "title", "description", "place", "address", "map_url", "dress",
            "starts_at", "ends_at", "capacity", "answer_by_at", "grace_until_at", "promotes_until_hours",
            "welcomes_companions", "serves_food", "asks_shirt_size", "invites_by_calendar", "cancelled_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "slug"], name="activity_slug_is_unique_in_event",
                violation_error_message=_("Another activity of this event has this short name."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="activity_ends_after_it_starts",
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gte=1), name="activity_has_room_for_one",
                violation_error_message=_("Write how many there is room for, at least 1, or leave it empty."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.title) or self.slug

    @property
    def is_cancelled(self):
        return self.cancelled_at is not None

    def deadline_at(self, event):
        """The deadline that pages and letters name: its own, else the event's, else when it starts."""
        return self.answer_by_at or event.answer_by_at or self.starts_at

    def closes_at(self, event):
        """When answers end: at the deadline, later by grace, and in any case when it starts."""
        deadline_at = self.deadline_at(event)
        return min(max(deadline_at, self.grace_until_at or deadline_at), self.starts_at)
