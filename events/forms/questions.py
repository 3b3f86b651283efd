"""The organiser's own questions as a guest meets them: one form for each person and activity."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.questions import NotANumber, read_number
from ..models import Question, Reply
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
    """What one person replies to the questions of one activity. replies: {question id: value} said before.

    must: whether the questions that must be answered are asked for; not where somebody else writes it down.
    """

    def __init__(self, data=None, *, answer, questions, replies, must=True, **kwargs):
        super().__init__(data, prefix=f"about-{answer.pk}", **kwargs)
        self.questions = {f"q{question.pk}": question for question in questions}
        for name, question in self.questions.items():
            before = replies.get(question.pk)
            self.fields[name] = FIELDS[question.kind](
                question, label=str(question.title), help_text=str(question.help),
                required=must and question.is_required,
                initial={True: "yes", False: "no"}.get(before) if question.kind == Kind.YES_NO else before,
            )  # fmt: skip

    @property
    def said(self):
        """{question: value} as actions.replies takes them."""
        return {question: self.cleaned_data[name] for name, question in self.questions.items()}


def reply_forms(answers, data=None, *, must=True):
    """{answer id: RepliesForm} of those whose activities have questions; two queries, however many people."""
    asked, said = {}, {}
    for question in Question.objects.filter(activity__in={answer.activity_id for answer in answers}):
        asked.setdefault(question.activity_id, []).append(question)
    for reply in Reply.objects.filter(guest__in={answer.guest_id for answer in answers}):
        said.setdefault(reply.guest_id, {})[reply.question_id] = reply.value
    return {
        answer.pk: RepliesForm(
            data, answer=answer, questions=asked[answer.activity_id], replies=said.get(answer.guest_id, {}), must=must
        )
        for answer in answers
        if answer.activity_id in asked
    }
