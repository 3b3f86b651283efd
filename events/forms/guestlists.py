"""What organisers say on a guest list's way in: the file, its columns, answers to questions."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.guestlist_answers import AS_WRITTEN, PROPOSAL
from ..domain.headings import FIELDS, NAME_FIELDS
from ..models import FIELD_NAMES

NOT_YET = ""


class UploadForm(forms.Form):
    """One file; what is in it is judged by reading it, not by its name."""

    file = forms.FileField(
        label=gettext_lazy("guest list"),
        allow_empty_file=True,
        help_text=gettext_lazy("Excel (.xlsx) or CSV, as you have it: title rows, any order of columns, any language."),
        error_messages={"required": gettext_lazy("Choose the file with your list.")},
    )


class ColumnsForm(forms.Form):
    """A select for each column that has a heading; `seen` is the Look of the file as it recognises itself.

    cleaned_data["mapping"] is {heading: field or ""} of the columns that were corrected.
    """

    def __init__(self, *args, seen, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = seen
        choices = [("", _("not read")), *((field, FIELD_NAMES[field]) for field in FIELDS)]
        chosen = chosen or {}
        for look in self._columns():
            self.fields[_name(look)] = forms.ChoiceField(
                label=look.column.heading,
                choices=choices,
                required=False,
                initial=chosen.get(look.column.heading, look.column.field),
            )

    def _columns(self):
        """Columns of the same heading share one select: they are corrected by heading."""
        known = {}
        for look in self.seen.columns:
            if look.column.heading:
                known.setdefault(look.column.heading.casefold(), look)
        return list(known.values())

    @property
    def rows(self):
        """(ColumnLook, its field) for the page."""
        return [(look, self[_name(look)]) for look in self._columns()]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        said = {look: cleaned[_name(look)] for look in self._columns()}
        if not set(said.values()) & set(NAME_FIELDS):
            raise forms.ValidationError(_("Say which column holds the names of the guests."), code="no_name")
        mapping = {look.column.heading: field for look, field in said.items() if field != look.column.field}
        return {"mapping": mapping}


def _name(look):
    return f"column-{look.column.index}"


class AnswersForm(forms.Form):
    """A choice for each open question of one page of them."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for entry in questions:
            if entry["is_answerable"]:
                self.fields[_row(entry)] = forms.ChoiceField(
                    label=_("Row %(row)s: %(name)s") % entry,
                    choices=_choices(entry),
                    widget=forms.RadioSelect,
                    required=False,
                    initial=NOT_YET,
                )

    @property
    def rows(self):
        """(question, its field or None) for the page."""
        return [(entry, self[_row(entry)] if entry["is_answerable"] else None) for entry in self.questions]

    @property
    def answers(self):
        """{row number: PROPOSAL or AS_WRITTEN} of what was answered."""
        said = {entry["row"]: self.cleaned_data.get(_row(entry), NOT_YET) for entry in self.questions}
        return {row: answer for row, answer in said.items() if answer}


def _row(entry):
    return f"row-{entry['row']}"


def _choices(entry):
    if len(entry["proposal"]) > 1:
        proposal = _("Two guests: %(names)s") % {"names": ", ".join(entry["proposal"])}
    else:
        proposal = _("One guest, %(name)s, who may bring somebody") % {"name": entry["proposal"][0]}
    as_written = _("One guest by the name of %(name)s") % {"name": entry["name"]}
    return [(PROPOSAL, proposal), (AS_WRITTEN, as_written), (NOT_YET, _("Leave the row out for now"))]
