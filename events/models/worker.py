from django.db import models
from django.utils.translation import gettext_lazy as _


class Worker(models.Model):
    """A background process and when it last showed a sign of life."""

    name = models.CharField(_("name"), max_length=64, unique=True)
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("seen at"))

    class Privacy:
        kept = ("id", "name", "started_at", "seen_at")

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["-seen_at"]

    def __str__(self):
        return self.name
