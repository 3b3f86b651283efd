from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..domain.links import new_public_id
from ..domain.racetime import Window
from ..domain.ranking import Precision as Step
from .texts import TextsField
from .timing import Result


class RaceQuerySet(models.QuerySet):
    def of(self, activity):
        """The race of an activity; one that is not set up yet has the usual rules and no row. One query."""
        return self.select_related("course").filter(activity=activity).first() or Race(activity=activity)

    def at(self, event):
        """The races of an event that take place, in the order of its programme."""
        races = self.filter(activity__event=event, activity__cancelled_at=None)
        return races.select_related("activity__event", "course").order_by("activity__starts_at", "pk")

    def seen_by_guests(self):
        return self.exclude(published_at=None)

    def later_on_the_course(self, race):
        """Races after this one on the same version of its course that have results, the next first."""
        later = self.filter(course=race.course_id, activity__starts_at__gt=race.activity.starts_at)
        has_results = models.Exists(Result.objects.filter(race=models.OuterRef("pk")))
        return later.exclude(course=None).filter(has_results).order_by("activity__starts_at", "pk")

    def run_by(self, guest):
        """Races in which the guest is entered."""
        return self.filter(activity__in=guest.entry_set.values("activity"))

    def with_results_of(self, guest_ids):
        """Races in which these guests have a result."""
        return self.filter(models.Exists(Result.objects.filter(race=models.OuterRef("pk"), entry__guest__in=guest_ids)))

    def due(self, now):
        """Those whose first start has come, and that nobody knows to be under way."""
        starts_at = Coalesce("first_start_at", "activity__starts_at")
        return self.annotate(begins_at=starts_at).filter(
            state=Race.State.DRAFT, begins_at__lte=now, activity__cancelled_at=None
        )


