"""Why a photo should be taken away, which nobody has to say; and why it is shown again, which we have to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import RemovalRequest
from .voices import WordsField

NOTE_LENGTH = RemovalRequest._meta.get_field("note").max_length


class RemovalForm(forms.Form):
    use_required_attribute = False
    note = WordsField(label=_("Is there something we should know?"), most=NOTE_LENGTH, rows=2, required=False)


class ReasonForm(forms.Form):
    """Whoever is told no hears why (GDPR art. 12.4)."""

    use_required_attribute = False
    reason = WordsField(
        label=_("Why it is shown again"), most=RemovalRequest._meta.get_field("reason").max_length, rows=3,
        help_text=_("For example: nobody can be recognised in it."),
        error_messages={"required": _("Write in a sentence why, so that the guest can understand it")},
    )  # fmt: skip
