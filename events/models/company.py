from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """A customer or partner; outlives events."""

    name = models.CharField(_("name"), max_length=150)
    key = models.CharField(_("folded name"), max_length=150, unique=True, editable=False)
    customer_number = models.CharField(_("customer number"), max_length=60, blank=True)

    class Privacy:
        kept = ("id", "name", "key", "customer_number")

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="company_has_a_name"),
        ]

    def __str__(self):
        return self.name
