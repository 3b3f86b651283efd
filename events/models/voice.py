from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VoiceQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at=None)

    def words_of(self, guest):
        """What this guest said to the host, in the order of saying; a new address for the organisers is none."""
        return self.filter(guest=guest, kind="word", email="").order_by("said_at", "pk")


class Voice(models.Model):
    """What a guest, or whoever has the guest's link, wanted to say to the hosts; unread until somebody marks it."""

    class Kind(models.TextChoices):
        WORD = "word", _("a word to the host")
        NOT_ME = "not_me", _("this is not me")

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.WORD)
    text = models.TextField(_("text"), max_length=2000, blank=True)
    name = models.CharField(_("who has the link"), max_length=150, blank=True)
    email = models.CharField(_("mail"), max_length=254, blank=True)
    said_at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("read by")
    )

    message = models.ForeignKey(
        "events.Message", models.SET_NULL, null=True, blank=True, editable=False, verbose_name=_("told by")
    )

    objects = VoiceQuerySet.as_manager()

    class Privacy:
        erased = {"text": "", "name": "", "email": ""}
        kept = ("id", "guest", "kind", "said_at", "read_at", "read_by", "message")

    class Meta:
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        ordering = ["-said_at", "-pk"]
        indexes = [models.Index(fields=["guest"], condition=Q(read_at=None), name="voice_unread")]

    def __str__(self):
        return self.get_kind_display()
