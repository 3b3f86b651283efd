from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .history import History


class ConsentQuerySet(models.QuerySet):
    def in_force(self):
        """What was said last, and not withdrawn; one for each guest and purpose at most."""
        return self.filter(withdrawn_at=None)

    def said_by(self, guest):
        """{purpose: Consent} of what the guest has in force; one query."""
        return {consent.purpose: consent for consent in self.in_force().filter(guest=guest)}

    def agreed(self, guest, purpose):
        """Whether the guest has said yes to the purpose; no answer is not a yes."""
        return self.in_force().filter(guest=guest, purpose=purpose, is_given=True).exists()

    def without_food(self):
        """Without those that tell of health: they are for nobody's list (GDPR art. 9)."""
        return self.exclude(purpose=Consent.Purpose.FOOD)


class Consent(models.Model):
    """What a guest agreed to or not, apart for each purpose, with the text as it stood (GDPR art. 7)."""

    class Purpose(models.TextChoices):
        FOOD = "food", _("food and adjustments")
        PHOTOS = "photos", _("photos of me")
        NAME = "name", _("my name in lists and results")
        INVITE = "invite", _("invite me next year")

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    purpose = models.CharField(_("purpose"), max_length=6, choices=Purpose)
    is_given = models.BooleanField(_("agreed"))
    text_version = models.CharField(_("version of the text"), max_length=20)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    channel = models.CharField(_("how"), max_length=8, choices=History.Channel)
    said_at = models.DateTimeField(_("when"))
    withdrawn_at = models.DateTimeField(pgettext_lazy("a moment", "withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Privacy:
        kept = (
            "id", "guest", "purpose", "is_given", "text_version", "language", "channel", "said_at", "withdrawn_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guest", "purpose"], condition=Q(withdrawn_at=None), name="consent_one_in_force",
                violation_error_message=_("The guest has said something to this already."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("said_at")),
                name="consent_is_withdrawn_after_it_was_said",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.get_purpose_display()
