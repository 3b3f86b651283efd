"""How the guest said what somebody writes down in the guest's name, and whether the guest is written to about it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import History

CHANNELS = [(way.value, way.label) for way in (History.Channel.PHONE, History.Channel.MET, History.Channel.MAIL)]


class TellForm(forms.Form):
    """`tell`: ticked where there is an address; a companion's mail goes to whoever brings the companion."""

    tell = forms.BooleanField(label=_("Tell the guest by mail"), required=False, initial=True)

    def __init__(self, *args, guest, **kwargs):
        super().__init__(*args, **kwargs)
        field, reader = self.fields["tell"], guest.reader
        if reader is None:
            field.disabled, field.initial = True, False
            field.help_text = _("There is no mail address, so please tell the guest yourself.")
        elif reader != guest:
            field.label = _("Tell %(name)s by mail") % {"name": reader.name}
            field.help_text = _("%(name)s brings this guest.") % {"name": reader.name}


class BehalfForm(TellForm):
    """How the guest said so, and whether the guest is written to."""

    channel = forms.ChoiceField(
        label=_("How did the guest say so?"), choices=CHANNELS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the guest said so.")},
    )  # fmt: skip
    field_order = ["channel", "tell"]
