"""What an organiser adds when the programme changes: a sentence for the mail in each language it is written in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

MOST_LETTERS = 600


class ChangeForm(forms.Form):
    """Fields `words-<language>`, and `seen`: to how many it went when the organiser looked."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        for code in languages:
            self.fields[f"words-{code}"] = forms.CharField(
                label=names[code],
                required=False,
                max_length=MOST_LETTERS,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                error_messages={"max_length": _("Write it a little shorter, please.")},
            )

    @property
    def words(self):
        """{language: the sentence}, without empty ones."""
        said = {name: self.cleaned_data.get(name, "") for name in self.fields if name != "seen"}
        return {name.removeprefix("words-"): text for name, text in said.items() if text}
