"""An organiser's own words to the runners: a line for each way a race may go, in each language."""

from django import forms
from django.conf import settings
from django.utils import translation

from ..domain.race_lines import Mood
from ..models.result_words import MOODS, OURS

LONGEST = 160


class WordsForm(forms.Form):
    """A field for each mood and language; empty means our own line, which stands beside it."""

    def __init__(self, data=None, *, words, **kwargs):
        super().__init__(data, **kwargs)
        for mood in Mood:
            for language, _name in settings.LANGUAGES:
                with translation.override(language):
                    ours = str(OURS[mood])
                self.fields[f"{mood}-{language}"] = forms.CharField(
                    required=False, max_length=LONGEST, initial=words.get(mood, {}).get(language, ""),
                    widget=forms.TextInput(attrs={"placeholder": ours, "lang": language}),
                )  # fmt: skip

    @property
    def groups(self):
        """[(mood in words, [(language, its name, bound field)])]"""
        return [
            (str(MOODS[mood]), [(code, name, self[f"{mood}-{code}"]) for code, name in settings.LANGUAGES])
            for mood in Mood
        ]

    @property
    def words(self):
        """{mood: {language: line}} as Race.words holds them: only what is written."""
        found = {}
        for mood in Mood:
            lines = {code: self.cleaned_data[f"{mood}-{code}"].strip() for code, _name in settings.LANGUAGES}
            if any(lines.values()):
                found[mood.value] = {code: line for code, line in lines.items() if line}
        return found
