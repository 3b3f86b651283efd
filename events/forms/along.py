"""Whom of an earlier event's guests to bring along."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..domain.along import CAME, EVERYBODY, INVITED

WHOM = {
    EVERYBODY: _("Everybody on the list"),
    INVITED: _("Those who were invited"),
    CAME: _("Those who came"),
}


class AlongForm(forms.Form):
    whom = forms.ChoiceField(choices=list(WHOM.items()), error_messages={"required": _("Choose who comes along.")})
