from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _

from ..domain import reminders
from .activity import Activity
from .letter import Letter


class ReminderQuerySet(models.QuerySet):
    def with_occasion(self):
        """Each with its event, `done_on` (the last day that was dealt with) and `starts_at` of the first part that
        takes place: all that tells whether it is due.
        """
        parts = Activity.objects.on().filter(event=models.OuterRef("event")).order_by("starts_at")
        days = Occurrence.objects.filter(reminder=models.OuterRef("pk")).order_by("-day")
        return self.select_related("event").annotate(
            done_on=Subquery(days.values("day")[:1]), starts_at=Subquery(parts.values("starts_at")[:1])
        )

    def in_force(self):
        """Those that may come due: switched on, at events that are not over."""
        return self.filter(is_on=True, event__state__in=["open", "closed"])


class Reminder(models.Model):
    """A rule by which a letter goes out by itself: so many days before the deadline, or before the event."""

    class Kind(models.TextChoices):
        REMINDER = Letter.Kind.REMINDER.value, _("reminder")
        PRACTICAL = Letter.Kind.PRACTICAL.value, _("practical information")

    event = models.ForeignKey("events.Event", models.CASCADE, verbose_name=_("event"))
    letter = models.CharField(_("letter"), max_length=16, choices=Kind)
    days_before = models.PositiveSmallIntegerField(
        _("days before"), validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    hour = models.PositiveSmallIntegerField(
        _("hour"), validators=[MinValueValidator(reminders.HOURS[0]), MaxValueValidator(reminders.HOURS[-1])]
    )
    is_on = models.BooleanField(_("goes out by itself"), default=True)
    since_at = models.DateTimeField(
        editable=False, help_text="From when it holds; what would have been due before does not go out."
    )

    objects = ReminderQuerySet.as_manager()

    class Privacy:
        kept = ("id", "event", "letter", "days_before", "hour", "is_on", "since_at")

    class Meta:
        verbose_name = _("rule for a letter")
        verbose_name_plural = _("rules for letters")
        ordering = ["event", "letter", "-days_before"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "letter", "days_before"], name="reminder_is_one_per_day",
                violation_error_message=_("This letter goes out on that day already."),
            ),
            models.CheckConstraint(
                condition=Q(hour__gte=reminders.HOURS[0], hour__lte=reminders.HOURS[-1]),
                name="reminder_keeps_civil_hours",
            ),
            models.CheckConstraint(condition=Q(letter__in=["reminder", "practical"]), name="reminder_kind_is_known"),
        ]  # fmt: skip

    def __str__(self):
        return self.get_letter_display()

    @property
    def key(self):
        """The key of its mails: a guest has one row per key."""
        return f"{self.letter}:{self.pk}"

    @property
    def rule(self):
        return reminders.Rule(
            pk=self.pk, letter=self.letter, days=self.days_before, hour=self.hour, since=self.since_at,
            is_on=self.is_on,
        )  # fmt: skip

    @property
    def occasion(self):
        """The event as the rules see it; of rows read with_occasion."""
        return occasion_of(self.event, starts_at=self.starts_at)


def promises_practical(guest, *, now):
    """Whether practical information is still to come to this guest by mail, if the guest comes; one query."""
    contact = guest.contact
    if contact is None or not contact.email or contact.email_fails or contact.unsubscribed_at:
        return False
    rules = Reminder.objects.filter(event=guest.event_id, letter=reminders.PRACTICAL, is_on=True).with_occasion()
    ahead = reminders.Standing.AHEAD
    return any(reminders.standing(row.rule, row.occasion, done_on=row.done_on, now=now) is ahead for row in rules)


def letters_of_use(event, *, now):
    """The letters that still say something when they were missed: the deadline, or the day, is ahead."""
    has_deadline_ahead = event.state == "open" and event.answer_by_at is not None and event.answer_by_at > now
    has_day_ahead = event.state in ("open", "closed") and event.held_on >= now.astimezone(event.zone).date()
    ahead = {reminders.REMINDER: has_deadline_ahead, reminders.PRACTICAL: has_day_ahead}
    return {letter for letter, is_ahead in ahead.items() if is_ahead}


def occasion_of(event, *, starts_at):
    return reminders.Occasion(
        state=event.state, zone=event.zone, held_on=event.held_on, deadline_at=event.answer_by_at, starts_at=starts_at
    )


class OccurrenceQuerySet(models.QuerySet):
    def missed(self):
        """Those for which nobody was there, and about which nobody has decided."""
        return self.filter(state="missed")


class Occurrence(models.Model):
    """One day of a rule, dealt with once: whoever writes the row sends the letter, in one transaction."""

    class State(models.TextChoices):
        SENT = "sent", _("gone out")
        MISSED = "missed", _("did not go out")
        LEFT = "left", _("left alone")

    reminder = models.ForeignKey("events.Reminder", models.CASCADE, verbose_name=_("rule"))
    day = models.DateField(_("day"))
    due_at = models.DateTimeField(_("was to go out at"))
    state = models.CharField(_("state"), max_length=8, choices=State)
    settled_at = models.DateTimeField(_("decided at"))
    campaign = models.ForeignKey(
        "events.Campaign", models.PROTECT, null=True, blank=True, verbose_name=_("sending"),
        help_text=_("Empty where there was nobody to write to."),
    )  # fmt: skip

    objects = OccurrenceQuerySet.as_manager()

    class Privacy:
        kept = ("id", "reminder", "day", "due_at", "state", "settled_at", "campaign")

    class Meta:
        verbose_name = _("day of a rule")
        verbose_name_plural = _("days of rules")
        ordering = ["-due_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "day"], name="occurrence_is_one_per_day"),
            models.CheckConstraint(
                condition=Q(state="sent") | Q(campaign=None), name="occurrence_has_a_sending_when_sent"
            ),
        ]

    def __str__(self):
        return f"{self.reminder}: {self.get_state_display()}"
