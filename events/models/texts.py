"""Organisers' texts in several languages, with a fallback."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language


class Texts(dict):
    """{language: text}. Reads as the text in the language in force."""

    def in_language(self, language):
        """The text in this language, else in the site's own, else in the first that has one."""
        order = [language, settings.LANGUAGE_CODE, *(code for code, _name in settings.LANGUAGES)]
        return next((self[code] for code in order if self.get(code)), "")

    def __str__(self):
        return self.in_language(get_language() or settings.LANGUAGE_CODE)

    def __bool__(self):
        return any(self.values())


class TextsField(models.JSONField):
    """A JSON object {language: text}; a plain str counts as text in the site's own language."""

    def __init__(self, *args, long=False, **kwargs):
        self.long = long
        kwargs["default"] = Texts
        kwargs["blank"] = kwargs.get("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default")
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return Texts(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value):
        if isinstance(value, str):
            return Texts({settings.LANGUAGE_CODE: value}) if value else Texts()
        return Texts(value or {})

    def get_prep_value(self, value):
        return super().get_prep_value(dict(self.to_python(value)))
