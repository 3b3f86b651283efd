"""What organisers type to give out bibs, waves and start times, for all or for one."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domain.starts import BIGGEST_BIB, MOST_SEED, NotNumbers, Order, Pace, read_numbers
from ..models import Wave
from .activities import MOMENT
from .asking import ShortTexts
from .fields import MomentField, NumberField
from .guests import GuestByHandForm
from .race_setup import TO_THE_SECOND

BY = {
    Order.NAME: _("by name"),
    Order.START: _("by start time"),
    Order.BIB: _("by bib"),
    Order.SLOWEST: _("by ambition, the slowest first"),
    Order.FASTEST: _("by ambition, the fastest first"),
    Order.SEEDED: _("seeded: the fastest of earlier years last"),
    Order.DRAWN: _("drawn"),
    Order.CLASS: _("by class"),
}


def _orders(*orders):
    return [(order.value, BY[order]) for order in orders]


class OrderField(forms.ChoiceField):
    """One of some orders; cleans to the Order."""

    def __init__(self, *orders, **kwargs):
        choices = _orders(*orders)
        super().__init__(label=_("in which order"), choices=choices, widget=forms.RadioSelect, **kwargs)
        self.initial = orders[0].value

    def clean(self, value):
        return Order(super().clean(value))


class BibsForm(forms.Form):
    """How bibs are to be given out."""

    first = NumberField(label=_("from number"), usual=1, initial=1, min_value=1, max_value=BIGGEST_BIB)
    kept_free = forms.CharField(
        label=_("numbers to keep free"), required=False, max_length=200,
        help_text=_("Like “13, 100-120”. Nobody gets these."),
    )  # fmt: skip
    order = OrderField(Order.NAME, Order.START)
    keeps_last = forms.BooleanField(
        label=_("the same bib as last time"), required=False,
        help_text=_("Whoever ran in an earlier edition of the series keeps the number while it is free."),
    )  # fmt: skip
    only_without = forms.BooleanField(
        label=_("only those who have none yet"), required=False, initial=True,
        help_text=_("Untick it to give out all numbers anew."),
    )  # fmt: skip

    def clean_kept_free(self):
        try:
            return read_numbers(self.cleaned_data["kept_free"])
        except NotNumbers as wrong:
            words = _("“%(word)s” is no number. Write numbers and stretches like “13, 100-120”.")
            raise forms.ValidationError(words % {"word": wrong.word}, code="no_number") from None


class Drawn(forms.Form):
    """An order that may be drawn; the seed is that of the draw in hand, so that what is seen is what is done."""

    seed = forms.IntegerField(min_value=0, max_value=MOST_SEED, required=False, widget=forms.HiddenInput)

    def clean_seed(self):
        return self.cleaned_data["seed"] or 0


class SlotsForm(Drawn):
    """How start times are to be given out."""

    first_at = MomentField(label=_("first start"), widget=TO_THE_SECOND)
    seconds = forms.IntegerField(label=_("seconds between starts"), min_value=1, max_value=3600)
    order = OrderField(Order.SLOWEST, Order.FASTEST, Order.SEEDED, Order.DRAWN, Order.BIB, Order.NAME)
    pause_after = NumberField(
        label=_("a pause after so many starters"), usual=0, min_value=0, max_value=1000,
        help_text=_("Empty means no pauses."),
    )  # fmt: skip
    pause_minutes = NumberField(label=_("minutes of each pause"), usual=2, initial=2, min_value=0, max_value=120)
    only_without = forms.BooleanField(
        label=_("only those who have none yet"), required=False,
        help_text=_("They start behind the last who has a start time."),
    )  # fmt: skip
    field_order = ["first_at", "seconds", "order", "pause_after", "pause_minutes", "only_without", "seed"]

    @property
    def pace(self):
        said = self.cleaned_data
        return Pace(
            first_at=said["first_at"], seconds=said["seconds"], pause_after=said["pause_after"],
            pause_seconds=said["pause_minutes"] * 60,
        )  # fmt: skip


class WavesForm(Drawn):
    """How the waves are to be filled."""

    order = OrderField(Order.SLOWEST, Order.FASTEST, Order.DRAWN, Order.CLASS, Order.BIB, Order.NAME)


class WaveForm(forms.Form):
    """One wave."""

    title = ShortTexts(
        label=_("title"), required=False, help_text=_("Like “Red wave”; without one the time is enough.")
    )
    starts_at = MomentField(label=_("starts"), widget=MOMENT)
    capacity = forms.IntegerField(
        label=pgettext_lazy("so many runners", "room for"), required=False, min_value=1, max_value=100_000,
        help_text=_("Empty means room for everyone."),
    )  # fmt: skip


class StartForm(forms.Form):
    """One runner's bib and start. Which start is asked for depends on how the race starts."""

    bib = forms.IntegerField(
        label=_("bib"), required=False, min_value=1, max_value=BIGGEST_BIB, widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 5}
        ),
        help_text=_("Empty takes it back."),
    )  # fmt: skip
    slot_at = MomentField(
        label=_("own start time"), required=False, widget=TO_THE_SECOND, help_text=_("Empty takes it back.")
    )
    wave = forms.ModelChoiceField(Wave.objects.none(), label=_("wave"), required=False, empty_label=_("no wave yet"))

    def __init__(self, *args, race, **kwargs):
        super().__init__(*args, **kwargs)
        if race.start != race.Start.INTERVAL:
            del self.fields["slot_at"]
        if race.start == race.Start.WAVES:
            self.fields["wave"].queryset = Wave.objects.filter(race=race.pk)
        else:
            del self.fields["wave"]

    @property
    def said(self):
        """{field: value} as actions.starts takes it."""
        said = dict(self.cleaned_data)
        if "wave" in said:
            wave = said.pop("wave")
            said["wave_id"] = wave.pk if wave else None
        return said


class WalkInForm(GuestByHandForm):
    """Somebody new who stands here: a name is enough."""

    field_order = ["name", "company", "email", "phone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("language", "host", "companions_allowed", "personal_line", "invited_to"):
            del self.fields[name]

    def clean_companions_allowed(self):
        return 0
