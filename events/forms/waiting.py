"""Moving somebody on a waiting list: where to, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """The new number in line, from 1 and at most one beyond the end, and the reason, which stands in the history."""

    place = forms.IntegerField(
        label=_("to number"),
        min_value=1,
        max_value=100_000,
        error_messages={
            "required": _("Write a number in line, 1 for the front."),
            "invalid": _("Write a number in line, 1 for the front."),
            "min_value": _("Write a number in line, 1 for the front."),
            "max_value": _("Write a number in line, 1 for the front."),
        },
    )
    reason = forms.CharField(
        label=_("reason"),
        max_length=200,
        help_text=_("Stands in the history, for your colleagues. Guests do not see it."),
        error_messages={
            "required": _("Write in a few words why."),
            "max_length": _("Write it in at most 200 letters."),
        },
    )
