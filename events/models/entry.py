from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .texts import TextsField

# What stands in the history for each of the facts of an entry.
CODES = {"race_class_id": "class", "has_been_before": "before", "ambition_seconds": "ambition", "shirt_size": "shirt"}


class RaceClass(models.Model):
    """A class or category of a race, as the organiser set it up."""

    activity = models.ForeignKey("events.Activity", models.CASCADE, verbose_name=_("activity"))
    title = TextsField(_("title"), blank=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Privacy:
        kept = ("id", "activity", "title", "position")

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.title)


class EntryQuerySet(models.QuerySet):
    def of_those_taking_part(self):
        """Of guests who are coming or waiting for a place; what others told is kept and not shown."""
        return self.filter(guest__answer__activity=F("activity"), guest__answer__state__in=["coming", "waiting"])


class Entry(models.Model):
    """A guest's place in a race, with what the guest told about it."""

    class Shirt(models.TextChoices):
        XS = "XS", "XS"
        S = "S", "S"
        M = "M", "M"
        L = "L", "L"
        XL = "XL", "XL"
        XXL = "XXL", "XXL"

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    activity = models.ForeignKey("events.Activity", models.CASCADE, verbose_name=_("activity"))
    race_class = models.ForeignKey("events.RaceClass", models.SET_NULL, null=True, blank=True, verbose_name=_("class"))
    has_been_before = models.BooleanField(_("been up before"), null=True, blank=True)
    ambition_seconds = models.PositiveIntegerField(_("ambition"), null=True, blank=True, help_text=_("In seconds."))
    shirt_size = models.CharField(_("T-shirt size"), max_length=3, choices=Shirt, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    objects = EntryQuerySet.as_manager()

    class Privacy:
        kept = (
            "id", "guest", "activity", "race_class", "has_been_before", "ambition_seconds", "shirt_size", "changed_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("race entry")
        verbose_name_plural = _("race entries")
        constraints = [
            models.UniqueConstraint(
                fields=["guest", "activity"], name="entry_is_one_per_race",
                violation_error_message=_("This guest is in this race already."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.guest)
