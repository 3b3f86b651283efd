"""What the kitchen should know of each of a party, and the consent to keep it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain import names
from ..domain.food import Plate
from ..models import Food
from ..models.food_words import AGREE

OTHER_LENGTH = Food._meta.get_field("other").max_length


class FewWords(forms.CharField):
    """Words on one line, cleaned before they are measured."""

    def to_python(self, value):
        return names.squeeze(super().to_python(value).replace("\x00", " "))


class Agreement(forms.BooleanField):
    """A box that nobody has to tick, and that is not called optional either: it depends on the rest."""

    def validate(self, value):
        pass


class FoodForm(forms.Form):
    """Boxes and a line of words for each person; with asks_consent the box of the consent, never ticked for them.

    people: the guests at the table, of whom those count that the page showed; told: {guest id: Plate}; me: the guest
    who reads it.
    """

    use_required_attribute = False

    def __init__(self, *args, people, told, asks_consent, me, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = [person for person in people if self._is_told_of(person)] or people
        for person in self.people:
            self._ask(person, told.get(person.pk, Plate()), is_me=person == me)
        if asks_consent and people:
            self.fields["consent"] = Agreement(label=_(AGREE))

    def _is_told_of(self, person):
        """A page that was loaded before somebody came in says nothing of that person, not even "eats everything"."""
        return any(f"{name}-{person.pk}" in self.data for name in ("needs", "other"))

    def _ask(self, person, plate, *, is_me):
        needs, other = (text % {"name": person.name} for text in _questions(person, is_me=is_me))
        self.fields[f"needs-{person.pk}"] = forms.MultipleChoiceField(
            label=needs, choices=Food.Need.choices, initial=list(plate.needs), required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choose among those in the list, and write the rest in words below.")},
        )  # fmt: skip
        self.fields[f"other-{person.pk}"] = FewWords(
            label=other, initial=plate.other, required=False, max_length=OTHER_LENGTH,
            help_text=_("Another allergy, or something else that makes the day work, in a few words."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"max_length": _("Write it in %(limit_value)d characters at the most.")},
        )  # fmt: skip

    @property
    def plates(self):
        """{guest id: Plate} as it was sent, codes in the order of the list; without what was refused."""
        return {person.pk: self._plate(person.pk) for person in self.people}

    def _plate(self, pk):
        chosen = self.cleaned_data.get(f"needs-{pk}", [])
        needs = tuple(code for code in Food.Need.values if code in chosen)
        return Plate(needs, self.cleaned_data.get(f"other-{pk}", ""))

    @property
    def is_agreed(self):
        return bool(self.cleaned_data.get("consent"))

    def clean(self):
        cleaned = super().clean()
        is_special = any(plate.is_special for plate in self.plates.values())
        if "consent" in self.fields and is_special and not self.is_agreed:
            self.add_error("consent", _("Tick this box, so that we may keep what you told us."))
        return cleaned


def _questions(person, *, is_me):
    """(about boxes, about other words) in the reader's language, with %(name)s where there is a name."""
    if is_me:
        return _("Is there anything you can't or don't eat?"), _("Anything else, for you")
    if person.companion_name:
        return _("Is there anything %(name)s can't or doesn't eat?"), _("Anything else, for %(name)s")
    return _("Is there anything your companion can't or doesn't eat?"), _("Anything else, for your companion")
