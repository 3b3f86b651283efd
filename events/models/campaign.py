from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .letter import Letter

STOPPED_BY_HAND = "stopped_by_hand"
MAY_GO_ON = (STOPPED_BY_HAND, "letter_refused")  # why mails were stopped that may be taken up again


class Length(models.Func):
    """How many a JSON list holds, counted by the database."""

    function = "JSON_ARRAY_LENGTH"
    output_field = models.IntegerField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSONB_ARRAY_LENGTH", **context)


class CampaignQuerySet(models.QuerySet):
    def to_be_written(self):
        """Those of whose recipients some have no mail yet, the oldest first."""
        return self.filter(state="writing").order_by("pk")

    def light(self):
        """Without the long lists, and with `total`: how many recipients there are."""
        return self.defer("recipients", "left_out", "texts").annotate(total=Length("recipients"))


class Campaign(models.Model):
    """One press of "send": a letter to a list of guests that is frozen with the reasons why others are left out.

    Its mails are Message rows; how far they have come is counted from them.
    """

    class State(models.TextChoices):
        WRITING = "writing", _("mails are being written")
        QUEUED = "queued", _("in the outbox")
        STOPPED = "stopped", _("stopped")

    event = models.ForeignKey("events.Event", models.PROTECT, verbose_name=_("event"))
    letter = models.CharField(_("letter"), max_length=16, choices=Letter.Kind)
    activity = models.ForeignKey("events.Activity", models.PROTECT, null=True, blank=True, verbose_name=_("activity"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WRITING)
    criteria = models.JSONField(_("to whom"), default=dict, blank=True, help_text=_("What was asked for, in codes."))
    texts = models.JSONField(
        default=dict, blank=True, editable=False,
        help_text="Of a free letter, as it was when it was sent: {language: {subject, preheader, body}}.",
    )  # fmt: skip
    recipients = models.JSONField(default=list, blank=True, editable=False, help_text="Ids of guests, in order.")
    left_out = models.JSONField(default=list, blank=True, editable=False, help_text="[id of guest, reason code]")
    written = models.PositiveIntegerField(_("mails written"), default=0, help_text=_("Of the recipients, in order."))
    created_at = models.DateTimeField(_("pressed at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("sent by")
    )
    due_at = models.DateTimeField(_("to be sent at"))
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Privacy:
        kept = (
            "id", "event", "letter", "activity", "state", "criteria", "texts", "recipients", "left_out", "written",
            "created_at", "created_by", "due_at", "stopped_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("sending")
        verbose_name_plural = _("sendings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_at__isnull=False) | (~Q(state="stopped") & Q(stopped_at=None)),
                name="campaign_stopped_has_a_moment",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.get_letter_display()
