"""When a letter goes out by itself."""

from datetime import time

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..domain import dates
from ..domain.reminders import HOURS, PRACTICAL
from ..models import Reminder

MOST_DAYS = 90
A_NUMBER = _("Write how many days before, from 1 to 90.")


class ReminderForm(forms.Form):
    """Days before and hour of one rule."""

    days = forms.IntegerField(
        label=_("days before"), min_value=1, max_value=MOST_DAYS,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), A_NUMBER),
    )  # fmt: skip
    hour = forms.TypedChoiceField(
        label=_("hour"), coerce=int, help_text=_("By the clock of where the event is, and never at night."),
        error_messages={"invalid_choice": _("Choose one of the hours in the list.")},
    )  # fmt: skip

    def __init__(self, *args, reminder, **kwargs):
        super().__init__(*args, initial={"days": reminder.days_before, "hour": reminder.hour}, **kwargs)
        self.reminder = reminder
        is_practical = reminder.letter == PRACTICAL
        self.fields["days"].label = _("days before the event") if is_practical else _("days before the deadline")
        self.fields["days"].widget.attrs |= {"inputmode": "numeric"}
        self.fields["hour"].choices = [(hour, dates.clock(time(hour), get_language())) for hour in HOURS]

    def clean_days(self):
        days, mine = self.cleaned_data["days"], self.reminder
        others = Reminder.objects.filter(event=mine.event_id, letter=mine.letter, days_before=days)
        if others.exclude(pk=mine.pk).exists():
            raise forms.ValidationError(Reminder._meta.constraints[0].violation_error_message, code="taken")
        return days
