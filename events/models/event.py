from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .texts import TextsField


def default_time_zone():
    return settings.TIME_ZONE


def known_time_zone(name):
    """Raises ValidationError unless the name is one of the IANA time zones."""
    if name not in available_timezones():
        raise ValidationError(_("Write a time zone like Europe/Oslo or Europe/Helsinki."))


class EventQuerySet(models.QuerySet):
    def live(self):
        """Those whose guests' pages still matter: not held, archived or cancelled."""
        return self.filter(state__in=["draft", "open", "closed"])

    def not_organised_by(self, user):
        """The events whose organiser this user is not, whatever else the user may be there."""
        return self.exclude(pk__in=self.model.objects.filter(membership__user=user, membership__role="organiser"))


class Event(models.Model):
    """One edition of a customer event, with a programme."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open for answers")
        CLOSED = "closed", _("closed for answers")
        HELD = "held", _("held")
        ARCHIVED = "archived", _("archived")
        CANCELLED = "cancelled", _("cancelled")

    class Scene(models.TextChoices):
        MOUNTAIN = "mountain", _("mountain and sun")
        DINNER = "dinner", _("a laid table")
        GATHERING = "gathering", _("people meeting")

    class Tone(models.TextChoices):
        INFORMAL = "informal", _("informal")
        FORMAL = "formal", _("formal")

    series = models.ForeignKey("events.Series", models.PROTECT, null=True, blank=True, verbose_name=_("series"))
    slug = models.SlugField(
        _("short name"),
        max_length=60,
        unique=True,
        help_text=_("In addresses and commands, like stoltzen-2026."),
    )
    title = TextsField(_("title"), blank=False)
    intro = TextsField(_("introduction"), long=True, help_text=_("What this is, in two or three sentences."))
    bring = TextsField(_("what to bring"), long=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    scene = models.CharField(_("picture"), max_length=12, choices=Scene, default=Scene.MOUNTAIN)
    tone = models.CharField(
        _("tone of our letters"), max_length=8, choices=Tone, default=Tone.INFORMAL,
        help_text=_("How the letters speak that you have not written in your own words."),
    )  # fmt: skip
    letter_picture = models.FileField(
        _("picture in letters"), upload_to="letters/", blank=True, editable=False,
        help_text=_("At the top of every letter; without it letters have a coloured band."),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    held_on = models.DateField(_("day"))
    time_zone = models.CharField(_("time zone"), max_length=60, default=default_time_zone, validators=[known_time_zone])
    answer_by_at = models.DateTimeField(
        _("answer by"), null=True, blank=True, help_text=_("Guests can answer and change until this moment.")
    )
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("contact's mail"), blank=True)
    contact_phone = models.CharField(_("contact's phone"), max_length=40, blank=True)
    companions_allowed = models.PositiveSmallIntegerField(
        _("each guest may bring"), default=0,
        help_text=_("How many companions a new guest may bring; can be changed guest by guest."),
    )  # fmt: skip
    shows_guests = models.BooleanField(
        _("guests see who else is coming"), default=False,
        help_text=_("Only those who have agreed to it are shown, by name and company."),
    )  # fmt: skip
    food_kept_days = models.PositiveSmallIntegerField(
        _("days food needs are kept"), null=True, blank=True,
        help_text=_("After the day of the event. Empty means as everywhere; only a shorter time counts."),
    )  # fmt: skip
    silent_kept_days = models.PositiveSmallIntegerField(
        _("days guests who never answered are kept"), null=True, blank=True,
        help_text=_("After the day of the event. Empty means as everywhere; only a shorter time counts."),
    )  # fmt: skip
    guests_kept_days = models.PositiveSmallIntegerField(
        _("days guests are kept"), null=True, blank=True,
        help_text=_("After the day of the event. Empty means as everywhere; only a shorter time counts."),
    )  # fmt: skip
    food_counts = models.JSONField(
        default=dict, blank=True, editable=False,
        help_text=_("{need: how many}, of the needs that have been erased since."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("made at"))

    objects = EventQuerySet.as_manager()

    class Privacy:
        kept = (
            "id", "series", "slug", "title", "intro", "bring", "town", "scene", "tone", "letter_picture", "state",
            "held_on", "time_zone", "answer_by_at", "contact_name", "contact_email", "contact_phone",
            "companions_allowed", "shows_guests", "food_kept_days", "silent_kept_days", "guests_kept_days",
            "food_counts", "created_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-held_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open", "closed", "held", "archived", "cancelled"]),
                name="event_state_is_known",
                violation_error_message=_("Choose one of the states in the list."),
            ),
            models.CheckConstraint(condition=Q(tone__in=["informal", "formal"]), name="event_tone_is_known"),
        ]

    def __str__(self):
        return str(self.title) or self.slug

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED

    def is_over(self, ends, now):
        """Whether the day and the ends of these parts are past, though nobody has marked the event as held yet."""
        if self.state not in (self.State.OPEN, self.State.CLOSED):
            return False
        return self.held_on < timezone.localdate(now, self.zone) and all(end <= now for end in ends)

    @property
    def contact(self):
        """(name, mail, phone) of whom to ask; the company's own where the event names nobody."""
        return (
            self.contact_name or settings.CONTACT_NAME,
            self.contact_email or settings.CONTACT_EMAIL,
            self.contact_phone or settings.CONTACT_PHONE,
        )
