"""What a guest may correct: the own name, phone and language at once, the address by asking."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..domain import addresses, names
from ..models import Contact
from .guests import NO_ADDRESS, a_name


class CorrectForm(forms.Form):
    """Name, phone, language, and the mail address, spelt anew."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name as in a greeting.")},
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Your phone number"), max_length=40, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of our mails"), choices=settings.LANGUAGES)
    email = forms.CharField(
        label=_("Your email address"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
        help_text=_("A new address reaches us as a request: somebody looks at it before we write there."),
    )  # fmt: skip

    def __init__(self, *args, contact, **kwargs):
        super().__init__(*args, **kwargs)
        self.contact = contact

    def clean_name(self):
        return a_name(self.cleaned_data["name"])

    def clean_phone(self):
        return addresses.clean_phone(self.cleaned_data["phone"])

    def clean_email(self):
        email = self.cleaned_data["email"]
        if not email:
            return ""
        try:
            return addresses.clean_email(email)
        except addresses.NotAnAddress:
            raise forms.ValidationError(NO_ADDRESS, code="no_address") from None

    def clean(self):
        """The same name at the same address would be another person we know."""
        cleaned = super().clean()
        contact, name = self.contact, cleaned.get("name")
        if name and contact.email_key:
            same = Contact.objects.filter(email_key=contact.email_key, key=names.fold(name))
            if same.exclude(pk=contact.pk).exists():
                self.add_error("name", _("Somebody of this name has the same address with us. Call us, and we help."))
        return cleaned

    @property
    def new_email(self):
        """The address to ask for; "" when it is the one we have."""
        email = self.cleaned_data["email"]
        is_other = email and addresses.email_key(email) != self.contact.email_key
        return email if is_other or (email and email != self.contact.email) else ""
