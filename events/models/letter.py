from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """The organiser's own text of one kind of mail in one language; without it our own text is used."""

    class Kind(models.TextChoices):
        SAVE_THE_DATE = "save_the_date", _("save the date")
        INVITATION = "invitation", _("invitation")
        REMINDER = "reminder", _("reminder")
        CONFIRMATION = "confirmation", _("confirmation")
        CHANGE = "change", _("change of programme")
        CANCELLATION = "cancellation", _("cancellation")
        PRACTICAL = "practical", _("practical information")
        PROMOTED = "promoted", _("a place came free")
        RELEASED = "released", _("released")
        RESULTS = "results", _("results")
        THANKS = "thanks", _("thanks")
        SURVEY = "survey", _("survey")
        FREE = "free", _("free letter")
        THANKS_MISSED = "thanks_missed", _("thanks, to those who were missed")
        THANKS_DECLINED = "thanks_declined", _("thanks, to those who couldn't come")
        CALENDAR = "calendar", _("calendar invitation")
        BOUNCED = "bounced", _("a guest's mail does not arrive")
        LINK = "link", _("your link again")
        NO_SUBSTITUTE = "no_substitute", _("no substitute this time")
        VOICE = "voice", _("a word to the host")
        PHOTOS_ADDED = "photos_added", _("thanks for photos")
        PHOTO_WISH = "photo_wish", _("a photo taken away")
        PHOTO_ASKED = "photo_asked", _("a photo to decide on")

    event = models.ForeignKey("events.Event", models.CASCADE, verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=150)
    preheader = models.CharField(
        _("preview text"),
        max_length=150,
        blank=True,
        help_text=_("The line a mail program shows beside the subject."),
    )
    body = models.TextField(_("text"), max_length=10_000)

    class Privacy:
        kept = ("id", "event", "kind", "language", "subject", "preheader", "body")

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind", "language"], name="letter_is_one_per_language",
                violation_error_message=_("This letter is there already in this language."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_kind_display()} ({self.language})"
