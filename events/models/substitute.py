from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Substitute(models.Model):
    """A colleague whom a guest proposes instead of himself. Nobody is written to before an organiser approves (M3)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    name = models.CharField(_("name"), max_length=150)
    email = models.CharField(_("mail"), max_length=254)
    word = models.CharField(_("a word about it"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("decided by")
    )

    class Privacy:
        erased = {"name": "–", "email": "–", "word": ""}
        kept = ("id", "guest", "state", "proposed_at", "decided_at", "decided_by")

    class Meta:
        verbose_name = _("substitute")
        verbose_name_plural = _("substitutes")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guest"], condition=Q(state="proposed"), name="substitute_one_waits_at_a_time",
                violation_error_message=_("A proposal of this guest is waiting already."),
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None) | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="substitute_decided_has_a_moment",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name
