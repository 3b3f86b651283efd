"""A text in several languages: one input per language, each with the language's own name."""

from django import forms
from django.conf import settings
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from ..models import Texts

no_null_characters = ProhibitNullCharactersValidator()


class TextsWidget(forms.MultiWidget):
    """Inputs named <field>_nb, <field>_en …, each with its lang; shown as one group."""

    template_name = "admin/widgets/texts.html"
    use_fieldset = True

    def __init__(self, long=False, attrs=None):
        one = forms.Textarea if long else forms.TextInput
        size = {"rows": 4} if long else {}
        super().__init__({code: one({"lang": code, **size}) for code, _name in settings.LANGUAGES}, attrs)

    def decompress(self, value):
        value = value or {}
        return [value.get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, (code, label) in zip(context["widget"]["subwidgets"], settings.LANGUAGES, strict=True):
            part["language"], part["label"] = code, label
        return context


class TextsFormField(forms.Field):
    """Cleans to Texts without empty languages; when required, one language is enough."""

    default_error_messages = {"required": _("Write this in at least one language.")}

    def __init__(self, *, long=False, encoder=None, decoder=None, **kwargs):
        kwargs["widget"] = TextsWidget(long=long)
        super().__init__(**kwargs)

    def to_python(self, value):
        texts = zip((code for code, _name in settings.LANGUAGES), value or [], strict=False)
        said = {code: text.strip() for code, text in texts if text and text.strip()}
        for text in said.values():
            no_null_characters(text)
        return Texts(said)

    def validate(self, value):
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial, data):
        try:
            said = self.to_python(data)
        except forms.ValidationError:
            return True
        return said != Texts({code: text for code, text in (initial or {}).items() if text})


def left_behind(form):
    """[(label, languages changed, languages that read as before)] of texts that were changed in some languages only."""
    found = []
    for name in form.changed_data:
        if not isinstance(form.fields[name], TextsFormField):
            continue
        before, after = form.initial.get(name) or {}, form.cleaned_data[name]
        told = [(code, language) for code, language in settings.LANGUAGES if before.get(code) and after.get(code)]
        changed = [language for code, language in told if after[code] != before[code]]
        others = [language for code, language in told if after[code] == before[code]]
        if changed and others:
            found.append((form.fields[name].label, changed, others))
    return found
