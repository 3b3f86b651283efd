from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domain.undoing import Thing


class HistoryQuerySet(models.QuerySet):
    def open_wishes(self):
        """What guests wanted to say after the deadline, and nobody has dealt with: nothing newer is known of it."""
        settles = models.Q(what__in=SETTLES_A_WISH)
        settles |= models.Q(what=History.What.UNDONE, facts__thing__in=UNDOING_SETTLES_A_WISH)
        newer = History.objects.filter(
            settles, guest=models.OuterRef("guest"), activity=models.OuterRef("activity"), pk__gt=models.OuterRef("pk")
        )
        wishes = self.filter(what=History.What.LATE, guest__forgotten_at=None, activity__cancelled_at=None)
        return wishes.filter(~models.Exists(newer), guest__isnull=False)

    def for_hosts(self):
        """Without what guests say of photos, and take along, which only they and organisers know (P6)."""
        return self.exclude(what__in=History.OF_PHOTOS)


class History(models.Model):
    """One thing that happened, who did it and when. Only ever added to; facts hold codes, no free text."""

    class What(models.TextChoices):
        ANSWERED = "answered", _("answered")
        PROMOTED = "promoted", _("got a place from the waiting list")
        IMPORTED = "imported", _("came with a guest list")
        CHANGED = "changed", _("was changed")
        ADDED = "added", _("was added by hand")
        INVITED = "invited", _("is invited to one more part")
        LEFT_OUT = "left_out", _("is no longer invited to a part")
        MAIL_QUEUED = "mail_queued", _("mail written")
        LINK_RENEWED = "link_renewed", _("got a new link")
        LINK_REVOKED = "link_revoked", _("lost the link")
        FEED_ENDED = "feed_ended", _("calendar subscription ended")
        LANGUAGE = "language", _("chose a language")
        UNSUBSCRIBED = "unsubscribed", _("wants no more mail")
        EXPORTED = "exported", _("list downloaded")
        EVENT_MADE = "event_made", _("event made")
        PROGRAMME = "programme", _("programme changed")
        STATE = "state", _("state changed")
        COMPANIONS = "companions", _("companions changed")
        RACE = "race", _("told about the race")
        REPLIED = "replied", _("replied to questions")
        CONSENT = "consent", _("agreed or not")
        SAID = "said", _("said a word to the host")
        READ = "read", _("word to the host read")
        NOT_ME = "not_me", _("somebody else has the link")
        PROPOSED = "proposed", _("proposed a substitute")
        SUBSTITUTED = "substituted", _("substitute approved")
        NOT_TAKEN = "not_taken", _("substitute declined")
        MOVED = "moved", _("moved in line")
        GIVEN_PLACE = "given_place", _("was given a place by hand")
        CONFIRMED = "confirmed", _("said yes to the place")
        UNDONE = "undone", _("change undone")
        HANDED_OVER = "handed_over", _("list handed to the kitchen")
        LOOKED = "looked", _("kitchen's list looked at")
        TOOK_DATA = "took_data", _("took own data along")
        CORRECTED = "corrected", _("corrected own data")
        FORGOTTEN = "forgotten", _("was forgotten")
        LATE = "late", _("wanted to answer after the deadline")
        RULES = "rules", _("letters that go out by themselves")
        SET_ASIDE = "set_aside", _("late wish set aside")
        REPLY_HELD = "reply_held", _("reply by mail held back")
        REPLY_ASIDE = "reply_aside", _("reply by mail set aside")
        MAIL_STOPPED = "mail_stopped", _("sending stopped")
        MAIL_RESUMED = "mail_resumed", _("sending taken up again")
        CAME = "came", _("was there, or not")
        RACE_SET = "race_set", _("race set up")
        START = "start", _("got a bib or start time")
        STARTS = "starts", _("bibs or start times given out")
        TIMED = "timed", _("time or status written")
        RESULTS = "results", _("results read from a file")
        RESULTS_UNDONE = "results_undone", _("file of results taken back")
        SHOWN = "shown", _("results shown to guests")
        NOT_SHOWN = "not_shown", _("results no longer shown")
        FINAL = "final", _("results final")
        NOT_FINAL = "not_final", _("results opened again")
        RESULT_WISH = "result_wish", _("chose what others see of the result")
        EARLIER_TIME = "earlier_time", _("told of a time from before")
        CHEERED = "cheered", _("cheered for a runner")
        CHEER_SHOWN = "cheer_shown", _("cheer shown")
        CHEER_HIDDEN = "cheer_hidden", _("cheer hidden")
        GALLERY = "gallery", _("photo gallery set up")
        PHOTOS = "photos", _("photos added")
        PHOTO_SHOWN = "photo_shown", _("photos shown to guests")
        PHOTO_HIDDEN = "photo_hidden", _("photos hidden")
        PHOTO_GONE = "photo_gone", _("photos deleted")
        PHOTO_CHANGED = "photo_changed", _("photos put in order")
        PHOTO_MARK = "photo_mark", _("marked on photos")
        PHOTO_WISH = "photo_wish", _("asked to take a photo away")
        PHOTO_DECIDED = "photo_decided", _("request to take a photo away decided")
        PHOTOS_TAKEN = "photos_taken", _("all photos downloaded")

    class Channel(models.TextChoices):
        WEB = "web", _("the guest's page")
        OFFICE = "office", _("the back office")
        PHONE = "phone", _("phone")
        MET = "met", _("in person")
        MAIL = "mail", pgettext_lazy("how it was said", "mail")
        COMMAND = "command", _("the command line")
        SYSTEM = "system", _("the system")

    event = models.ForeignKey("events.Event", models.PROTECT, verbose_name=_("event"))
    guest = models.ForeignKey("events.Guest", models.CASCADE, null=True, blank=True, verbose_name=_("guest"))
    activity = models.ForeignKey("events.Activity", models.PROTECT, null=True, blank=True, verbose_name=_("activity"))
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who"))
    channel = models.CharField(_("how"), max_length=8, choices=Channel)
    what = models.CharField(_("what"), max_length=14, choices=What)
    facts = models.JSONField(_("facts"), default=dict, blank=True)

    OF_PHOTOS = frozenset({What.PHOTO_MARK, What.PHOTO_WISH, What.PHOTO_DECIDED, What.PHOTOS_TAKEN})  # by guests

    objects = HistoryQuerySet.as_manager()

    class Privacy:
        erased = {"facts": {}}
        kept = ("id", "event", "guest", "activity", "at", "by", "channel", "what")

    class Meta:
        verbose_name = _("history")
        verbose_name_plural = _("history")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["event", "-at"], name="history_of_event")]

    def __str__(self):
        return self.get_what_display()


SETTLES_A_WISH = (
    History.What.ANSWERED, History.What.PROMOTED, History.What.GIVEN_PLACE, History.What.LEFT_OUT,
    History.What.LATE, History.What.SET_ASIDE,
)  # fmt: skip
UNDOING_SETTLES_A_WISH = (Thing.ANSWER, Thing.LINE, Thing.WISH)
