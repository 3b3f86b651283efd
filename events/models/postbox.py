from datetime import datetime

from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _

from ..domain.hourly import Pass


class Postbox(models.Model):
    """The way out for all mails, one row that all workers share: what keeps it shut, and what the hour let through."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    alarm = models.CharField(
        _("what is wrong"), max_length=40, blank=True, help_text="As Message.error_code; empty while mails leave."
    )
    alarm_at = models.DateTimeField(_("wrong since"), null=True, blank=True)
    retry_asked_at = models.DateTimeField(
        _("asked to try again at"), null=True, blank=True, help_text="Workers that wait after an alarm look at it."
    )
    refused = models.JSONField(
        default=list,
        blank=True,
        help_text="Letters the mail server did not take: [event id, letter, sending or null, moment].",
    )
    let_through = models.JSONField(
        default=list, blank=True, help_text="Of the last hour: [name, counts until, how many mails]."
    )

    class Privacy:
        kept = ("id", "alarm", "alarm_at", "retry_asked_at", "refused", "let_through")

    class Meta:
        verbose_name = _("postbox")
        verbose_name_plural = _("postboxes")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="postbox_is_only_one"),
            models.CheckConstraint(
                condition=Q(alarm="", alarm_at=None) | (~Q(alarm="") & Q(alarm_at__isnull=False)),
                name="postbox_alarm_has_a_moment",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.alarm or str(self._meta.verbose_name)

    @classmethod
    def columns(cls):
        """{name: the postbox's value}, to be read along with another row; None where there is no postbox yet."""
        only = cls.objects.filter(pk=cls.ONLY)
        return {f"postbox_{name}": Subquery(only.values(name)[:1]) for name in cls.Privacy.kept if name != "id"}

    @classmethod
    def of_columns(cls, values):
        """The postbox out of the dict that was read; its columns are taken out of it."""
        told = {name: values.pop(name) for name in [*values] if name.startswith("postbox_")}
        return cls(**{name.removeprefix("postbox_"): value for name, value in told.items() if value is not None})

    @property
    def passes(self):
        """What counts against the hourly cap, as hourly.Pass."""
        return [Pass(name, datetime.fromisoformat(until), mails) for name, until, mails in self.let_through]
