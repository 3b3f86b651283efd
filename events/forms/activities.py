"""A part of the programme: grace comes after the deadline."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Activity
from .fields import MomentField

MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class ActivityForm(forms.ModelForm):
    """The facts of one part. `event` is the one it belongs to."""

    event = None

    class Meta:
        model = Activity
        fields = ["answer_by_at", "grace_until_at"]

    def clean(self):
        cleaned = super().clean()
        until, own = cleaned.get("grace_until_at"), cleaned.get("answer_by_at")
        deadline = own or (self.event and self.event.answer_by_at)
        if until and deadline and until <= deadline:
            self.add_error("grace_until_at", _("Write a moment after the deadline, or leave it empty."))
        return cleaned


class GraceForm(forms.Form):
    """Until when answers are still taken, and to which parts; `parts` are those whose deadline has passed."""

    until = MomentField(label=_("still take answers until"), widget=MOMENT)
    parts = forms.ModelMultipleChoiceField(
        Activity.objects.none(), label=_("to"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part.")},
    )  # fmt: skip

    def __init__(self, *args, parts, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["parts"].queryset = Activity.objects.filter(pk__in=[part.pk for part in parts]).in_order()

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= self.now:
            raise forms.ValidationError(_("Choose a moment that is still to come."), code="past")
        return until
