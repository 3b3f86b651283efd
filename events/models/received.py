from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReceivedQuerySet(models.QuerySet):
    def held(self):
        """What waits for somebody to decide."""
        return self.filter(state="held", guest__forgotten_at=None)


class Received(models.Model):
    """A mail that came in and what became of it. Nothing it said is kept, but for what somebody has to decide:
    who it seems to be from and which answer it gives. A reply to several entries has a row for each.
    """

    class Kind(models.TextChoices):
        CALENDAR_REPLY = "calendar_reply", _("reply from a calendar")
        BOUNCE = "bounce", _("a mail that came back")
        AUTO = "auto", _("automatic reply")
        PERSON = "person", pgettext_lazy("kind of mail", "from a person")
        UNKNOWN = "unknown", _("not understood")

    class State(models.TextChoices):
        APPLIED = "applied", pgettext_lazy("a mail", "taken")
        HELD = "held", _("waits for you")
        LATE = "late", _("came after the deadline")
        IGNORED = "ignored", _("nothing to do")
        FORWARDING = "forwarding", _("being passed on")
        FORWARDED = "forwarded", _("passed on")
        SET_ASIDE = "set_aside", pgettext_lazy("a mail", "set aside")

    key = models.CharField(max_length=64, editable=False, help_text="SHA-256 of the Message-ID, else of the mail.")
    number = models.PositiveSmallIntegerField(default=0, editable=False)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    state = models.CharField(_("what became of it"), max_length=10, choices=State)
    reason = models.CharField(_("why"), max_length=30, blank=True)
    event = models.ForeignKey("events.Event", models.PROTECT, null=True, blank=True, verbose_name=_("event"))
    guest = models.ForeignKey("events.Guest", models.CASCADE, null=True, blank=True, verbose_name=_("guest"))
    activity = models.ForeignKey("events.Activity", models.PROTECT, null=True, blank=True, verbose_name=_("activity"))
    sender = models.CharField(
        _("from"), max_length=254, blank=True, help_text=_("Only as long as somebody has to decide.")
    )
    facts = models.JSONField(default=dict, blank=True, editable=False)
    at = models.DateTimeField(_("when"))

    objects = ReceivedQuerySet.as_manager()

    class Privacy:
        erased = {"sender": "", "facts": {}}
        kept = ("id", "key", "number", "kind", "state", "reason", "event", "guest", "activity", "at")

    class Meta:
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mails that came in")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["event", "-at"], name="received_of_event"),
            models.Index(fields=["guest"], condition=Q(state="held"), name="received_held"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="received_once"),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(guest__isnull=False, activity__isnull=False, event__isnull=False),
                name="received_held_is_a_reply",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
