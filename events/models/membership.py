from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Membership(models.Model):
    """Who may do what at which event. No row, no access."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        HOST = "host", _("host")
        KITCHEN = "kitchen", _("kitchen")
        PHOTOGRAPHER = "photographer", _("photographer")
        STARTER = "starter", _("start and finish")
        PRIVACY = "privacy", _("privacy")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("login"))
    event = models.ForeignKey("events.Event", models.CASCADE, verbose_name=_("event"))
    role = models.CharField(_("role"), max_length=12, choices=Role)

    class Privacy:
        kept = ("id", "user", "event", "role")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["event", "user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event", "role"], name="membership_is_one_per_role",
                violation_error_message=_("This person has this role already."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_role_display()} · {self.event}"
