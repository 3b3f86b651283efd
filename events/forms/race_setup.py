"""How a race is run, as organisers set it up: the race itself, its course, and for whom its classes are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.ambition import read_ambition
from ..domain.racetime import DoubtfulTime, NotATime
from ..models import Course, Race, RaceClass
from .asking import ShortTexts
from .fields import MomentField
from .race import print_seconds

TO_THE_SECOND = forms.DateTimeInput(
    format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": "1"}
)  # fmt: skip
GROUPS = (
    (_("Course"), ["course"]),
    (_("Start"), ["start", "first_start_at", "interval_seconds"]),
    (_("Times"), ["official", "precision"]),
    (
        _("Lists and places"),
        ["order", "shows_places", "ranks_class", "ranks_gender", "ranks_company", "company_best", "counts_told_times"],
    ),
    (_("Around it"), ["cheering", "signed_by"]),
)


class RaceForm(forms.ModelForm):
    """The settings of one race."""

    first_start_at = MomentField(
        label=_("first start"), required=False, widget=TO_THE_SECOND,
        help_text=_("Empty means when the race begins on the programme. Start times already given out move along."),
    )  # fmt: skip
    signed_by = ShortTexts(
        label=_("who signs the diplomas"), required=False,
        help_text=_("A name and a title, like “Otto Lie, race leader”."),
    )  # fmt: skip

    class Meta:
        model = Race
        fields = [name for _title, names in GROUPS for name in names]
        widgets = dict.fromkeys(("start", "official", "precision", "order", "cheering"), forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.all()
        self.fields["course"].label = _("course and version")
        self.fields["course"].empty_label = _("no course yet")

    @property
    def groups(self):
        """[(title, [bound field])]"""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]


class SecondsField(forms.CharField):
    """A likely time, written as race times are; cleans to seconds."""

    default_error_messages = {"no_time": _("Write the time like 12:30 or 1:30:00.")}

    def prepare_value(self, value):
        return print_seconds(value) if isinstance(value, int) else value

    def clean(self, value):
        value = super().clean(value)
        try:
            return read_ambition(value)
        except (NotATime, DoubtfulTime):
            raise forms.ValidationError(self.error_messages["no_time"], code="no_time") from None

    def has_changed(self, initial, data):
        return True


class CourseForm(forms.ModelForm):
    """A course in one version."""

    quickest_seconds = SecondsField(
        label=_("quickest likely time"), help_text=_("Times outside these two are shown with a warning, no more.")
    )
    slowest_seconds = SecondsField(label=_("slowest likely time"))
    facts = ShortTexts(
        label=_("about the course"), required=False,
        help_text=_("As on diplomas, like “about 908 steps, around 300 metres of climb”."),
    )  # fmt: skip

    class Meta:
        model = Course
        fields = ["name", "version", "distance_m", "climb_m", "facts", "quickest_seconds", "slowest_seconds"]


class RuleForm(forms.ModelForm):
    """For whom one class is; all of it may stay empty."""

    class Meta:
        model = RaceClass
        fields = ["gender", "from_age", "to_age"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = [("", _("everybody")), *list(self.fields["gender"].choices)[1:]]
        self.fields["gender"].help_text = self.fields["from_age"].help_text = ""
