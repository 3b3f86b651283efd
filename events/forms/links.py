from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.addresses import NotAnAddress, clean_email


class LinkAgainForm(forms.Form):
    """ "Send me my link again": one mail address."""

    email = forms.CharField(
        label=_("Your email address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email", "autocapitalize": "none"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages["required"] = _("Enter an email address, like name@company.com")
        self.helper = FormHelper()
        self.helper.form_action = "home"
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("send", _("Send me my link again")))

    def clean_email(self):
        try:
            return clean_email(self.cleaned_data["email"])
        except NotAnAddress:
            raise forms.ValidationError(_("Enter an email address, like name@company.com")) from None
