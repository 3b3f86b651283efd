"""What a runner may tell about the race: everything optional, and the target time as people write it."""

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..domain.ambition import read_ambition
from ..domain.racetime import LONGEST_TEXT, SECOND, DoubtfulTime, NotATime, printed
from ..models import Entry, RaceClass
from .fields import Segments

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
    shirt_size = forms.ChoiceField(label=_("T-shirt size"), required=False, choices=Entry.Shirt, widget=Segments)

    def __init__(self, data=None, *, answer, classes, entry, **kwargs):
        entry = entry or Entry()
        initial = {
            "race_class": entry.race_class_id,
            "has_been_before": {True: "yes", False: "no"}.get(entry.has_been_before),
            "ambition": print_seconds(entry.ambition_seconds) if entry.ambition_seconds else "",
            "shirt_size": entry.shirt_size,
        }
        super().__init__(data, prefix=f"race-{answer.pk}", initial=initial, **kwargs)
        if classes:
            self.fields["race_class"].choices = [(each.pk, str(each)) for each in classes]
        else:
            del self.fields["race_class"]
        if not answer.activity.asks_shirt_size:
            del self.fields["shirt_size"]

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
        self.order_fields(["race_class", "has_been_before", "ambition", "meant"])
        asked = forms.ValidationError(_("Choose which time you mean, or write it anew."), code="doubtful")
        self.add_error("meant", asked)
        return None

    @property
    def said(self):
        """{fact: value} as actions.entries takes them; nothing about what was not asked."""
        said, facts = self.cleaned_data, {"ambition_seconds": self.cleaned_data["ambition"]}
        facts["has_been_before"] = {"yes": True, "no": False}.get(said["has_been_before"])
        if "race_class" in self.fields:
            facts["race_class_id"] = int(said["race_class"]) if said["race_class"] else None
        if "shirt_size" in self.fields:
            facts["shirt_size"] = said["shirt_size"]
        return facts


def entry_forms(answers, data=None):
    """{answer id: EntryForm} of places in races; two queries, however many run."""
    classes = {}
    for each in RaceClass.objects.filter(activity__in={answer.activity_id for answer in answers}):
        classes.setdefault(each.activity_id, []).append(each)
    found = Entry.objects.filter(guest__in={answer.guest_id for answer in answers})
    entries = {(entry.guest_id, entry.activity_id): entry for entry in found}
    return {
        answer.pk: EntryForm(
            data, answer=answer, classes=classes.get(answer.activity_id, []),
            entry=entries.get((answer.guest_id, answer.activity_id)),
        )
        for answer in answers
    }  # fmt: skip
