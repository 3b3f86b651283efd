from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Invitation(models.Model):
    """What gives a guest the personal link. The link itself is derived, never stored."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("not sent")
        SENT = "sent", _("sent")
        REVOKED = "revoked", _("withdrawn")

    guest = models.OneToOneField("events.Guest", models.CASCADE, verbose_name=_("guest"))
    public_id = models.CharField(max_length=20, unique=True, editable=False)
    version = models.PositiveIntegerField(_("link's version"), default=1, editable=False)
    feed_version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Of the private calendar feed's address; raised to end it."
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFTED, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    personal_line = models.TextField(
        _("host's personal line"), blank=True, max_length=500,
        help_text=_("One or two sentences only this guest gets, in the letter and on the page."),
    )  # fmt: skip

    class Privacy:
        erased = {"public_id": None, "version": 0, "feed_version": 0, "personal_line": ""}
        kept = ("id", "guest", "state", "sent_at")

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(state="sent"), name="invitation_sent_has_a_moment"
            ),
        ]

    def __str__(self):
        return str(self.guest)
