"""What organisers type about people: one guest by hand, a contact, an answer on somebody's behalf."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..domain import addresses, names
from ..models import Activity, Answer, Company, Contact, DoNotInvite, Guest, Host
from .fields import fits
from .telling import BehalfForm

CHOICES = [(state.value, state.label) for state in (Answer.State.COMING, Answer.State.NOT_COMING, Answer.State.UNSURE)]
NO_ADDRESS = _("Enter an email address, like name@company.com")
ADDRESS_KEPT = _(
    "This person is also a guest of an event that others work on. "
    "Ask them, or whoever runs the site, to change the address."
)
ASKED_NOT_TO_BE_INVITED = _(
    "This person has asked not to be invited again. We keep to that: please don't add them under this address."
)


HOST_ADDRESS_KEPT = _(
    "This host also has guests at an event that others work on. "
    "Ask them, or whoever runs the site, to change the address."
)


def a_name(text):
    """The name with single spaces; raises ValidationError when there is no letter in it."""
    if not any(map(str.isalpha, text)):
        raise forms.ValidationError(_("Write the name as in a greeting."), code="no_name")
    fits(text)
    return names.squeeze(text)


class MailField(forms.CharField):
    """An address as people paste it, cleaned; "" when empty."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"})
        super().__init__(**{"label": _("mail"), "required": False, "max_length": 300, "widget": widget, **kwargs})

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        try:
            return addresses.clean_email(value)
        except addresses.NotAnAddress as error:
            raise forms.ValidationError(NO_ADDRESS, code="no_address") from error


class PersonForm(forms.Form):
    """The facts of one person; the company is named, and made when it is new."""

    name = forms.CharField(
        label=_("name"), max_length=150, error_messages={"required": _("Write the name as in a greeting.")}
    )
    company = forms.CharField(label=_("company"), max_length=150, required=False, validators=[fits])
    email = MailField()
    phone = forms.CharField(label=_("phone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("language"),
        required=False,
        choices=[("", _("as everyone")), *settings.LANGUAGES],
        help_text=_("Of the letters and the guest's page."),
    )
    host = forms.ModelChoiceField(label=_("host"), queryset=Host.objects.all(), required=False, empty_label="–")

    def clean_phone(self):
        return addresses.clean_phone(self.cleaned_data["phone"])

    def clean_name(self):
        return a_name(self.cleaned_data["name"])


class InvitedTo(forms.ModelMultipleChoiceField):
    """The parts of the programme a guest is invited to: all of them unless somebody chooses."""

    def __init__(self, event, **kwargs):
        parts = Activity.objects.filter(event=event).on().in_order()
        super().__init__(
            parts, label=_("invited to"), widget=forms.CheckboxSelectMultiple,
            **{"initial": list(parts), "required": False, **kwargs},
        )  # fmt: skip


class InvitedToForm(forms.Form):
    """Which parts of the programme one guest is invited to."""

    def __init__(self, *args, guest, **kwargs):
        super().__init__(*args, **kwargs)
        now_invited = [answer.activity_id for answer in guest.answer_set.all()]
        self.fields["invited_to"] = InvitedTo(
            guest.event, initial=now_invited, required=True,
            error_messages={"required": _("Choose at least one part, or withdraw the invitation instead.")},
        )  # fmt: skip


class GuestByHandForm(PersonForm):
    """One guest, typed in. `known` is the contact when the person is there already."""

    companions_allowed = forms.IntegerField(label=_("may bring"), min_value=0, max_value=20, required=False)
    personal_line = forms.CharField(
        label=_("host's personal line"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences only this guest gets, in the letter and on the page."),
    )
    known = None

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields["companions_allowed"].initial = event.companions_allowed
        self.fields["invited_to"] = InvitedTo(event)

    def clean_companions_allowed(self):
        allowed = self.cleaned_data["companions_allowed"]
        return self.event.companions_allowed if allowed is None else allowed

    def clean(self):
        """The same name at the same address is the same person; a guest of the event already is refused."""
        cleaned = super().clean()
        email, name = cleaned.get("email"), cleaned.get("name")
        if email and name:
            found = Contact.objects.filter(email_key=addresses.email_key(email), key=names.fold(name))
            self.known = found.first()
        if email and DoNotInvite.objects.of(email).exists():
            self.add_error("email", ASKED_NOT_TO_BE_INVITED)
        elif self.known and Guest.objects.filter(event=self.event, contact=self.known).exists():
            self.add_error("name", _("This person is a guest of the event already."))
        return cleaned


class ContactForm(forms.ModelForm):
    """A contact's facts; the company by its name. With `is_address_kept` the address stays, whatever is posted."""

    is_address_kept = False
    company_name = forms.CharField(label=_("company"), max_length=150, required=False, validators=[fits])
    email = MailField()

    class Meta:
        model = Contact
        fields = ["name", "first_name", "phone", "language", "host", "external_id", "email_fails"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.company_id:
            self.fields["company_name"].initial = self.instance.company.name
        if self.is_address_kept:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = ADDRESS_KEPT

    def clean_name(self):
        return a_name(self.cleaned_data["name"])

    def clean(self):
        cleaned = super().clean()
        email, name = cleaned.get("email"), cleaned.get("name") or ""
        same = Contact.objects.filter(email_key=addresses.email_key(email or ""), key=names.fold(name))
        if email and same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("This person is there already, with the same name and address."))
        return cleaned


class CompanyForm(forms.ModelForm):
    """A company's name and number; two spellings of one name are one company."""

    class Meta:
        model = Company
        fields = ["name", "customer_number"]

    def clean_name(self):
        name = names.squeeze(self.cleaned_data["name"])
        key = names.fold_letters(name)
        if not key:
            raise forms.ValidationError(_("Write the company's name."), code="no_name")
        fits(name)
        if Company.objects.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another company has this name."), code="taken")
        return name


class HostForm(forms.ModelForm):
    """A colleague's name and where to be reached. With `is_address_kept` the address stays, whatever is posted."""

    is_address_kept = False

    class Meta:
        model = Host
        fields = ["name", "email", "phone", "user"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_address_kept:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = HOST_ADDRESS_KEPT

    def clean_name(self):
        return a_name(self.cleaned_data["name"])


class AnswerForm(BehalfForm):
    """What a guest said to each activity, told to somebody of ours; an empty choice leaves it as it was."""

    def __init__(self, *args, answers, **kwargs):
        super().__init__(*args, **kwargs)
        for answer in answers:
            self.fields[f"answer-{answer.activity.slug}"] = forms.ChoiceField(
                label=str(answer.activity),
                choices=[("", _("as it is: %(state)s") % {"state": answer.get_state_display()}), *CHOICES],
                required=False,
            )
        self.order_fields([name for name in self.fields if name != "tell"])

    @property
    def chosen(self):
        """{activity slug: choice} of what was chosen."""
        said = {name: value for name, value in self.cleaned_data.items() if name.startswith("answer-") and value}
        return {name.removeprefix("answer-"): value for name, value in said.items()}

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.chosen:
            raise forms.ValidationError(_("Choose what the guest said to at least one part."), code="nothing")
        return cleaned
