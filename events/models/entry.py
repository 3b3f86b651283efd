from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .texts import TextsField

# What stands in the history for each of the facts of an entry.
CODES = {
    "race_class_id": "class", "has_been_before": "before", "ambition_seconds": "ambition", "shirt_size": "shirt",
    "gender": "gender", "birth_year": "born", "shows_place": "place", "hides_time": "hides",
}  # fmt: skip


class Gender(models.TextChoices):
    """As guests say it of themselves where a race asks; nobody must."""

    WOMAN = "K", _("women")
    MAN = "M", _("men")
    OTHER = "X", _("none of the two")


class RaceClass(models.Model):
    """A class or category of a race, as the organiser set it up."""

    activity = models.ForeignKey("events.Activity", models.CASCADE, verbose_name=_("activity"))
    title = TextsField(_("title"), blank=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    gender = models.CharField(
        _("for whom"), max_length=1, choices=Gender, blank=True, help_text=_("Empty means everybody.")
    )
    from_age = models.PositiveSmallIntegerField(
        _("from the age of"), null=True, blank=True, help_text=_("The age on the last day of the year.")
    )
    to_age = models.PositiveSmallIntegerField(_("to the age of"), null=True, blank=True)

    class Privacy:
        kept = ("id", "activity", "title", "position", "gender", "from_age", "to_age")

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_age=None) | Q(to_age=None) | Q(to_age__gte=F("from_age")),
                name="race_class_ages_are_in_order",
                violation_error_message=_("The highest age must not be below the lowest."),
            ),
        ]

    def __str__(self):
        return str(self.title)

    @property
    def has_ages(self):
        return self.from_age is not None or self.to_age is not None

    @property
    def has_rule(self):
        """Whether the class is for some by age or gender; its title says nothing of that to us."""
        return bool(self.gender) or self.has_ages

    @property
    def rule(self):
        """As domain.starts.fits_class takes it."""
        return self.gender, self.from_age, self.to_age


class EntryQuerySet(models.QuerySet):
    def of_those_taking_part(self):
        """Of guests who are coming or waiting for a place; what others told is kept and not shown."""
        return self.filter(guest__answer__activity=F("activity"), guest__answer__state__in=["coming", "waiting"])

    def told(self):
        """Those whose guests have said something about the race; others only have a bib or a start."""
        return self.filter(told_at__isnull=False)

    def for_results(self):
        """With the people, and those who bring them."""
        return self.select_related("guest__contact__company", "guest__companion_of__contact__company")

    def for_ranking(self):
        """With what results are derived from and nothing else, for it is read with every mark of a race."""
        return self.select_related("guest__contact", "guest__companion_of__contact").only(
            "wave", "slot_at", "gender", "birth_year", "race_class", "ambition_seconds", "hides_time",
            "guest__sort_key", "guest__forgotten_at", "guest__contact__company",
            "guest__companion_of__contact__company",
        )  # fmt: skip


class Entry(models.Model):
    """A guest's place in a race: what the guest told about it, bib, wave or own start time."""

    class Shirt(models.TextChoices):
        XS = "XS", "XS"
        S = "S", "S"
        M = "M", "M"
        L = "L", "L"
        XL = "XL", "XL"
        XXL = "XXL", "XXL"

    guest = models.ForeignKey("events.Guest", models.CASCADE, verbose_name=_("guest"))
    activity = models.ForeignKey("events.Activity", models.CASCADE, verbose_name=_("activity"))
    race_class = models.ForeignKey("events.RaceClass", models.SET_NULL, null=True, blank=True, verbose_name=_("class"))
    has_been_before = models.BooleanField(_("been up before"), null=True, blank=True)
    ambition_seconds = models.PositiveIntegerField(_("ambition"), null=True, blank=True, help_text=_("In seconds."))
    shirt_size = models.CharField(_("T-shirt size"), max_length=3, choices=Shirt, blank=True)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    bib = models.PositiveIntegerField(_("bib"), null=True, blank=True)
    wave = models.ForeignKey("events.Wave", models.SET_NULL, null=True, blank=True, verbose_name=_("wave"))
    slot_at = models.DateTimeField(
        _("own start time"), null=True, blank=True, help_text=_("Where one starts after the other.")
    )
    shows_place = models.BooleanField(
        _("shows the place"), null=True, blank=True, help_text=_("As the guest chose; empty means as the race does.")
    )
    hides_time = models.BooleanField(
        _("hides the time"), default=False, help_text=_("Others then read that the guest has finished, and no more.")
    )
    wants_no_cheers = models.BooleanField(
        _("wants no cheers"), default=False, help_text=_("Nobody can then cheer, and what others said is hidden.")
    )
    told_at = models.DateTimeField(
        _("told at"), null=True, blank=True, help_text=_("Empty as long as the guest has said nothing about the race.")
    )
    changed_at = models.DateTimeField(_("changed at"))

    objects = EntryQuerySet.as_manager()

    class Privacy:
        erased = {"birth_year": None, "gender": ""}
        kept = (
            "id", "guest", "activity", "race_class", "has_been_before", "ambition_seconds", "shirt_size", "bib", "wave",
            "slot_at", "shows_place", "hides_time", "wants_no_cheers", "told_at", "changed_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("race entry")
        verbose_name_plural = _("race entries")
        constraints = [
            models.UniqueConstraint(
                fields=["guest", "activity"], name="entry_is_one_per_race",
                violation_error_message=_("This guest is in this race already."),
            ),
            models.UniqueConstraint(
                fields=["activity", "bib"], condition=~Q(bib=None), name="entry_bib_is_of_one",
                violation_error_message=_("Somebody else has this bib."),
            ),
            models.UniqueConstraint(
                fields=["activity", "slot_at"], condition=~Q(slot_at=None), name="entry_slot_is_of_one",
                violation_error_message=_("Somebody else starts at this moment."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return str(self.guest)

    @property
    def own_start_at(self):
        """The own start, or that of the wave; None where there is none."""
        return self.slot_at or (self.wave.starts_at if self.wave_id else None)
