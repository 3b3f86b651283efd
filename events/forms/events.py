"""Making an event: title, day, programme to start from, places and deadline."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..domain import names
from ..models import Event, Series
from .fields import DayField
from .texts import TextsFormField

MOST_PLACES = 100_000
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class EventForm(forms.ModelForm):
    """An event's settings, and whether what is said of companions holds for those who are here, too."""

    also_for_all = forms.BooleanField(
        label=_("Also for the guests who are here already"), required=False,
        help_text=_("All of them may then bring as many. A lowered number removes nobody."),
    )  # fmt: skip


LIKE = "like-"


class MakeEventForm(forms.Form):
    """`slug` is made from the title when left empty. others: {id: Event} of those one may begin from."""

    title = TextsFormField(label=_("title"))
    held_on = DayField(label=_("day"), widget=DAY)
    programme = forms.ChoiceField(
        label=_("start from"),
        widget=forms.RadioSelect,
        initial="stoltzen",
        choices=[
            ("stoltzen", _("The Stoltzen programme: gathering at 15:00, uphill race at 16:00, dinner at 19:30")),
            ("empty", _("An empty programme")),
        ],
    )
    with_guests = forms.BooleanField(
        label=_("Bring its guest list along"),
        required=False,
        help_text=_("The next page says who comes along and who stays behind, before anything is done."),
    )
    race_capacity = forms.IntegerField(
        label=_("places in the race"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("Empty means room for everyone, or as many as in the event it starts from."),
    )
    dinner_capacity = forms.IntegerField(
        label=_("places at the dinner"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("Empty means room for everyone, or as many as in the event it starts from."),
    )
    deadline = DayField(
        label=_("answer by"), widget=DAY, required=False, help_text=_("Guests can answer to the end of this day.")
    )
    town = forms.CharField(label=_("town"), max_length=80, required=False)
    series = forms.ModelChoiceField(label=_("series"), queryset=Series.objects.all(), required=False, empty_label="–")
    slug = forms.SlugField(
        label=_("short name"),
        max_length=60,
        required=False,
        help_text=_("In addresses and commands, like stoltzen-2026. Made from the title when left empty."),
    )

    def __init__(self, *args, others=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = {f"{LIKE}{pk}": event for pk, event in (others or {}).items()}
        programme = self.fields["programme"]
        programme.choices += [(key, gettext("As %(title)s was") % {"title": each}) for key, each in self.others.items()]
        if self.others:
            programme.help_text = _(
                "From an event there was come programme, questions, letters and settings, and its guest list if you "
                "like – never answers, results or photos."
            )
        else:
            del self.fields["with_guests"]

    def clean(self):
        cleaned = super().clean()
        cleaned["source"] = self.others.get(cleaned.get("programme"))
        title, held_on, deadline = (cleaned.get(name) for name in ("title", "held_on", "deadline"))
        if deadline and held_on and deadline > held_on:
            self.add_error("deadline", _("The last day to answer cannot be after the event."))
        if title and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = slugify(names.fold(str(title)))[:60]
        if cleaned.get("slug") and Event.objects.filter(slug=cleaned["slug"]).exists():
            self.add_error("slug", _("Another event has this short name. Write a different one."))
        elif title and not cleaned.get("slug") and "slug" not in self.errors:
            self.add_error("slug", _("Write a short name of letters and digits."))
        return cleaned
