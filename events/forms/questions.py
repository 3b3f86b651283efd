"""The organiser's own questions as a guest meets them: one form for each person and activity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.questions import NotANumber, read_number
from ..models import Question
from .fields import Segments
from .race import YES_NO

Kind = Question.Kind
MOST_LETTERS = 1000
NO_REPLY = ""


class NumberField(forms.CharField):
    """A number with at most two decimals, as people type it."""

    def clean(self, value):
        value = super().clean(value)
        try:
            return read_number(value) if value else NO_REPLY
        except NotANumber:
            raise forms.ValidationError(_("Write a number, like 3 or 2,5."), code="no_number") from None


def _text(question, **common):
    return forms.CharField(
        max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3, "maxlength": MOST_LETTERS}),
        error_messages={"required": _("Write a reply, please.")}, **common,
    )  # fmt: skip


def _choice(question, **common):
    return forms.ChoiceField(
        choices=question.offered, widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}, **common
    )


def _several(question, **common):
    return forms.MultipleChoiceField(
        choices=question.offered, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")}, **common,
    )  # fmt: skip


def _yes_no(question, **common):
    return forms.TypedChoiceField(
        choices=YES_NO, widget=Segments, coerce={"yes": True, "no": False}.get, empty_value=NO_REPLY,
        error_messages={"required": _("Choose yes or no.")}, **common,
    )  # fmt: skip


def _number(question, **common):
    return NumberField(
        max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}),
        error_messages={"required": _("Write a number, like 3 or 2,5.")}, **common,
    )  # fmt: skip


FIELDS = {
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
}


class RepliesForm(forms.Form):
    """What one person replies to the questions of one activity. replies: {question id: value} said before."""

    def __init__(self, data=None, *, answer, questions, replies, **kwargs):
        super().__init__(data, prefix=f"about-{answer.pk}", **kwargs)
        self.questions = {f"q{question.pk}": question for question in questions}
        for name, question in self.questions.items():
            before = replies.get(question.pk)
            self.fields[name] = FIELDS[question.kind](
                question, label=str(question.title), help_text=str(question.help), required=question.is_required,
                initial={True: "yes", False: "no"}.get(before) if question.kind == Kind.YES_NO else before,
            )  # fmt: skip

    @property
    def said(self):
        """{question: value} as actions.replies takes them."""
        return {question: self.cleaned_data[name] for name, question in self.questions.items()}
