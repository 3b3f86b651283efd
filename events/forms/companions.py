"""Who comes with a guest: a name, or later; what each comes to; and whoever does not come after all."""

from dataclasses import dataclass, field

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..domain import dates, names
from ..domain.answers import HOLDING, Choice
from .fields import fits

CHOICES = [(Choice.COMING.value, _("Coming")), (Choice.NOT_COMING.value, _("Can't come"))]
WITH_YOU = _("Somebody who comes with you")
AT_ONCE = 20  # as many new ones are read from one form at the most


@dataclass(frozen=True, slots=True)
class Person:
    """One companion as the form shows it: pk None for one more, states {slug: state}, is_bound where a place cannot
    be given back any more.
    """

    pk: int | None = None
    name: str = ""
    title: str = ""
    states: dict = field(default_factory=dict)
    is_bound: bool = False


class CompanionsForm(forms.Form):
    """Companions there are, and room for more; `groups` has a person with the form's fields each. Of somebody whom the
    page that was sent did not show, nothing is said.

    parts: {slug: title} of what can be answered; room: how many more the guest may bring.
    """

    def __init__(self, data=None, *, people, parts, room, one_more=WITH_YOU):
        super().__init__(data, auto_id="%s")
        shown = {f"c{person.pk}": person for person in people}
        self.people = {key: person for key, person in shown.items() if _is_told_of(data, f"{key}-")}
        for number in self._new(data, room):
            self.people[f"new{number}"] = Person(title=one_more)
        self.parts = parts
        for key, person in self.people.items():
            self._add_fields(key, person)

    @staticmethod
    def _new(data, room):
        """The numbers of the empty blocks: the first, or those that have been filled in."""
        if room < 1:
            return []
        filled = [number for number in range(1, AT_ONCE + 1) if _is_filled(data, f"new{number}-")]
        return filled or [1]

    def _add_fields(self, key, person):
        self.fields[f"{key}-name"] = forms.CharField(
            label=_("Name"), max_length=150, required=False, initial=person.name, help_text=_("Now or later."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"max_length": _("Write a name of at most 150 letters.")},
        )  # fmt: skip
        for slug, title in self.parts.items():
            if person.pk and slug not in person.states:
                continue
            state = person.states.get(slug, "")
            self.fields[f"{key}-answer-{slug}"] = forms.ChoiceField(
                label=title, choices=CHOICES, required=False, widget=forms.RadioSelect,
                initial=Choice.COMING.value if state in HOLDING else state,
                error_messages={"invalid_choice": _("Select whether your companion can come")},
            )  # fmt: skip
        if person.pk and not person.is_bound:
            label = gettext("%(name)s does not come after all") % {"name": person.title}
            self.fields[f"{key}-remove"] = forms.BooleanField(label=label, required=False)

    @property
    def seen(self):
        """The companions that the page shows."""
        return {person.pk for person in self.people.values() if person.pk}

    @property
    def groups(self):
        """[{"key", "person", "name", "answers", "remove"}] with bound fields."""
        return [
            {
                "key": key,
                "person": person,
                "name": self[f"{key}-name"],
                "answers": [self[name] for name in self._answer_names(key)],
                "remove": self[f"{key}-remove"] if f"{key}-remove" in self.fields else None,
            }
            for key, person in self.people.items()
        ]

    def _answer_names(self, key):
        return [name for name in self.fields if name.startswith(f"{key}-answer-")]

    def clean(self):
        cleaned = super().clean()
        for key, person in self.people.items():
            self._clean_name(key)
            names = self._answer_names(key)
            said = [cleaned.get(name) for name in names]
            if person.pk is None and cleaned.get(f"{key}-name") and names and not any(said):
                words = gettext("Select what %(name)s comes to") % {"name": cleaned[f"{key}-name"]}
                self.add_error(names[0], forms.ValidationError(words, code="nothing"))
        return cleaned

    def _clean_name(self, key):
        name = self.cleaned_data.get(f"{key}-name")
        if not name:
            return
        try:
            if not any(map(str.isalpha, name)):
                raise forms.ValidationError(
                    _("Write the name as in a greeting, or leave it for later."), code="no_name"
                )
            fits(name)
        except forms.ValidationError as error:
            self.add_error(f"{key}-name", error)
        else:
            self.cleaned_data[f"{key}-name"] = names.squeeze(name)

    @property
    def said(self):
        """[(key, pk, name, {slug: choice}, is removed)] of those there are, and of the new ones that say something."""
        return [
            (
                key,
                person.pk,
                self.cleaned_data[f"{key}-name"],
                self._answers(key),
                bool(self.cleaned_data.get(f"{key}-remove")),
            )
            for key, person in self.people.items()
            if person.pk or self.cleaned_data[f"{key}-name"] or self._answers(key)
        ]

    def _answers(self, key):
        chosen = {name: self.cleaned_data.get(name) for name in self._answer_names(key)}
        return {name.removeprefix(f"{key}-answer-"): Choice(value) for name, value in chosen.items() if value}


def people_of(companions, answers, *, called, bound=()):
    """Person of each companion, those in bound cannot be removed; answers are the guest's, with `companions` each."""
    states = {}
    for answer in answers:
        for mate in answer.companions:
            states.setdefault(mate.guest_id, {})[answer.activity.slug] = mate.state
    return [
        Person(each.pk, each.companion_name, called(each), states.get(each.pk, {}), each.pk in bound)
        for each in companions
    ]


def part_title(answer, event):
    """ "Dinner, 19:30" in the event's own time."""
    return f"{answer.activity.title}, {dates.clock(answer.activity.starts_at.astimezone(event.zone), get_language())}"


def _is_told_of(data, prefix):
    return data is None or any(name.startswith(prefix) for name in data)


def _is_filled(data, prefix):
    return data is not None and any(value.strip() for name, value in data.items() if name.startswith(prefix))


class MayPartForm(forms.Form):
    """Whether those who come together also take places one at a time."""

    may_part = forms.BooleanField(
        label=_("They also take places one at a time"), required=False,
        help_text=_("Only when they have said so: otherwise they get places together, or wait together."),
    )  # fmt: skip
