from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..domain.ranking import Status as Outcome
from ..domain.timing import Kind as What


class ResultFile(models.Model):
    """A file of results on its way in, and afterwards the record of what it said; the file itself is then gone.

    What it says of our guests stays readable in its timing events; of strangers in it only numbers are kept.
    """

    class State(models.TextChoices):
        READING = "reading", _("being read")
        READY = "ready", _("ready to apply")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("taken back")
        REFUSED = "refused", _("could not be read")

    race = models.ForeignKey("events.Race", models.CASCADE, verbose_name=_("race"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who"))
    file = models.FileField(_("file"), upload_to="results/", blank=True)
    file_name = models.CharField(_("file name"), max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    choices = models.JSONField(default=dict, blank=True, help_text="Columns, readings and matches as chosen.")
    report = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READING)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Privacy:
        erased = {"file": "", "report": {}, "choices": {}, "file_name": ""}
        kept = ("id", "race", "by", "sha256", "sheet", "state", "uploaded_at", "applied_at", "undone_at")

    class Meta:
        verbose_name = _("file of results")
        verbose_name_plural = _("files of results")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.file_name


class TimingEvent(models.Model):
    """Something that was seen, typed or read of a race: only ever added, never changed. See domain.timing.Event.

    entry_id may be of somebody who withdrew since; a result is derived, not stored here.
    """

    class Kind(models.TextChoices):
        START = What.START.value, _("started")
        FINISH = What.FINISH.value, _("reached the finish")
        ASSIGN = What.ASSIGN.value, _("mark given to a runner")
        UNASSIGN = What.UNASSIGN.value, _("mark taken from a runner")
        VOID = What.VOID.value, _("does not count")
        UNVOID = What.UNVOID.value, _("counts again")
        STATUS = What.STATUS.value, _("status")
        TYPED = What.TYPED.value, _("time typed")
        IMPORTED = What.IMPORTED.value, _("read from a file")
        WITHDRAWN = What.WITHDRAWN.value, _("file taken back")
        ADJUST = What.ADJUST.value, _("mark moved")
        CLOCK = What.CLOCK.value, _("clock set right")
        RESOLVE = What.RESOLVE.value, _("decided between marks")

    race = models.ForeignKey("events.Race", models.CASCADE, verbose_name=_("race"))
    uuid = models.UUIDField(unique=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    recorded_ms = models.BigIntegerField(help_text="Milliseconds since 1970, UTC.")
    at_ms = models.BigIntegerField(null=True, blank=True)
    entry = models.ForeignKey("events.Entry", models.CASCADE, null=True, blank=True, verbose_name=_("entry"))
    wave = models.ForeignKey("events.Wave", models.SET_NULL, null=True, blank=True, verbose_name=_("wave"))
    ref = models.CharField(max_length=36, blank=True, help_text="The uuid of the event it is about.")
    status = models.CharField(_("status"), max_length=7, blank=True)
    time_ms = models.PositiveBigIntegerField(_("time in milliseconds"), null=True, blank=True)
    offset_ms = models.BigIntegerField(default=0)
    device = models.CharField(_("device"), max_length=40, blank=True)
    file = models.ForeignKey("events.ResultFile", models.CASCADE, null=True, blank=True, verbose_name=_("file"))
    facts = models.JSONField(
        default=dict, blank=True, help_text="Codes and numbers: row, text, net_ms, gross_ms, place, reason."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("who"))

    class Privacy:
        kept = (
            "id", "race", "uuid", "kind", "recorded_ms", "at_ms", "entry", "wave", "ref", "status", "time_ms",
            "offset_ms", "device", "file", "facts", "by",
        )  # fmt: skip

    class Meta:
        verbose_name = _("timing event")
        verbose_name_plural = _("timing events")
        ordering = ["recorded_ms", "pk"]
        indexes = [models.Index(fields=["race", "recorded_ms"], name="timing_of_race")]

    def __str__(self):
        return self.get_kind_display()


class ResultQuerySet(models.QuerySet):
    def finished(self):
        return self.filter(status=Outcome.OK.value)

    def started(self):
        """Those who came to the start, whatever became of them."""
        return self.exclude(status__in=[Outcome.DNS.value, Outcome.UNCLEAR.value])


class Result(models.Model):
    """What became of an entry, worked out of the timing events; may be thrown away and made anew at any time."""

    class Status(models.TextChoices):
        OK = Outcome.OK.value, _("finished")
        NC = Outcome.NC.value, _("outside the competition")
        DNF = Outcome.DNF.value, _("did not finish")
        DSQ = Outcome.DSQ.value, _("disqualified")
        DNS = Outcome.DNS.value, _("did not start")
        UNCLEAR = Outcome.UNCLEAR.value, _("unclear")

    entry = models.OneToOneField("events.Entry", models.CASCADE, verbose_name=_("entry"))
    race = models.ForeignKey("events.Race", models.CASCADE, verbose_name=_("race"))
    status = models.CharField(_("status"), max_length=7, choices=Status)
    time_ms = models.PositiveBigIntegerField(
        _("official time"), null=True, blank=True, help_text="As it is shown: rounded up."
    )
    net_ms = models.PositiveBigIntegerField(null=True, blank=True)
    gross_ms = models.PositiveBigIntegerField(null=True, blank=True)
    source = models.CharField(_("from"), max_length=8, blank=True)
    gap_ms = models.PositiveBigIntegerField(null=True, blank=True)
    place = models.PositiveIntegerField(_("place"), null=True, blank=True)
    place_of = models.PositiveIntegerField(null=True, blank=True)
    gender_place = models.PositiveIntegerField(null=True, blank=True)
    gender_place_of = models.PositiveIntegerField(null=True, blank=True)
    class_place = models.PositiveIntegerField(null=True, blank=True)
    class_place_of = models.PositiveIntegerField(null=True, blank=True)
    company_place = models.PositiveIntegerField(null=True, blank=True)
    company_place_of = models.PositiveIntegerField(null=True, blank=True)
    source_place = models.PositiveIntegerField(null=True, blank=True, help_text="As the file gave it; then shown.")
    best = models.CharField(_("personal best"), max_length=14, blank=True)
    best_diff_ms = models.BigIntegerField(null=True, blank=True)
    ambition_diff_ms = models.BigIntegerField(null=True, blank=True)
    flags = models.JSONField(default=list, blank=True)

    objects = ResultQuerySet.as_manager()

    class Privacy:
        kept = (
            "id", "entry", "race", "status", "time_ms", "net_ms", "gross_ms", "source", "gap_ms", "place", "place_of",
            "gender_place", "gender_place_of", "class_place", "class_place_of", "company_place", "company_place_of",
            "source_place", "best", "best_diff_ms", "ambition_diff_ms", "flags",
        )  # fmt: skip

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        indexes = [models.Index(fields=["race", "status", "time_ms"], name="result_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="OK", time_ms__gt=0) | (~models.Q(status="OK") & models.Q(time_ms=None)),
                name="result_time_means_finished",
                violation_error_message=_("Who has a time has finished, and nobody else has one."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.get_status_display()

    @property
    def is_finished(self):
        return self.status == self.Status.OK
