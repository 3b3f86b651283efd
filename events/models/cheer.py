from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .consent import Consent
from .entry import Entry

LONGEST_CHEER = 140


class CheerQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(state=Cheer.State.SHOWN)

    def waiting(self):
        return self.filter(state=Cheer.State.WAITING)

    def with_wishes(self):
        """Each with `is_unwanted`: whether the runner wants no cheers."""
        unwanted = Entry.objects.filter(
            guest=models.OuterRef("runner"), activity=models.OuterRef("activity"), wants_no_cheers=True
        )
        return self.annotate(is_unwanted=models.Exists(unwanted))

    def for_all(self):
        """What others may read, too: shown, and wanted by the runner."""
        return self.shown().with_wishes().filter(is_unwanted=False, runner__forgotten_at=None)

    def with_senders(self):
        """Each with the people, and whether the sender agreed to be named: `is_named`."""
        agreed = Consent.objects.in_force().filter(guest=models.OuterRef("guest"), purpose="name", is_given=True)
        return self.select_related("guest__contact__company", "host").annotate(is_named=models.Exists(agreed))


class Cheer(models.Model):
    """An encouraging line from a guest or a host to a runner."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be read")
        SHOWN = "shown", pgettext_lazy("a cheer", "shown")
        HIDDEN = "hidden", pgettext_lazy("a cheer", "hidden")

    runner = models.ForeignKey("events.Guest", models.CASCADE, related_name="cheers", verbose_name=_("runner"))
    activity = models.ForeignKey("events.Activity", models.CASCADE, verbose_name=_("activity"))
    guest = models.ForeignKey(
        "events.Guest", models.CASCADE, null=True, blank=True, related_name="cheers_sent", verbose_name=_("from")
    )
    host = models.ForeignKey("events.Host", models.CASCADE, null=True, blank=True, verbose_name=_("host"))
    text = models.CharField(_("text"), max_length=LONGEST_CHEER)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.SHOWN)
    is_hidden_by_runner = models.BooleanField(_("hidden by the runner"), default=False)
    said_at = models.DateTimeField(_("said at"))

    objects = CheerQuerySet.as_manager()

    class Privacy:
        row_goes = True
        kept = ("id", "runner", "activity", "guest", "host", "text", "state", "is_hidden_by_runner", "said_at")

    class Meta:
        verbose_name = pgettext_lazy("an encouraging line", "cheer")
        verbose_name_plural = pgettext_lazy("encouraging lines", "cheers")
        ordering = ["-said_at", "-pk"]
        indexes = [models.Index(fields=["activity", "state", "-said_at"], name="cheers_of_race")]
        constraints = [
            models.CheckConstraint(
                condition=Q(guest__isnull=False, host=None) | Q(guest=None, host__isnull=False),
                name="cheer_is_from_a_guest_or_a_host",
                violation_error_message=_("A cheer comes from a guest or from a host."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.text
