from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .letter import Letter


class MessageQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(state="queued", due_at__lte=now).order_by("due_at", "pk")

    def stuck(self, alarm, now):
        """Waiting although it is time: all that is due, and what was put off for the alarm's reason."""
        is_due = Q(due_at__lte=now)
        return self.filter(is_due | Q(error_code=alarm) if alarm else is_due, state="queued")

    def abandoned(self, now):
        """Claimed by a worker that has not come back in time."""
        return self.filter(state="sending", lease_until__lte=now)


class Message(models.Model):
    """One mail to one guest, with its fate. The personal link is never in the row."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not delivered")
        UNCERTAIN = "uncertain", _("may have been sent")
        STOPPED = "stopped", _("stopped")

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    event = models.ForeignKey("events.Event", models.PROTECT, verbose_name=_("event"))
    letter = models.CharField(_("letter"), max_length=16, choices=Letter.Kind)
    activity = models.ForeignKey("events.Activity", models.PROTECT, null=True, blank=True, verbose_name=_("activity"))
    campaign = models.ForeignKey(
        "events.Campaign", models.PROTECT, null=True, blank=True, editable=False, db_index=False,
        verbose_name=_("sending"),
    )  # fmt: skip
    key = models.CharField(max_length=80, editable=False)
    facts = models.JSONField(
        default=dict, blank=True, editable=False,
        help_text="What the letter is about and no other row tells: codes, ids and moments, no free text.",
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(_("written at"))
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("sent by")
    )
    due_at = models.DateTimeField(_("to be sent at"))
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    message_id = models.CharField(max_length=120, unique=True, editable=False)
    to_address = models.CharField(_("address"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    content = models.JSONField(
        _("content"), default=dict, blank=True, help_text=_("What was said, with a placeholder for the link.")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error_code = models.CharField(_("what went wrong"), max_length=40, blank=True)
    provider_id = models.CharField(
        max_length=120, blank=True, db_index=True, editable=False, help_text="The mail provider's own name of it."
    )

    objects = MessageQuerySet.as_manager()

    class Privacy:
        erased = {
            "to_address": "",
            "subject": "",
            "content": {},
            "facts": {},
            "provider_id": "",
            "message_id": None,
            "key": None,
        }
        kept = (
            "id", "guest", "event", "letter", "activity", "language", "state", "created_at", "queued_by", "due_at",
            "lease_until", "attempts", "sent_at", "error_code", "campaign",
        )  # fmt: skip

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="message_due"),
            models.Index(fields=["event", "-created_at"], name="message_outbox"),
            models.Index(fields=["campaign", "state"], name="message_of_sending"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["guest", "key"], name="message_is_written_once"),
            models.CheckConstraint(
                condition=(Q(state="sending", lease_until__isnull=False))
                | (~Q(state="sending") & Q(lease_until=None)),
                name="message_sending_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="message_sent_has_a_moment",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_letter_display()}: {self.get_state_display()}"
