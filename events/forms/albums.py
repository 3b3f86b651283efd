"""An album's title."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .texts import TextsFormField


class AlbumForm(forms.Form):
    title = TextsFormField(
        label=_("Title"), help_text=_("Guests read it in their own language, else in the first there is.")
    )
