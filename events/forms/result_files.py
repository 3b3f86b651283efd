"""What organisers say on the way in of a file of results: the file, its columns, answers to questions."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.timesheet_columns import PERSON_FIELDS, TIME_FIELDS

NOT_YET = ""


class UploadForm(forms.Form):
    """One file, for one of the races."""

    file = forms.FileField(
        label=gettext_lazy("file of results"),
        allow_empty_file=True,
        help_text=gettext_lazy("Excel (.xlsx), CSV, JSON or XML, as the timing service or you have made it."),
        error_messages={"required": gettext_lazy("Choose the file with the results.")},
    )

    def __init__(self, *args, races, **kwargs):
        super().__init__(*args, **kwargs)
        self.races = {activity.slug: activity for activity in races}
        if len(races) > 1:
            choices = [(slug, str(activity)) for slug, activity in self.races.items()]
            self.fields["part"] = forms.ChoiceField(label=_("Race"), choices=choices)

    @property
    def activity(self):
        return self.races.get(self.cleaned_data.get("part"), next(iter(self.races.values()), None))


class ColumnsForm(forms.Form):
    """A select for each column; `seen` is the LayoutLook of the file as it recognises itself, `names` {field: words}.

    cleaned_data["mapping"] is {heading, or letter where there is none: field or ""} of the columns that were corrected.
    """

    def __init__(self, *args, seen, names, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen, chosen = seen, chosen or {}
        choices = [("", _("not read")), *names.items()]
        for look in self._columns():
            name = called(look.column)
            self.fields[_name(look)] = forms.ChoiceField(
                label=name, choices=choices, required=False, initial=chosen.get(name, look.column.field)
            )

    def _columns(self):
        """Columns of the same heading share one select. Without headings all have letters."""
        known = {}
        for look in self.seen.columns:
            if look.column.heading or not self.seen.fingerprint:
                known.setdefault(called(look.column).casefold(), look)
        return list(known.values())

    @property
    def rows(self):
        """(ColumnLook, its field) for the page."""
        return [(look, self[_name(look)]) for look in self._columns()]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        said = {look: cleaned[_name(look)] for look in self._columns()}
        if not set(said.values()) & {*TIME_FIELDS, "status", "classifier", "finish_clock"}:
            raise forms.ValidationError(_("Say which column holds the time."), code="no_time")
        if not set(said.values()) & set(PERSON_FIELDS):
            raise forms.ValidationError(_("Say which column holds the bib or the name."), code="no_runner")
        changed = {look: field for look, field in said.items() if field != look.column.field}
        if not self.seen.fingerprint:  # without headings all is said, or guessed
            changed = said
        return {"mapping": {called(look.column): field for look, field in changed.items()}}


def called(column):
    """How a column is named where it is corrected."""
    return column.heading or column.letter


def _name(look):
    return f"column-{look.column.index}"


@dataclass(frozen=True)
class Question:
    """A choice to be made: `about` is what it is about, for the page, `help` the sentences under the label."""

    name: str
    label: str
    choices: list
    initial: str = NOT_YET
    about: object = None
    help: tuple = ()


class QuestionsForm(forms.Form):
    """A choice for each question; with `rest` one more that decides whatever is not chosen."""

    def __init__(self, *args, questions, rest=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.name] = forms.ChoiceField(
                label=question.label, choices=question.choices, widget=forms.RadioSelect, required=False,
                initial=question.initial,
            )  # fmt: skip
        if rest:
            self.fields["rest"] = forms.ChoiceField(label=rest.label, choices=rest.choices, required=False)

    @property
    def rows(self):
        """(Question, its field) for the page."""
        return [(question, self[question.name]) for question in self.questions]

    @property
    def answers(self):
        """{what it is about: the choice} of what was chosen."""
        said = {question.about: self.cleaned_data.get(question.name) or NOT_YET for question in self.questions}
        return {about: choice for about, choice in said.items() if choice}

    @property
    def rest(self):
        return self.cleaned_data.get("rest") or NOT_YET
