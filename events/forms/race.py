"""What a runner may tell about the race: everything optional, and the target time as people write it."""

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..domain.ambition import read_ambition
from ..domain.racetime import LONGEST_TEXT, SECOND, DoubtfulTime, NotATime, printed
from ..domain.starts import fits_class
from ..models import Entry, Race, RaceClass
from .fields import Segments

FOUR_FIGURES = _("Write the year with four figures, like 1985, or leave it empty.")
NO_TIME = _("Write the time like 12:30 or 12 min, or leave it empty.")
YES_NO = [("yes", pgettext_lazy("a reply", "Yes")), ("no", pgettext_lazy("a reply", "No"))]


def print_seconds(seconds):
    """The ambition as the language in force writes it."""
    return printed(seconds * SECOND, get_language())


class EntryForm(forms.Form):
    """One person's place in one race. A target time that may mean two things is asked about with what it may mean."""

    race_class = forms.ChoiceField(label=_("Class"), required=False, widget=forms.RadioSelect)
    has_been_before = forms.ChoiceField(
        label=_("Been up before?"), required=False, choices=YES_NO, widget=Segments
    )  # fmt: skip
    ambition = forms.CharField(
        label=_("What time are you hoping for?"), required=False,
        help_text=_("Minutes and seconds, like 12:30. Only the hosts and you see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_TEXT, "class": "short"}),
    )  # fmt: skip
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, widget=Segments,
        choices=[("K", pgettext_lazy("a runner", "Woman")), ("M", pgettext_lazy("a runner", "Man")),
                 ("X", pgettext_lazy("a runner", "Neither"))],
        help_text=_("Only for the right class and place. Leave it out if you like; you run all the same."),
    )  # fmt: skip
    birth_year = forms.IntegerField(
        label=_("Year of birth"), required=False, min_value=1900,
        error_messages={"min_value": FOUR_FIGURES, "max_value": FOUR_FIGURES, "invalid": FOUR_FIGURES},
        help_text=_("Only for the right class. It is shown to nobody, and deleted with your data."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "bday-year", "maxlength": 4, "class": "short"}
        ),
    )  # fmt: skip
    shirt_size = forms.ChoiceField(label=_("T-shirt size"), required=False, choices=Entry.Shirt, widget=Segments)
    shows_place = forms.ChoiceField(
        label=_("May others see your place?"), required=False, choices=YES_NO, widget=Segments,
        help_text=_("You choose. Without a reply it is as the host does for all."),
    )  # fmt: skip
    hides_time = forms.BooleanField(
        label=_("Hide my time"), required=False,
        help_text=_("Others then see that you have finished, and you alone see your time. You have no place then."),
    )  # fmt: skip

    def __init__(self, data=None, *, answer, classes, entry, race=None, is_started=False, **kwargs):
        entry, race = entry or Entry(), race or Race(activity=answer.activity)
        self.is_started = is_started
        initial = {
            "race_class": entry.race_class_id,
            "has_been_before": {True: "yes", False: "no"}.get(entry.has_been_before),
            "ambition": print_seconds(entry.ambition_seconds) if entry.ambition_seconds else "",
            "shirt_size": entry.shirt_size,
            "gender": entry.gender,
            "birth_year": entry.birth_year,
            "shows_place": {True: "yes", False: "no"}.get(entry.shows_place),
            "hides_time": entry.hides_time,
        }
        super().__init__(data, prefix=f"race-{answer.pk}", initial=initial, **kwargs)
        if classes:
            self.fields["race_class"].choices = [(each.pk, str(each)) for each in classes]
        else:
            del self.fields["race_class"]
        if not answer.activity.asks_shirt_size:
            del self.fields["shirt_size"]
        self._ask_for_the_class(answer, classes, entry, race)
        if is_started:
            self.fields["ambition"].disabled = True
            self.fields["ambition"].help_text = _("The race has begun, so the time you hoped for stays as it is.")

    def _ask_for_the_class(self, answer, classes, entry, race):
        """Gender and year of birth only where a class or a ranking needs them; with both known, the class that fits."""
        year = answer.activity.starts_at.year
        if not (race.ranks_gender or any(each.gender for each in classes)):
            del self.fields["gender"]
        if any(each.has_ages for each in classes):
            self.fields["birth_year"].validators.append(MaxValueValidator(year, FOUR_FIGURES))
        else:
            del self.fields["birth_year"]
        fitting = None if entry.race_class_id else suggested_class(entry, classes, year)
        if fitting:
            words = _("By your age and gender: %(class)s. You choose.")
            self.fields["race_class"].help_text = words % {"class": fitting}

    def clean(self):
        """The ambition in seconds or None."""
        said = super().clean()
        try:
            said["ambition"] = read_ambition(said.get("ambition", ""))
        except NotATime:
            self.add_error("ambition", forms.ValidationError(NO_TIME, code="no_time"))
        except DoubtfulTime as doubt:
            said["ambition"] = self._meant([each // SECOND for each in doubt.readings])
        return said

    def _meant(self, readings):
        """What was chosen of the readings; asks where nothing was, or the time was written anew since."""
        chosen = self.data.get(self.add_prefix("meant"), "")
        if chosen in map(str, readings):
            return int(chosen)
        self.fields["meant"] = forms.ChoiceField(
            label=_("Which time do you mean?"), required=False, widget=forms.RadioSelect,
            choices=[(each, print_seconds(each)) for each in readings],
        )  # fmt: skip
        self.order_fields(["race_class", "gender", "birth_year", "has_been_before", "ambition", "meant"])
        asked = forms.ValidationError(_("Choose which time you mean, or write it anew."), code="doubtful")
        self.add_error("meant", asked)
        return None

    @property
    def said(self):
        """{fact: value} as actions.entries takes them; nothing about what was not asked."""
        said, facts = self.cleaned_data, {"ambition_seconds": self.cleaned_data["ambition"]}
        facts["has_been_before"] = {"yes": True, "no": False}.get(said["has_been_before"])
        if self.is_started:
            del facts["ambition_seconds"]
        for name in ("gender", "birth_year"):
            if name in self.fields:
                facts[name] = said[name]
        facts["shows_place"] = {"yes": True, "no": False}.get(said["shows_place"])
        facts["hides_time"] = said["hides_time"]
        if "race_class" in self.fields:
            facts["race_class_id"] = int(said["race_class"]) if said["race_class"] else None
        if "shirt_size" in self.fields:
            facts["shirt_size"] = said["shirt_size"]
        return facts


def suggested_class(entry, classes, year):
    """The first class with a rule that fits by age and gender; None unless both are known. Titles are never read."""
    if not entry.gender or not entry.birth_year:
        return None
    told = {"gender": entry.gender, "age": year - entry.birth_year}
    return next((each for each in classes if each.has_rule and fits_class(**told, of_class=each.rule)), None)


def entry_forms(answers, data=None):
    """{answer id: EntryForm} of places in races; three queries, however many run."""
    now = timezone.now()
    races = {race.activity_id: race for race in Race.objects.filter(activity__in={row.activity_id for row in answers})}
    for answer in answers:
        races.setdefault(answer.activity_id, Race()).activity = answer.activity
    classes = {}
    for each in RaceClass.objects.filter(activity__in={answer.activity_id for answer in answers}):
        classes.setdefault(each.activity_id, []).append(each)
    found = Entry.objects.filter(guest__in={answer.guest_id for answer in answers})
    entries = {(entry.guest_id, entry.activity_id): entry for entry in found}
    return {
        answer.pk: EntryForm(
            data, answer=answer, classes=classes.get(answer.activity_id, []),
            entry=entries.get((answer.guest_id, answer.activity_id)), race=races[answer.activity_id],
            is_started=now >= races[answer.activity_id].starts_at,
        )
        for answer in answers
    }  # fmt: skip
