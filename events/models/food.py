from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Food(models.Model):
    """What one person needs at the table: health data (GDPR art. 9), there only while the consent is.

    Never in general lists, search, history, mails or logs (P3).
    """

    class Need(models.TextChoices):
        VEGETARIAN = "vegetarian", _("vegetarian")
        VEGAN = "vegan", _("vegan")
        GLUTEN = "gluten", _("no gluten")
        LACTOSE = "lactose", _("no lactose")
        NUTS = "nuts", _("no nuts")
        SHELLFISH = "shellfish", _("no shellfish")
        FISH = "fish", _("no fish")
        EGG = "egg", _("no egg")
        PREGNANT = "pregnant", _("pregnant")
        NO_ALCOHOL = "no_alcohol", _("no alcohol")

    guest = models.OneToOneField("events.Guest", models.CASCADE, verbose_name=_("guest"))
    needs = models.JSONField(
        _("needs"), default=list, blank=True, help_text=_("Codes of needs, in the order of the list.")
    )
    other = models.CharField(_("other"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Privacy:
        row_goes = True
        erased = {"needs": [], "other": ""}
        kept = ("id", "guest", "changed_at")

    class Meta:
        verbose_name = _("food and adjustments")
        verbose_name_plural = _("food and adjustments")

    def __str__(self):
        return str(self.guest)


class KitchenList(models.Model):
    """What the kitchen was handed last for one activity, so that it can be told what has changed since."""

    activity = models.OneToOneField("events.Activity", models.CASCADE, verbose_name=_("activity"))
    handed_at = models.DateTimeField(_("handed over at"))
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("handed over by")
    )
    plates = models.JSONField(default=dict, blank=True, help_text=_("{guest id: [codes, other]}, as they were then."))

    class Privacy:
        erased = {"plates": {}}  # whoever withdraws or is forgotten is taken out of it
        kept = ("id", "activity", "handed_at", "handed_by")

    class Meta:
        verbose_name = _("kitchen's list")
        verbose_name_plural = _("kitchen's lists")

    def __str__(self):
        return str(self.activity)
