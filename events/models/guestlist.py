from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# What the fields of a guest list are called: domain.headings.FIELDS in people's words.
FIELD_NAMES = {
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "company": _("Company"),
    "email": _("Mail"),
    "phone": _("Phone"),
    "host": _("Host"),
    "language": _("Language"),
    "companions": _("Companions"),
    "external_id": _("Personal number"),
    "note": _("Note"),
}


class HeadingSet(models.Model):
    """Which column means what, as an organiser corrected it for files with these headings."""

    fingerprint = models.CharField(max_length=64, unique=True)
    fields = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    class Privacy:
        kept = ("id", "fingerprint", "fields", "used_at")

    class Meta:
        verbose_name = _("remembered headings")
        verbose_name_plural = _("remembered headings")

    def __str__(self):
        return self.fingerprint[:12]


class GuestListUpload(models.Model):
    """A guest list on its way in: kept until it is applied or put away, a day at the most."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("ready to apply")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        REFUSED = "refused", _("could not be read")

    event = models.ForeignKey("events.Event", models.CASCADE, verbose_name=_("event"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("who"))
    file = models.FileField(_("file"), upload_to="guest-lists/", blank=True)
    file_name = models.CharField(_("file name"), max_length=150, blank=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READING)
    report = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded at"))

    class Privacy:
        erased = {"file": "", "report": {}, "file_name": ""}
        kept = ("id", "event", "by", "sheet", "fields", "state", "uploaded_at")

    class Meta:
        verbose_name = _("guest list")
        verbose_name_plural = _("guest lists")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.file_name
