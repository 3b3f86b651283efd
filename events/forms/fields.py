"""Fields and checks that our forms share: what the database could not keep is refused in words."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from ..domain.names import full_length

YEARS = range(1900, 3000)  # "0026" is a slip of the hand, and no time zone can tell what "9999" is in UTC


class FitsFolded(MaxLengthValidator):
    """A name is stored as written and folded, and one "ﷺ" folds to eighteen letters."""

    def clean(self, text):
        return full_length(text)


fits = FitsFolded(150)


class CountedField(forms.CharField):
    """Plain text of at most so many characters, counted here: a browser that knows the limit cuts off a paste."""

    def __init__(self, *, most, rows, **kwargs):
        self.most = most
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def validate(self, value):
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(
                _("There is room for %(most)s characters, and this is %(long)s. Please shorten it a little."),
                code="too_long", params={"most": self.most, "long": len(value)},
            )  # fmt: skip


class Segments(forms.RadioSelect):
    """A few short choices side by side."""

    template_name = "vertskap/segments.html"


class NumberField(forms.IntegerField):
    """A whole number; left empty it is the usual one."""

    def __init__(self, *, usual, **kwargs):
        super().__init__(**{**kwargs, "required": False})
        self.usual = usual

    def clean(self, value):
        number = super().clean(value)
        return self.usual if number is None else number


class DayField(forms.DateField):
    default_error_messages = {"required": _("Choose the day."), "invalid": _("Write the day like 2027-09-24.")}

    def to_python(self, value):
        return _in_our_time(self, super().to_python(value))


class MomentField(forms.DateTimeField):
    default_error_messages = {
        "required": _("Choose day and time."),
        "invalid": _("Write day and time like 2027-09-24 16:00."),
    }

    def to_python(self, value):
        return _in_our_time(self, super().to_python(value))


def _in_our_time(field, value):
    if value is not None and value.year not in YEARS:
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid")
    return value
