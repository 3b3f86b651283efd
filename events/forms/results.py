"""What a guest chooses about the own result, and the times from before that a guest tells of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.racetime import LONGEST_TEXT, DoubtfulTime, NotATime, read
from ..domain.shown_results import place_is_shown
from ..models.result_words import clock

EARLIEST_YEAR = 1950


class ShownForm(forms.Form):
    """What the others see of one runner's result."""

    shows_place = forms.BooleanField(label=_("Show my place"), required=False)
    hides_time = forms.BooleanField(
        label=_("Hide my time"), required=False,
        help_text=_("The others then read that you have finished, and nothing more. You have no place then."),
    )  # fmt: skip

    def __init__(self, data=None, *, entry, race, **kwargs):
        self.entry, self.race = entry, race
        shows_place = place_is_shown(entry.shows_place, race.shows_places)
        initial = {"shows_place": shows_place, "hides_time": entry.hides_time}
        super().__init__(data, prefix=f"shown-{entry.pk}", initial=initial, **kwargs)
        if entry.guest.companion_of_id:
            self.fields["shows_place"].label = _("Show the place")
            self.fields["hides_time"].label = _("Hide the time")
            self.fields["hides_time"].help_text = _(
                "The others then read “finished”, and nothing more. There is no place then."
            )

    @property
    def chosen(self):
        """What is chosen; a place shown or not as the race has it anyway stays as it was."""
        said = self.cleaned_data
        chosen = {"hides_time": said["hides_time"]}
        if said["shows_place"] != self.initial["shows_place"]:
            chosen["shows_place"] = said["shows_place"]
        return chosen


class EarlierTimeForm(forms.Form):
    """One year and the time then. A time that may mean two things is asked about."""

    year = forms.IntegerField(
        label=_("Year"), widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Write the year, like 2019."), "invalid": _("Write the year, like 2019."),
        },
    )  # fmt: skip
    time = forms.CharField(
        label=_("Your time"), help_text=_("Minutes and seconds, like 12:30."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_TEXT, "class": "short"}),
        error_messages={"required": _("Write the time like 12:30 or 12 min.")},
    )  # fmt: skip

    def __init__(self, data=None, *, before, **kwargs):
        """before: the year of the race, of which nothing can be told yet."""
        super().__init__(data, **kwargs)
        self.before = before

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not EARLIEST_YEAR <= year < self.before:
            message = _("Choose a year from %(first)s to %(last)s.")
            params = {"first": EARLIEST_YEAR, "last": self.before - 1}
            raise forms.ValidationError(message % params, code="other_year")
        return year

    def clean(self):
        said = super().clean()
        if "time" in said:
            said["time_ms"] = self._milliseconds(said["time"])
        return said

    def _milliseconds(self, text):
        try:
            time = read(text)
        except NotATime:
            time = 0
        except DoubtfulTime as doubt:
            return self._meant(doubt.readings)
        if not 0 < time <= 24 * 3_600_000:
            self.add_error("time", forms.ValidationError(_("Write the time like 12:30 or 12 min."), code="no_time"))
        return time

    def _meant(self, readings):
        """What was chosen of the readings; asks where nothing was, or the time was written anew since."""
        chosen = self.data.get("meant", "")
        if chosen in map(str, readings):
            return int(chosen)
        self.fields["meant"] = forms.ChoiceField(
            label=_("Which time do you mean?"), required=False, widget=forms.RadioSelect,
            choices=[(each, clock(each)) for each in readings],
        )  # fmt: skip
        asked = forms.ValidationError(_("Choose which time you mean, or write it anew."), code="doubtful")
        self.add_error("meant", asked)
        return None
