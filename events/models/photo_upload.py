from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domain.photos import KEY_LENGTH, new_key


class PhotoUpload(models.Model):
    """One go of adding photos, however many files: who sent them, how many were chosen, what became of each.

    The files come one by one, three at a time, and may come again after a lost connection: `key` names the go, and
    `refused` holds [{"file", "code", "facts"}] of what was not taken. `chosen` is 0 where nobody counted.
    """

    class Way(models.TextChoices):
        OFFICE = "office", _("the back office")
        GUEST = "guest", _("the guest's page")
        TABLE = "table", _("the code on the tables")
        COMMAND = "command", _("the command line")

    event = models.ForeignKey("events.Event", models.CASCADE, verbose_name=_("event"))
    album = models.ForeignKey("events.Album", models.SET_NULL, null=True, blank=True, verbose_name=_("album"))
    key = models.CharField(max_length=KEY_LENGTH, unique=True, default=new_key, editable=False)
    way = models.CharField(_("how"), max_length=7, choices=Way)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who"))
    guest = models.ForeignKey("events.Guest", models.SET_NULL, null=True, blank=True, verbose_name=_("guest"))
    sender_name = models.CharField(_("name"), max_length=120, blank=True)
    chosen = models.PositiveIntegerField(_("files chosen"), default=0)
    added = models.PositiveIntegerField(_("added"), default=0)
    duplicates = models.PositiveIntegerField(_("here already"), default=0)
    refused = models.JSONField(_("not taken"), default=list, blank=True)
    shift_minutes = models.IntegerField(
        _("minutes to add"), default=0, help_text=_("Where a camera's clock was wrong; takes away with a minus.")
    )
    started_at = models.DateTimeField(_("when"))

    class Privacy:
        erased = {"sender_name": "", "refused": []}
        kept = (
            "id", "event", "album", "key", "way", "by", "guest", "chosen", "added", "duplicates", "shift_minutes",
            "started_at",
        )  # fmt: skip

    class Meta:
        verbose_name = pgettext_lazy("of photos", "upload")
        verbose_name_plural = pgettext_lazy("of photos", "uploads")
        ordering = ["-started_at", "-pk"]

    def __str__(self):
        return self.sender_name or self.get_way_display()
