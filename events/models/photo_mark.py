from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PhotoMark(models.Model):
    """That a guest is on a photo: said by the guest, which only the guest and organisers know, or by an organiser."""

    class Said(models.TextChoices):
        GUEST = "guest", _("by the guest")
        OFFICE = "office", _("by an organiser")

    photo = models.ForeignKey("events.Photo", models.CASCADE, verbose_name=_("photo"))
    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    said = models.CharField(_("said"), max_length=6, choices=Said)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who"))
    said_at = models.DateTimeField(_("when"))

    class Privacy:
        row_goes = True
        kept = ("id", "photo", "guest", "said", "by", "said_at")

    class Meta:
        verbose_name = _("guest on a photo")
        verbose_name_plural = _("guests on photos")
        constraints = [
            models.UniqueConstraint(fields=["photo", "guest"], name="guest_is_on_a_photo_once"),
        ]  # fmt: skip

    def __str__(self):
        return self.get_said_display()
