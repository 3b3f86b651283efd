"""How bibs are wanted: in which order, how many on a sheet, which, and how many blank ones."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HIGHEST_BIB = 9999  # four figures are what a bib has room for
MOST_BLANKS = 200
A_BIB = _("Write a number from 1 to 9999.")
BIB_ERRORS = dict.fromkeys(("required", "invalid", "min_value", "max_value"), A_BIB)


def _bib(label, **more):
    return forms.IntegerField(
        label=label, min_value=1, max_value=HIGHEST_BIB, error_messages=BIB_ERRORS, required=False, **more
    )


class BibForm(forms.Form):
    """`numbers` and `blanks` in the cleaned data are what reports.printing.Wish takes."""

    order = forms.ChoiceField(
        label=_("order"), widget=forms.RadioSelect, initial="bib",
        choices=[("bib", _("by bib number")), ("start", _("by start")), ("name", _("by name"))],
    )  # fmt: skip
    two_on_a4 = forms.BooleanField(label=_("two on an A4 sheet, with marks to cut by"), required=False)
    first = _bib(pgettext_lazy("a range of bibs", "from bib"))
    last = _bib(pgettext_lazy("a range of bibs", "to bib"), help_text=_("Both empty means all."))
    blank_count = forms.IntegerField(
        label=_("blank bibs"), min_value=0, max_value=MOST_BLANKS, required=False,
        help_text=_("For those who come without warning; with a line to write the name on."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a number from 0 to 200.")),
    )  # fmt: skip
    blank_from = _bib(_("blank bibs begin with"))

    def __init__(self, *args, first_blank, **kwargs):
        super().__init__(*args, initial={"order": "bib", "blank_from": first_blank}, **kwargs)
        self.first_blank = first_blank
        for name in ("first", "last", "blank_count", "blank_from"):
            self.fields[name].widget.attrs |= {"inputmode": "numeric"}

    def clean(self):
        said = super().clean()
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", _("Write a number that is not below the first."))
        said["numbers"] = (first or 1, last or HIGHEST_BIB) if first or last else None
        begin, count = said.get("blank_from") or self.first_blank, said.get("blank_count") or 0
        said["blanks"] = range(begin, min(begin + count, HIGHEST_BIB + 1))
        return said
