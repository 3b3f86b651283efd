"""What organisers say of letters: the texts, the tone, the picture on top, how they want to see them, and to whom."""

import hashlib
from copy import copy

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain import letter_faults, letters
from ..models import Event, Letter

NEWER = _(
    "This letter was saved since you opened it, by a colleague or in another tab; below is what stands there now. Save "
    "again to put yours there."
)
GONE = _("Somebody has gone back to our text since you opened this letter. Save again to put yours there.")


class LetterForm(forms.ModelForm):
    """One letter in one language. Refuses placeholders that nothing is known for, and says which and where (S21).

    `seen` is what stood there when the form was opened:
    whoever has written something else meanwhile is not overwritten unasked.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Letter
        fields = ["subject", "preheader", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].widget.attrs |= {"lang": language, "spellcheck": "true"}
        self.stored = copy(self.instance) if self.instance.pk else None
        self.fields["seen"].initial = seen = fingerprint(self.instance)
        self.is_newer = self.is_bound and self.data.get("seen", seen) not in (seen, "")
        if self.is_newer:
            self.data = {**self.data.dict(), "seen": seen}

    def clean(self):
        cleaned = super().clean()
        stands = {name: getattr(self.stored, name, None) for name in self.Meta.fields}
        if self.is_newer and any(cleaned.get(name) != text for name, text in stands.items()):
            raise forms.ValidationError(NEWER if self.stored else GONE, code="newer")
        return cleaned

    def _known(self, name):
        text = self.cleaned_data[name].replace("\r\n", "\n")
        for fault in letter_faults.faults(text):
            self._lead_to(name, fault)
            raise forms.ValidationError(self._sentence(fault, name), code="unknown_placeholder")
        return text

    def _lead_to(self, name, fault):
        """The first fault of the letter has the focus, and a script marks the words."""
        is_first = not any("autofocus" in field.widget.attrs for field in self.fields.values())
        marked = {"data-wrong-from": fault.start, "data-wrong-to": fault.end} if is_first else {}
        self.fields[name].widget.attrs |= {**marked, "autofocus": is_first}

    @staticmethod
    def _sentence(fault, name):
        where = _("Line %(line)s, column %(column)s") if name == "body" else _("Column %(column)s")
        place = str(where) % {"line": fault.line, "column": fault.column}
        told = {
            "place": place,
            "words": f"{fault.before}{fault.written}{fault.after}",
            "word": fault.written,
            "meant": fault.meant,
        }
        if fault.is_unclosed:
            return _("%(place)s: the brace is not closed in “%(words)s”. Write %(meant)s.") % told
        if fault.meant:
            return _("%(place)s: there is nothing to put for %(word)s in “%(words)s”. Did you mean %(meant)s?") % told
        return _("%(place)s: there is nothing to put for %(word)s in “%(words)s”. Choose one from the list.") % told

    def _on_one_line(self, name):
        try:
            return letters.one_line(self._known(name))
        except letters.HasLineBreak:
            raise forms.ValidationError(_("Write this on one line."), code="line_break") from None

    def clean_subject(self):
        return self._on_one_line("subject")

    def clean_preheader(self):
        return self._on_one_line("preheader")

    def clean_body(self):
        return self._known("body")


def fingerprint(letter):
    """Names the text of a stored letter, "ours" where there is none."""
    if not letter.pk:
        return "ours"
    return hashlib.sha256(repr((letter.subject, letter.preheader, letter.body)).encode()).hexdigest()[:16]


class ShownAsForm(forms.Form):
    """How the preview shows a letter: as whom, on what, by day or by night. Whatever is typed finds something."""

    SHAPES = [("phone", _("Phone")), ("desk", _("Computer")), ("text", _("Text"))]
    SCHEMES = [("light", _("Light")), ("dark", _("Dark"))]
    as_whom = forms.CharField(
        label=_("Shown as"),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "list": "guests", "autocomplete": "off", "form": "letter-form"}
        ),
    )
    shape = forms.ChoiceField(choices=SHAPES, initial="phone", widget=forms.RadioSelect(attrs={"form": "letter-form"}))
    scheme = forms.ChoiceField(
        choices=SCHEMES, initial="light", widget=forms.RadioSelect(attrs={"form": "letter-form"})
    )

    @classmethod
    def said(cls, data):
        """{field: what holds}: what was chosen, the usual for the rest."""
        form = cls(data)
        form.is_valid()
        usual = {"as_whom": "", "shape": "phone", "scheme": "light"}
        return {**usual, **{name: value for name, value in form.cleaned_data.items() if value}}


class ToneForm(forms.ModelForm):
    """How our own texts speak at an event."""

    class Meta:
        model = Event
        fields = ["tone"]
        widgets = {"tone": forms.RadioSelect}


class LetterPictureForm(forms.Form):
    """One file; what it is, is judged by decoding it, not by its name."""

    picture = forms.FileField(
        label=_("picture"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, lying rather than standing, at least 1160 pixels wide to be sharp."),
        error_messages={"required": _("Choose the file with your picture.")},
    )
