from django.db import models
from django.utils.translation import gettext_lazy as _

from .message import Message


class BounceQuerySet(models.QuerySet):
    def standing(self, guest):
        """Those that may still be true of the guest: of mails to the address of today, and none arrived since."""
        arrived = Message.objects.filter(
            guest=guest, state=Message.State.SENT, sent_at__gt=models.OuterRef("at"), to_address=guest.email
        ).exclude(pk=models.OuterRef("message"))
        rows = self.filter(guest=guest, message__to_address=guest.email).exclude(models.Exists(arrived))
        return rows.select_related("message")


class Bounce(models.Model):
    """A mail server's word that a mail did not arrive, however it reached us; the newest stands on the guest."""

    class Kind(models.TextChoices):
        ADDRESS_WRONG = "address_wrong", _("the address does not exist")
        MAILBOX_FULL = "mailbox_full", _("the mailbox is full")
        POLICY = "policy", _("refused by the receiver's rules")
        DELAYED = "delayed", _("still on its way")
        OTHER = "other", _("not delivered")

    class Source(models.TextChoices):
        SERVER = "server", _("our own mail server")
        MAIL = "mail", _("a mail that came back")
        PROVIDER = "provider", _("the mail provider")

    message = models.ForeignKey("events.Message", models.CASCADE, verbose_name=_("message"))
    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    kind = models.CharField(_("what came of it"), max_length=13, choices=Kind)
    status = models.CharField(_("status"), max_length=12, blank=True, help_text=_("Like 5.1.1 (RFC 3463)."))
    source = models.CharField(_("told by"), max_length=8, choices=Source)
    at = models.DateTimeField(_("when"))

    objects = BounceQuerySet.as_manager()

    class Privacy:
        kept = ("id", "message", "guest", "kind", "status", "source", "at")

    class Meta:
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "kind", "source"], name="bounce_is_told_once"),
        ]

    def __str__(self):
        return self.get_kind_display()
