"""Two tabs, or two colleagues, with the same form: the later one does not undo the earlier one unseen."""

from functools import cache
from hashlib import sha256

from django import forms
from django.utils.translation import gettext


class SeenForm(forms.ModelForm):
    """Asks once more when what it shows was saved by somebody since it was opened. The page sends `seen` along, with
    the form's prefix where it has one.
    """

    @property
    def seen(self):
        """A short sign of what stands now in the fields of this form."""
        stands = [(name, repr(field.prepare_value(self.initial.get(name)))) for name, field in self.fields.items()]
        return sha256(repr(stands).encode()).hexdigest()[:16]

    def clean(self):
        cleaned = super().clean()
        opened = self.data.get(self.add_prefix("seen"))
        if self.instance.pk and opened and opened != self.seen and self.changed_data:
            differ = ", ".join(str(self.fields[name].label) for name in self.changed_data if name in self.fields)
            said = gettext(
                "Somebody has saved this page since you opened it. Yours differs from what stands now in: %(fields)s. "
                "Save again to keep yours, or open the page anew to see theirs."
            )
            self.add_error(None, said % {"fields": differ})
        return cleaned


@cache
def seen_form(form):
    """The form, so that it notices."""
    return type(form.__name__, (SeenForm, form), {})
