"""Three questions apart, none answered for the guest; one left open stays open."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..domain import dates, retention
from ..models.consent_texts import TEXTS
from ..models.keeping import days_of, terms_of

CHOOSE = _("Choose yes or no")
CHOOSE_ONE = _("Choose yes or no to at least one question, or press “Not now”.")
WRITE_DOWN_ONE = _("Choose what the guest said to at least one question.")
YES, NO = "yes", "no"


class ConsentsForm(forms.Form):
    """A yes or no for each purpose of consent_texts.TEXTS, shown as it was said before (said: {purpose: Consent}).

    deleted_on and longer_until are the days the texts name, in words. The button `withdraw` holds a purpose and means
    no to it, whatever is chosen beside it.
    """

    def __init__(self, *args, said, deleted_on, longer_until, nothing_chosen=CHOOSE_ONE, **kwargs):
        super().__init__(*args, prefix="agree", **kwargs)
        days, self.nothing_chosen = {"day": deleted_on, "longer": longer_until}, nothing_chosen
        for purpose, text in TEXTS.items():
            about = (text.purpose, text.seen_by, text.nothing_else, text.kept % days)
            self.fields[purpose] = forms.ChoiceField(
                label=text.question,
                help_text=" ".join(map(str, about)),
                choices=[(YES, text.yes), (NO, text.no)],
                widget=forms.RadioSelect,
                required=False,
                initial=_as_choice(said.get(purpose)),
                error_messages={"invalid_choice": CHOOSE},
            )

    @property
    def chosen(self):
        """{purpose: whether yes}, of those with a choice."""
        chosen = {purpose: value == YES for purpose, value in self.cleaned_data.items() if value}
        return {**chosen, **dict.fromkeys(self._withdrawn(), False)}

    def clean(self):
        if not self.errors and not self.chosen:
            self.add_error(next(iter(self.fields)), self.nothing_chosen)

    def _withdrawn(self):
        pressed = self.data.get("withdraw")
        return [pressed] if pressed in TEXTS else []


def _as_choice(consent):
    return "" if consent is None else YES if consent.is_given else NO


def days_for(guest):
    """The days the texts name, on which it is all deleted, in words."""
    event, language = guest.event, get_language()
    days = days_of([event])[event.pk]
    deleted_on = days.forgotten_on(has_answered=guest.answered_at is not None)
    longer_until = retention.invitable_until(days.guests_on, terms_of(event))
    return {
        "deleted_on": dates.short_day(deleted_on, language),
        "longer_until": dates.short_day(longer_until, language),
    }
