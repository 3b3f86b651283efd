from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .texts import Texts, TextsField


class Question(models.Model):
    """A question of the organiser's own to those who come to an activity."""

    class Kind(models.TextChoices):
        TEXT = "text", _("a text")
        CHOICE = "choice", _("one choice")
        SEVERAL = "several", _("several choices")
        YES_NO = "yes_no", _("yes or no")
        NUMBER = "number", _("a number")

    activity = models.ForeignKey("events.Activity", models.CASCADE, verbose_name=_("activity"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TEXT)
    title = TextsField(_("question"), blank=False)
    help = TextsField(_("help"))
    options = models.JSONField(
        _("choices"), default=list, blank=True, help_text=_("[{key, texts by language}], in the order shown.")
    )
    is_required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Privacy:
        kept = ("id", "activity", "kind", "title", "help", "options", "is_required", "position")

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]

    def __str__(self):
        return str(self.title)

    @property
    def offered(self):
        """(key, text in the language in force) of the choices there are; those that were taken away are left out."""
        return [(each["key"], str(Texts(each["texts"]))) for each in self.options if not each.get("is_gone")]


class ReplyQuerySet(models.QuerySet):
    def said(self):
        """Those with something in them; a question that was seen and left has an empty reply."""
        return self.exclude(value="").exclude(value=[])

    def of_those_taking_part(self):
        """By guests who are coming or waiting for a place; what others said is kept and not shown."""
        return self.filter(
            guest__answer__activity=F("question__activity"), guest__answer__state__in=["coming", "waiting"]
        )


class Reply(models.Model):
    """What a guest replied to one of the organiser's own questions: text, key, list of keys, truth or number."""

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    question = models.ForeignKey("events.Question", models.CASCADE, verbose_name=_("question"))
    value = models.JSONField(_("reply"), blank=True)
    said_at = models.DateTimeField(_("when"))

    objects = ReplyQuerySet.as_manager()

    class Privacy:
        erased = {"value": "–"}
        erased_where = {"question__kind": "text"}  # what was chosen is counted on, and says nobody's name
        kept = ("id", "guest", "question", "said_at")

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.UniqueConstraint(
                fields=["guest", "question"], name="reply_is_one_per_question",
                violation_error_message=_("This guest has replied to this already."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.question)
