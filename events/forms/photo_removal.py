"""Why a photo should be taken away: nobody has to say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import RemovalRequest
from .voices import WordsField

NOTE_LENGTH = RemovalRequest._meta.get_field("note").max_length


class RemovalForm(forms.Form):
    use_required_attribute = False
    note = WordsField(label=_("Is there something we should know?"), most=NOTE_LENGTH, rows=2, required=False)
