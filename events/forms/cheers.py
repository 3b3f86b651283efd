"""A line to a runner, from a guest or a host."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domain import markup, names
from ..models.cheer import LONGEST_CHEER
from .fields import CountedField


class LineField(CountedField):
    """One line of plain text."""

    def __init__(self, *, rows=3, **kwargs):
        super().__init__(rows=rows, **kwargs)

    def to_python(self, value):
        return names.squeeze(markup.clean(super().to_python(value)))


class CheerForm(forms.Form):
    """To whom, among these reports.cheers.Runner, and what."""

    use_required_attribute = False
    to = forms.ChoiceField(
        label=pgettext_lazy("a cheer", "To"),
        error_messages={
            "required": _("Choose whom you want to cheer for."),
            "invalid_choice": _("This runner takes no cheers any more. Choose somebody else."),
        },
    )
    text = LineField(
        label=_("Your line"), most=LONGEST_CHEER,
        error_messages={"required": _("Write a few words. “Go, go!” is enough.")},
    )  # fmt: skip

    def __init__(self, data=None, *, runners, called, **kwargs):
        super().__init__(data, **kwargs)
        self.runners = {runner.key: runner for runner in runners}
        several = len({runner.activity for runner in runners}) > 1
        choices = [
            (key, f"{called(runner)} · {runner.activity}" if several else called(runner))
            for key, runner in self.runners.items()
        ]
        self.fields["text"].help_text = _("Up to %(most)s characters.") % {"most": LONGEST_CHEER}
        self.fields["to"].choices = choices if len(choices) == 1 else [("", _("Choose a runner")), *choices]

    @property
    def runner(self):
        """The chosen Runner of a valid form."""
        return self.runners[self.cleaned_data["to"]]

    def refuse(self, sentence):
        """Says at the line why it was not sent; what was typed stays."""
        self.add_error("text", forms.ValidationError(sentence, code="too_many"))
