from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RemovalRequest(models.Model):
    """Somebody asked to take a photo away: it hides at once, and an organiser decides (P6).

    The note is the asker's, the reason ours: whoever is told no hears why (GDPR art. 12.4).
    """

    class Decision(models.TextChoices):
        OPEN = "open", _("waits for an organiser")
        REMOVED = "removed", _("stays hidden")
        KEPT = "kept", _("shown again")

    photo = models.ForeignKey("events.Photo", models.CASCADE, verbose_name=_("photo"))
    guest = models.ForeignKey("events.Guest", models.SET_NULL, null=True, blank=True, verbose_name=_("asked by"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    decision = models.CharField(_("decision"), max_length=7, choices=Decision, default=Decision.OPEN)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True, help_text=_("The guest reads it."))

    class Privacy:
        erased = {"note": "", "reason": ""}
        kept = ("id", "photo", "guest", "asked_at", "decision", "decided_at")

    class Meta:
        verbose_name = _("request to take a photo away")
        verbose_name_plural = _("requests to take photos away")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "guest"], condition=Q(decision="open"), name="removal_is_asked_once",
                violation_error_message=_("You have asked for this already."),
            ),
            models.CheckConstraint(
                condition=Q(decision="open", decided_at=None) | (~Q(decision="open") & Q(decided_at__isnull=False)),
                name="removal_is_decided_at_a_moment",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.get_decision_display()
