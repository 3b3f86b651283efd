from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .entry import Entry
from .question import Question, Reply


def _summed(rows, function, field):
    """One number of these rows; not as an aggregate of Django's, which would group and say nothing of none."""
    return Subquery(rows.annotate(n=Func(F(field), function=function, output_field=IntegerField())).values("n"))


class AnswerQuerySet(models.QuerySet):
    def of_party(self, guest):
        """The guest's own and those of whom the guest brings."""
        return self.filter(Q(guest=guest) | Q(guest__companion_of=guest), guest__forgotten_at=None)

    def taking_part(self):
        """Coming, or waiting for a place, to what takes place."""
        return self.filter(state__in=["coming", "waiting"], activity__cancelled_at=None)

    def to_races(self):
        return self.filter(activity__kind="race")

    def asked_questions(self):
        """To what the organiser has own questions about."""
        return self.filter(Exists(Question.objects.filter(activity=OuterRef("activity"))))

    def with_more_to_tell(self):
        """Each with `is_asked_more`: whether there is more to tell of it than the answer."""
        questions = Exists(Question.objects.filter(activity=OuterRef("activity")))
        return self.annotate(is_asked_more=Case(When(activity__kind="race", then=Value(True)), default=questions))

    def without_entry(self):
        """Those who have told nothing about their race."""
        told = Entry.objects.told().filter(guest=OuterRef("guest"), activity=OuterRef("activity"))
        return self.filter(~Exists(told))

    def with_open_questions(self):
        """Those who have not seen one of the organiser's questions; an answer stands here once per question."""
        said = Reply.objects.filter(guest=OuterRef("guest"), question=OuterRef("activity__question"))
        return self.filter(~Exists(said), activity__question__isnull=False)

    def with_start(self):
        """Each with what the guest's entry there says of the start: `entry`, `bib`, `slot_at`, `wave_at`; a join."""
        own = FilteredRelation("guest__entry", condition=Q(guest__entry__activity=F("activity")))
        return self.annotate(own_entry=own).annotate(
            entry=F("own_entry__pk"), bib=F("own_entry__bib"), slot_at=F("own_entry__slot_at"),
            wave_at=F("own_entry__wave__starts_at"),
        )  # fmt: skip

    def with_heads(self):
        """Each with how its activity stands: `heads_coming`, `heads_waiting`, and the `last_number` in line."""
        others = Answer.objects.filter(activity=OuterRef("activity")).order_by()
        waiting = others.filter(state="waiting")
        return self.annotate(
            heads_coming=_summed(others.filter(state="coming"), "COUNT", "pk"),
            heads_waiting=_summed(waiting, "COUNT", "pk"),
            last_number=Coalesce(_summed(waiting, "MAX", "waiting_number"), 0),
        )

    def waiting(self):
        """In line, first come first."""
        return self.filter(state="waiting").order_by("waiting_number", "pk")

    def with_place(self):
        """Each with `place`: the place in line, from 1, as the guest is told it; None for who does not wait."""
        line = Answer.objects.filter(activity=OuterRef("activity"), state="waiting").order_by()
        before = line.filter(waiting_number__lt=OuterRef("waiting_number")).values("activity")
        heads = Subquery(before.annotate(heads=Count("pk")).values("heads"))
        return self.annotate(place=Case(When(state="waiting", then=Coalesce(heads, 0) + 1)))


class Answer(models.Model):
    """What a guest says to one activity. The row is there from the moment the guest is invited
    to the activity, and carries the identity of the guest's calendar entry. Who waits together shares a number.
    """

    class State(models.TextChoices):
        NO_ANSWER = "no_answer", _("no reply yet")
        COMING = "coming", _("coming")
        NOT_COMING = "not_coming", _("not coming")
        UNSURE = "unsure", _("doesn't know yet")
        WAITING = "waiting", _("on the waiting list")

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    activity = models.ForeignKey("events.Activity", models.PROTECT, verbose_name=_("activity"))
    state = models.CharField(_("answer"), max_length=10, choices=State, default=State.NO_ANSWER)
    waiting_number = models.PositiveIntegerField(_("number in line"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    promoted_at = models.DateTimeField(
        _("got a place at"), null=True, blank=True, editable=False,
        help_text=_("From the waiting list; empty again as soon as the guest has said yes to it."),
    )  # fmt: skip
    uid = models.CharField(max_length=60, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    stamped_at = models.DateTimeField(editable=False)
    left_at = models.DateTimeField(
        null=True, blank=True, editable=False,
        help_text="When a guest who was coming stopped; calendars hear of it for a while.",
    )  # fmt: skip
    programme_sequence = models.PositiveIntegerField(
        default=0, editable=False,
        help_text="The revision with which the programme became as it is; later ones are the guest's own doing.",
    )  # fmt: skip
    asked_sequence = models.PositiveIntegerField(
        null=True, blank=True, editable=False,
        help_text="The revision of the last calendar invitation that was sent; empty: none was.",
    )  # fmt: skip
    replied_sequence = models.PositiveIntegerField(null=True, blank=True, editable=False)
    replied_stamp_at = models.DateTimeField(
        null=True, blank=True, editable=False,
        help_text="DTSTAMP of the last calendar reply that was taken; older ones are out of date.",
    )  # fmt: skip

    objects = AnswerQuerySet.as_manager()
    entry = bib = slot_at = wave_at = None  # of the start in a race, where they have been read
    companions = ()  # the answers of those the guest brings, to the same activity, where they have been read

    class Privacy:
        erased = {"uid": None}
        kept = (
            "id", "guest", "activity", "state", "waiting_number", "answered_at", "promoted_at", "sequence",
            "stamped_at", "left_at", "programme_sequence", "asked_sequence", "replied_sequence", "replied_stamp_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["activity__starts_at", "pk"]
        indexes = [
            models.Index(fields=["activity", "state", "waiting_number"], name="answer_counts_and_line"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["guest", "activity"], name="answer_is_one_per_activity",
                violation_error_message=_("This guest is invited to this activity already."),
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", waiting_number__isnull=False)
                | (~Q(state="waiting") & Q(waiting_number=None)),
                name="answer_waits_with_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state="no_answer", answered_at=None)
                | (~Q(state="no_answer") & Q(answered_at__isnull=False)),
                name="answer_has_a_moment",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.get_state_display()

    @property
    def is_taking_part(self):
        """Coming, or waiting for a place."""
        return self.state in (self.State.COMING, self.State.WAITING)

    @property
    def own_start_at(self):
        """The guest's own start in a race, or that of the wave; None where there is none."""
        return self.slot_at or self.wave_at

    @property
    def has_start(self):
        """Whether anything has been given out that somebody else could have."""
        return bool(self.bib or self.own_start_at)
