from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .texts import TextsField

QUICKEST_SECONDS, SLOWEST_SECONDS = 6 * 60, 90 * 60  # of Stoltzekleiven; a time outside it is warned of, no more


class Course(models.Model):
    """A way that is run in race after race; times on one version of it compare, and on another they do not."""

    name = models.CharField(_("name"), max_length=80)
    version = models.CharField(
        _("which version"), max_length=40, blank=True,
        help_text=_("Changed when the way changes, like “new steps 2012”: personal bests start anew."),
    )  # fmt: skip
    distance_m = models.PositiveIntegerField(_("length in metres"), null=True, blank=True)
    climb_m = models.PositiveIntegerField(_("metres of climb"), null=True, blank=True)
    facts = TextsField(
        _("about the course"), help_text=_("As on diplomas, like “about 908 steps, around 300 metres of climb”.")
    )
    quickest_seconds = models.PositiveIntegerField(
        _("quickest likely time"), default=QUICKEST_SECONDS, validators=[MinValueValidator(1)],
        help_text=_("Times outside these two are shown with a warning."),
    )  # fmt: skip
    slowest_seconds = models.PositiveIntegerField(_("slowest likely time"), default=SLOWEST_SECONDS)
    created_at = models.DateTimeField(_("made at"))

    class Privacy:
        kept = (
            "id", "name", "version", "distance_m", "climb_m", "facts", "quickest_seconds", "slowest_seconds",
            "created_at",
        )  # fmt: skip

    class Meta:
        verbose_name = pgettext_lazy("of a race", "course")
        verbose_name_plural = pgettext_lazy("of a race", "courses")
        ordering = ["name", "version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"], name="course_version_is_unique",
                violation_error_message=_("This course is there already in this version."),
            ),
            models.CheckConstraint(
                condition=Q(slowest_seconds__gt=F("quickest_seconds")), name="course_window_is_open",
                violation_error_message=_("The slowest likely time must be longer than the quickest."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.name} ({self.version})" if self.version else self.name
