"""The organiser's own text of a letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.letters import PLACEHOLDERS, unknown_placeholders
from ..models import Letter


class LetterForm(forms.ModelForm):
    """Refuses placeholders that nothing is known for, and says which and where (S21).

    `event` is set on the class by whoever makes a new letter.
    """

    event = None

    class Meta:
        model = Letter
        fields = ["kind", "language", "subject", "preheader", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14})}

    def clean(self):
        cleaned = super().clean()
        kind, language = (cleaned.get(name) or getattr(self.instance, name) for name in ("kind", "language"))
        same = Letter.objects.filter(event=self.event, kind=kind, language=language)
        if self.event and same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This letter is there already in this language."), code="taken")
        return cleaned

    def _known(self, name):
        text = self.cleaned_data[name]
        unknown = unknown_placeholders(text)
        if unknown:
            word, line, _column = unknown[0]
            raise forms.ValidationError(
                _("There is nothing to put for %(word)s in line %(line)s. You can use: %(known)s."),
                code="unknown_placeholder",
                params={
                    "word": f"{{{word}}}",
                    "line": line,
                    "known": ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS)),
                },
            )
        return text

    def clean_subject(self):
        return self._known("subject")

    def clean_preheader(self):
        return self._known("preheader")

    def clean_body(self):
        return self._known("body")
