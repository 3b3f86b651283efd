"""What organisers say on the way in of a file of results: columns, readings, whose lines, what became of whom."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..domain.ranking import Status
from ..domain.result_plan import OUT, is_refused
from ..domain.timesheet_columns import PERSON_FIELDS, TIME_FIELDS
from ..reports import result_file_words as words
from ..reports.time_words import reading, status_words

NOBODY, NOT_YET = "none", ""
DECISIONS = (Status.DNF, Status.DNS, Status.DSQ, Status.NC)


class UploadForm(forms.Form):
    """One file, for one of the races."""

    file = forms.FileField(
        label=gettext_lazy("file of results"),
        allow_empty_file=True,
        help_text=gettext_lazy("Excel (.xlsx), CSV, JSON or XML, as the timing service or you have made it."),
        error_messages={"required": gettext_lazy("Choose the file with the results.")},
    )

    def __init__(self, *args, races, **kwargs):
        super().__init__(*args, **kwargs)
        self.races = {activity.slug: activity for activity in races}
        if len(races) > 1:
            choices = [(slug, str(activity)) for slug, activity in self.races.items()]
            self.fields["part"] = forms.ChoiceField(label=_("Race"), choices=choices)

    @property
    def activity(self):
        return self.races.get(self.cleaned_data.get("part"), next(iter(self.races.values()), None))


class ColumnsForm(forms.Form):
    """A select for each column; `seen` is the LayoutLook of the file as it recognises itself.

    cleaned_data["mapping"] is {heading, or letter where there is none: field or ""} of the columns that were corrected.
    """

    def __init__(self, *args, seen, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen, chosen = seen, chosen or {}
        choices = [("", _("not read")), *words.FIELD_NAMES.items()]
        for look in self._columns():
            name = called(look.column)
            self.fields[_name(look)] = forms.ChoiceField(
                label=name, choices=choices, required=False, initial=chosen.get(name, look.column.field)
            )

    def _columns(self):
        """Columns of the same heading share one select. Without headings all have letters."""
        known = {}
        for look in self.seen.columns:
            if look.column.heading or not self.seen.fingerprint:
                known.setdefault(called(look.column).casefold(), look)
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
        if not set(said.values()) & {*TIME_FIELDS, "status", "classifier", "finish_clock"}:
            raise forms.ValidationError(_("Say which column holds the time."), code="no_time")
        if not set(said.values()) & set(PERSON_FIELDS):
            raise forms.ValidationError(_("Say which column holds the bib or the name."), code="no_runner")
        changed = {look: field for look, field in said.items() if field != look.column.field}
        if not self.seen.fingerprint:  # without headings all is said, or guessed
            changed = said
        return {"mapping": {called(look.column): field for look, field in changed.items()}}


def called(column):
    """How a column is named where it is corrected."""
    return column.heading or column.letter


def _name(look):
    return f"column-{look.column.index}"


class _Questions(forms.Form):
    """A choice for each of some things."""

    def ask(self, name, label, choices, initial):
        self.fields[name] = forms.ChoiceField(
            label=label, choices=choices, widget=forms.RadioSelect, required=False, initial=initial
        )

    def said(self, name):
        return self.cleaned_data.get(name) or ""


class ReadingsForm(_Questions):
    """How the file as a whole is to be read; `proposed(finding)` is what is chosen where nobody has chosen yet."""

    def __init__(self, *args, findings, proposed, **kwargs):
        super().__init__(*args, **kwargs)
        self.findings = findings
        for finding in findings:
            values = [*finding.choices, *(["*"] if finding.topic == "race" else [])]
            choices = [(value, words.choice(finding, value)) for value in values]
            initial = proposed(finding) if finding.is_asked else finding.chosen
            self.ask(f"topic-{finding.topic}", words.question(finding), choices, initial)

    @property
    def answers(self):
        """{topic: choice}."""
        said = {str(finding.topic): self.said(f"topic-{finding.topic}") for finding in self.findings}
        return {topic: choice for topic, choice in said.items() if choice}


class WhoseForm(_Questions):
    """Whose lines they are, of those that fit several or not quite; `names` {guest id: name}."""

    def __init__(self, *args, asked, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        for each in asked:
            choices = [(str(key), names[key]) for key in each.candidates]
            choices += [(NOBODY, _("Nobody of ours: leave the line out")), (NOT_YET, _("Not decided yet"))]
            self.ask(f"row-{each.line.number}", _line(each.line), choices, NOT_YET)

    @property
    def rows(self):
        return [(each, self[f"row-{each.line.number}"]) for each in self.asked]

    @property
    def matches(self):
        """{row: guest id, or None for nobody of ours}."""
        said = {each.line.number: self.said(f"row-{each.line.number}") for each in self.asked}
        return {row: None if who == NOBODY else int(who) for row, who in said.items() if who}


def _line(line):
    bib = _("bib %(bib)s") % {"bib": line.bib} if line.bib else ""
    who = ", ".join(filter(None, (bib, line.name, line.club, line.race_class)))
    what = words.outcome(line.status, line.time_ms)
    return _("Row %(row)s: %(who)s, %(what)s") % {"row": line.number, "who": who, "what": what}


class UnclearForm(_Questions):
    """What became of those of whom the file does not say; `rest` decides all that is not chosen here."""

    def __init__(self, *args, rows, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.planned = rows
        for row in rows:
            label = _("Row %(row)s: %(name)s") % {"row": row.line.number, "name": names[row.key]}
            self.ask(f"unclear-{row.line.number}", label, _decisions(row.line), NOT_YET)
        choices = [(NOT_YET, _("as chosen below")), *((status, status_words(status)) for status in DECISIONS[:2])]
        choices.append((OUT, _("left out")))
        self.fields["rest"] = forms.ChoiceField(label=_("All that are not decided"), choices=choices, required=False)

    @property
    def rows(self):
        return [(row, self[f"unclear-{row.line.number}"]) for row in self.planned]

    def decided(self, everything):
        """{row: milliseconds, a status, or OUT}; `everything`: all planned rows that are not decided yet."""
        rest = self.said("rest")
        said = {row.line.number: rest for row in everything} if rest else {}
        said |= {row.line.number: self.said(f"unclear-{row.line.number}") or rest for row in self.planned}
        return {row: int(value) if value.isdecimal() else value for row, value in said.items() if value}


def _decisions(line):
    readings = [ms for notice in line.notices for ms in notice.readings]
    choices = [(str(ms), reading(ms)) for ms in dict.fromkeys(readings)]
    choices += [(str(status), status_words(status)) for status in DECISIONS]
    undecided = _("Left out, as it cannot be read") if is_refused(line) else _("Stays unclear for now")
    return [*choices, (OUT, _("Leave the line out")), (NOT_YET, undecided)]