class Race(models.Model):
    """How an activity of the kind race is run, timed and shown. Made when it is first set up."""

    class Start(models.TextChoices):
        MASS = "mass", _("all at once")
        WAVES = "waves", _("in waves")
        INTERVAL = "interval", _("one by one, so many seconds apart")

    class Official(models.TextChoices):
        GUN = "gun", _("from the common start")
        NET = "net", _("from one's own crossing of the start line")
        SLOT = "slot", _("from one's own start time on the list")

    class Precision(models.TextChoices):
        SECOND = Step.SECOND.value, _("whole seconds, rounded up")
        TENTH = Step.TENTH.value, _("tenths, rounded up")
        HUNDREDTH = Step.HUNDREDTH.value, _("hundredths, rounded up")

    class State(models.TextChoices):
        DRAFT = "draft", _("not started")
        RUNNING = "running", pgettext_lazy("a race", "under way")
        PROVISIONAL = "provisional", _("provisional")
        FINAL = "final", _("final")

    class Order(models.TextChoices):
        TIME = "time", _("by time")
        NAME = "name", _("by name")
        COMPANY = "company", _("by company")

    class Cheering(models.TextChoices):
        AT_ONCE = "at_once", _("shown at once")
        FIRST_READ = "first_read", _("shown when an organiser has read them")
        OFF = "off", _("no cheers")

    activity = models.OneToOneField("events.Activity", models.CASCADE, verbose_name=_("activity"))
    course = models.ForeignKey(
        "events.Course", models.SET_NULL, null=True, blank=True, verbose_name=pgettext_lazy("of a race", "course"),
        help_text=_("Personal bests are counted on the same version of the same course."),
    )  # fmt: skip
    start = models.CharField(_("how it starts"), max_length=8, choices=Start, default=Start.INTERVAL)
    first_start_at = models.DateTimeField(
        _("first start"), null=True, blank=True, help_text=_("Empty means when the race begins on the programme.")
    )
    interval_seconds = models.PositiveSmallIntegerField(
        _("seconds between starts"), default=10, validators=[MinValueValidator(1), MaxValueValidator(3600)]
    )
    official = models.CharField(_("the time that counts"), max_length=4, choices=Official, default=Official.SLOT)
    precision = models.CharField(_("times are shown in"), max_length=9, choices=Precision, default=Precision.SECOND)
    order = models.CharField(_("guests see the list"), max_length=7, choices=Order, default=Order.TIME)
    shows_places = models.BooleanField(
        _("places are shown"), default=True, help_text=_("A guest may choose otherwise for the own place.")
    )
    ranks_gender = models.BooleanField(_("places among women and men"), default=False)
    ranks_class = models.BooleanField(_("places in the class"), default=True)
    ranks_company = models.BooleanField(_("places within the company"), default=False)
    company_best = models.PositiveSmallIntegerField(
        _("finishers that count for a company"), default=3, validators=[MinValueValidator(1)]
    )
    shows_contests = models.BooleanField(
        _("guests see the contests"), default=True,
        help_text=_("Nearest to the own goal, most improved and new bests, of those who agreed to be named."),
    )  # fmt: skip
    counts_told_times = models.BooleanField(
        _("times that guests told of count"), default=True,
        help_text=_("For personal bests, beside the times of our own races on the course."),
    )  # fmt: skip
    cheering = models.CharField(_("cheers"), max_length=10, choices=Cheering, default=Cheering.AT_ONCE)
    is_live = models.BooleanField(
        _("times are on the board as they come in"), default=False,
        help_text=_("Before the results are shown to guests. Otherwise the board has the start list until then."),
    )  # fmt: skip
    words = models.JSONField(
        _("own words to a runner"), default=dict, blank=True,
        help_text=_("{state: {language: line}}; without one our own line is used."),
    )  # fmt: skip
    signed_by = TextsField(_("who signs the diplomas"))
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.DRAFT, editable=False)
    published_at = models.DateTimeField(_("shown to guests since"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False, help_text="Raised with every change of a result.")
    board_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    board_version = models.PositiveSmallIntegerField(default=1, editable=False)

    objects = RaceQuerySet.as_manager()

    class Privacy:
        kept = (
            "id", "activity", "course", "start", "first_start_at", "interval_seconds", "official", "precision", "order",
            "shows_places", "ranks_gender", "ranks_class", "ranks_company", "company_best", "shows_contests",
            "counts_told_times", "cheering", "is_live", "words", "signed_by", "state", "published_at", "revision",
            "board_id", "board_version",
        )  # fmt: skip

    class Meta:
        verbose_name = _("race")
        verbose_name_plural = _("races")
        constraints = [
            models.CheckConstraint(
                condition=Q(interval_seconds__gte=1), name="race_interval_is_a_second",
                violation_error_message=_("There must be a second at least between two starts."),
            ),
            models.CheckConstraint(
                condition=~Q(state="draft") | Q(published_at=None), name="race_is_published_after_it_began",
                violation_error_message=_("There are no results to show yet."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.activity)

    @property
    def step(self):
        """What times are rounded up to, as domain.ranking.Precision."""
        return Step(self.precision)

    @property
    def window(self):
        """The times that are likely on its course; what lies outside is warned of."""
        if not self.course_id:
            return Window()
        return Window(self.course.quickest_seconds * 1000, self.course.slowest_seconds * 1000)

    @property
    def is_final(self):
        return self.state == self.State.FINAL

    @property
    def is_published(self):
        return self.published_at is not None

    @property
    def shows_times(self):
        """Whether whoever has the board's link sees times."""
        return self.is_published or self.is_live

    @property
    def takes_cheers(self):
        return self.cheering != self.Cheering.OFF

    @property
    def starts_at(self):
        """The first start."""
        return self.first_start_at or self.activity.starts_at


class Wave(models.Model):
    """Those who start together, when a race starts in waves."""

    race = models.ForeignKey("events.Race", models.CASCADE, verbose_name=_("race"))
    title = TextsField(_("title"))
    starts_at = models.DateTimeField(_("starts"))
    capacity = models.PositiveIntegerField(
        _("room for"), null=True, blank=True, validators=[MinValueValidator(1)],
        help_text=_("Empty means room for everyone."),
    )  # fmt: skip

    class Privacy:
        kept = ("id", "race", "title", "starts_at", "capacity")

    class Meta:
        verbose_name = _("wave")
        verbose_name_plural = _("waves")
        ordering = ["starts_at", "pk"]

    def __str__(self):
        return str(self.title) or gettext("a wave")
