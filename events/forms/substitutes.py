"""A colleague instead of a guest: as the guest proposes, and as the organiser approves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Contact, DoNotInvite, Guest, Substitute
from .guests import ASKED_NOT_TO_BE_INVITED, NO_ADDRESS, MailField, PersonForm
from .voices import NamedForm, WordsField

WORD_LENGTH = Substitute._meta.get_field("word").max_length


class SubstituteForm(NamedForm):
    """The colleague whom a guest would like to come instead."""

    name = forms.CharField(
        label=_("Your colleague's name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write your colleague's name.")},
    )  # fmt: skip
    email = MailField(
        label=_("Your colleague's email address"), required=True, error_messages={"required": NO_ADDRESS},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email", "autocapitalize": "none"}),
    )  # fmt: skip
    word = WordsField(label=_("A word about it"), most=WORD_LENGTH, rows=3, required=False)


class ApproveForm(PersonForm):
    """The colleague as the organiser would have it; whoever is a guest already is refused by name."""

    phone = None
    keeps_place = forms.BooleanField(label=_("Keep the places for the colleague"), required=False)
    field_order = ["name", "email", "company", "language", "host", "keeps_place"]

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["email"].required = True
        self.fields["email"].error_messages["required"] = NO_ADDRESS

    def clean(self):
        cleaned = super().clean()
        name, email = cleaned.get("name"), cleaned.get("email")
        known = Contact.objects.same_person(name, email) if name and email else None
        if email and DoNotInvite.objects.of(email).exists():
            self.add_error("email", ASKED_NOT_TO_BE_INVITED)
        elif known and Guest.objects.filter(event=self.event, contact=known).exists():
            self.add_error("name", _("This person is a guest of the event already."))
        return cleaned
