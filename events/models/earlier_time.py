from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EarlierTime(models.Model):
    """A time on the course of a year of which no result is left: told by the runner and shown as that, or measured by
    us at an event that is forgotten by now, and carried over to the next one the runner is invited to.
    """

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    course = models.ForeignKey("events.Course", models.CASCADE, verbose_name=pgettext_lazy("of a race", "course"))
    year = models.PositiveSmallIntegerField(_("year"))
    time_ms = models.PositiveBigIntegerField(_("time in milliseconds"), validators=[MinValueValidator(1)])
    is_told = models.BooleanField(
        _("told by the runner"), default=True, help_text=_("Else it was measured at one of our races.")
    )
    told_at = models.DateTimeField(_("told at"))

    class Privacy:
        row_goes = True
        kept = ("id", "guest", "course", "year", "time_ms", "is_told", "told_at")

    class Meta:
        verbose_name = _("earlier time")
        verbose_name_plural = _("earlier times")
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guest", "course", "year"], name="earlier_time_is_one_per_year",
                violation_error_message=_("There is a time for this year already."),
            ),
            models.CheckConstraint(condition=models.Q(time_ms__gte=1), name="earlier_time_is_a_time"),
        ]  # fmt: skip

    def __str__(self):
        return str(self.year)
