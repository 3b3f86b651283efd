"""What organisers write to be asked: the race's classes, and own questions with their choices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.questions import UnequalLines, rows_of
from ..models import Question, Texts
from .texts import TextsFormField

MOST_LETTERS, MOST_ROWS = 200, 30
WITH_OPTIONS = (Question.Kind.CHOICE, Question.Kind.SEVERAL)
ONE_A_LINE = _("One a line. In each language the same ones in the same order; a language left empty shows another's.")


class ShortTexts(TextsFormField):
    """Texts of at most MOST_LETTERS letters each."""

    def validate(self, value):
        super().validate(value)
        if any(len(text) > MOST_LETTERS for text in value.values()):
            raise forms.ValidationError(_("Write it in 200 letters at the most."), code="too_long")


class RowsField(TextsFormField):
    """One text per language with a row a line; cleans to [domain.questions.Row]."""

    def __init__(self, **kwargs):
        super().__init__(long=True, **kwargs)

    def clean(self, value):
        texts = super().clean(value)
        try:
            rows = rows_of(texts)
        except UnequalLines as unequal:
            raise forms.ValidationError(
                _("Each language needs as many lines as the others; now it is %(counts)s.")
                % {"counts": _counted(unequal)},
                code="unequal",
            ) from None
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(_("Write 30 lines at the most."), code="too_many")
        if any(len(text) > MOST_LETTERS for row in rows for text in row.texts.values()):
            raise forms.ValidationError(_("Write each line in 200 letters at the most."), code="too_long")
        return rows


def _counted(unequal):
    """ "nb 3, en 2" """
    return ", ".join(f"{language} {count}" for language, count in unequal.counts.items())


def lines_of(rows):
    """[{language: text}] as one text per language, for a RowsField; a line without a translation shows another's."""
    rows = [Texts(row) for row in rows]
    languages = {code for row in rows for code in row}
    return Texts({code: "\n".join(row.in_language(code) for row in rows) for code in languages})


class ClassesForm(forms.Form):
    """All classes of one race."""

    titles = RowsField(label=_("classes"), required=False, help_text=ONE_A_LINE)


class QuestionForm(forms.Form):
    """One own question. The kind is fixed once somebody has replied."""

    title = ShortTexts(label=_("question"), required=True)
    help = ShortTexts(label=_("help"), required=False, help_text=_("Stands below the question, in smaller letters."))
    kind = forms.ChoiceField(label=_("kind of reply"), choices=Question.Kind.choices, widget=forms.RadioSelect)
    options = RowsField(label=_("choices"), required=False, help_text=ONE_A_LINE)
    is_required = forms.BooleanField(
        label=_("must be answered"), required=False,
        help_text=_("The guest can still leave the whole page for later."),
    )  # fmt: skip

    def __init__(self, *args, question=None, has_replies=False, **kwargs):
        if question:
            offered = [each["texts"] for each in question.options if not each.get("is_gone")]
            kwargs["initial"] = {
                "title": question.title, "help": question.help, "kind": question.kind, "options": lines_of(offered),
                "is_required": question.is_required,
            }  # fmt: skip
        else:
            kwargs["initial"] = {"kind": Question.Kind.TEXT}
        super().__init__(*args, **kwargs)
        if has_replies:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _("Guests have replied already, so the kind stays as it is.")

    def clean(self):
        said = super().clean()
        if said.get("kind") in WITH_OPTIONS and "options" not in self.errors and len(said.get("options") or []) < 2:
            self.add_error("options", forms.ValidationError(_("Write at least two choices, one a line."), code="few"))
        return said
