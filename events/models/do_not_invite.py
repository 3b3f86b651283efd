from django.db import models
from django.utils.translation import gettext_lazy as _


class DoNotInvite(models.Model):
    """Somebody who does not want to be invited again, known by nothing but a keyed hash of the address (P11)."""

    mark = models.CharField(max_length=64, unique=True, editable=False)
    since_on = models.DateField(_("since"))

    class Privacy:
        kept = ("id", "mark", "since_on")

    class Meta:
        verbose_name = _("not to be invited")
        verbose_name_plural = _("not to be invited")

    def __str__(self):
        return str(self.since_on)
