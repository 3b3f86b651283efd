"""What guests write to us at length: a word to the host, and who has a link that was forwarded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain import markup
from ..models import Voice
from .fields import CountedField
from .guests import MailField, a_name

WORD_LENGTH = Voice._meta.get_field("text").max_length


class WordsField(CountedField):
    """Lines of text without anything unprintable."""

    def __init__(self, *, rows=5, **kwargs):
        super().__init__(rows=rows, **kwargs)

    def to_python(self, value):
        return markup.clean(super().to_python(value)).strip()


class WordForm(forms.Form):
    """A word to the host."""

    use_required_attribute = False
    text = WordsField(label=_("Your word"), most=WORD_LENGTH, rows=7)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = _("Write a few words first. There is no hurry.")


class NamedForm(forms.Form):
    """Somebody's name, as in a greeting."""

    use_required_attribute = False

    def clean_name(self):
        return a_name(self.cleaned_data["name"])


class NotMeForm(NamedForm):
    """Who has somebody else's link."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name, so that we know whom to answer.")},
    )  # fmt: skip
    email = MailField(
        label=_("Your email address"),
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
    )
    text = WordsField(label=_("Anything we should know?"), most=WORD_LENGTH, rows=4, required=False)
