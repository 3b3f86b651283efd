from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

ALARM_AFTER = timedelta(hours=1)


class MailboxQuerySet(models.QuerySet):
    def unreadable(self, now):
        """Those that nobody has been able to read for an hour."""
        return self.filter(failing_since__lte=now - ALARM_AFTER)


class Mailbox(models.Model):
    """The mailbox that is read (INBOUND_URL): when it is next due, and whether it can be read. One row."""

    name = models.CharField(_("name"), max_length=20, unique=True, default="inbound")
    due_at = models.DateTimeField(_("to be read at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    failing_since = models.DateTimeField(_("cannot be read since"), null=True, blank=True)
    error_code = models.CharField(_("what went wrong"), max_length=20, blank=True)

    objects = MailboxQuerySet.as_manager()

    class Privacy:
        kept = ("id", "name", "due_at", "read_at", "failing_since", "error_code")

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self):
        return self.name
