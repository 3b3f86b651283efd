"""What the pages of a file of results show: a kind of lines and a page of them at a time."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.result_plan import Effect, is_refused
from ..models import Entry, TimingEvent
from ..reports import result_file_words as words
from ..reports import time_words
from ..reports.result_file_summary import names_of, problems, told
from . import result_file_questions as questions
from .tabs import Tabbed


def _titles():
    return {
        "ours": _("Ours"),
        "question": _("Whose is it?"),
        "unclear": _("Unclear"),
        "warning": _("Worth a look"),
        "refused": _("Not readable"),
        "missing": _("Not in this file"),
        "unmatched": _("Nobody of ours"),
    }


@dataclass(frozen=True)
class Shown:
    """A line of ours for the page."""

    number: int
    name: str
    bib: str
    outcome: str
    cell: str
    effect: str
    effect_words: str
    before: str
    by: str
    warnings: list


class Preview(Tabbed):
    """What applying would do. `shown` is the kind of lines in view: the asked one, else the first that waits."""

    def __init__(self, plan, asked="", page=""):
        self.plan = plan
        self.lists = {
            "ours": plan.rows,
            "question": plan.asked,
            "unclear": [row for row in plan.rows if row.is_unclear and not row.is_decided],
            "warning": [row for row in plan.written if told(row)],
            "refused": problems(plan),
            "missing": plan.matches.missing,
            "unmatched": plan.matches.strangers,
        }
        filled = [key for key, rows in self.lists.items() if rows]
        waiting = () if self.is_asked else ("question", "unclear")  # one question after the other
        first = next((key for key in (*waiting, *filled) if key in filled), "")
        shown = asked if asked in filled else first
        counts = {key: len(rows) for key, rows in self.lists.items()}
        self.show(_titles(), counts, shown, self.lists.get(shown, ()), page)

    @cached_property
    def names(self):
        return names_of(self.plan)

    @cached_property
    def rows(self):
        """The lines of this page, with sentences for their codes."""
        if self.shown in ("ours", "warning"):
            return [shown(row, self.names[row.key]) for row in self.page.object_list]
        if self.shown == "missing":
            return [self.names[key] for key in self.page.object_list]
        if self.shown == "unmatched":
            numbers = set(self.page.object_list)
            return [line for line in self.plan.timesheet.lines if line.number in numbers]
        return list(self.page.object_list)

    @property
    def counts(self):
        return words.counted(self.plan.counts)

    @property
    def finishers(self):
        """(title, name, time) of the first and the last of ours, to see at once whether it is the right file."""
        found = self.plan.finishers
        ends = [(_("First of ours"), found[0]), (_("Last of ours"), found[-1])] if found else []
        return [(title, self.names[row.key], time_words.reading(row.line.time_ms)) for title, row in ends]

    @property
    def is_asked(self):
        """Whether somebody must say first how the file is to be read."""
        return bool(self.plan.timesheet.asked)

    def form(self, data=None):
        """The questions of this page, or None."""
        if self.shown == "question":
            return questions.whose_form(self.page.object_list, self.names, data)
        if self.shown == "unclear":
            return questions.unclear_form(self.page.object_list, self.names, data)
        return None

    @property
    def to_apply(self):
        """What the button says it will do; "" when no line is of ours."""
        effects = self.plan.effects
        deeds = []
        if effects[Effect.NEW]:
            deeds.append(ngettext("%(n)s new result", "%(n)s new results", effects[Effect.NEW]))
        if effects[Effect.CHANGED]:
            deeds.append(ngettext("%(n)s changed", "%(n)s changed", effects[Effect.CHANGED]))
        counts = [effects[Effect.NEW], effects[Effect.CHANGED]]
        if not deeds:
            return _("nothing new, kept on record") if self.plan.written else ""
        return ", ".join(text % {"n": n} for text, n in zip(deeds, filter(None, counts), strict=True))

    @property
    def left_out(self):
        """How many lines of ours, or perhaps of ours, are not written."""
        return self.plan.effects[Effect.LEFT_OUT] + len(self.plan.asked)


def shown(row, name):
    """A planned line with what its codes mean in the language in force."""
    before, line = row.before, row.line
    changes = before and row.effect is Effect.CHANGED
    return Shown(
        number=line.number,
        name=name,
        bib=line.bib,
        outcome=_("not readable") if is_refused(line) else time_words.in_full(line.status, line.time_ms),
        cell=line.text,
        effect=str(row.effect),
        effect_words=str(words.EFFECTS[row.effect]),
        before=time_words.outcome(before.status, before.time_ms) if changes else "",
        by=str(words.RULES.get(row.rule, "")),
        warnings=[sentence for sentence, _code in told(row)],
    )


@dataclass(frozen=True)
class Said:
    """What an applied file said of one of our runners."""

    entry: Entry
    row: int | None
    outcome: str
    stands: str
    place: int | None
    by: str


def said_by(file):
    """[Said] in the order of the file, whatever became of it since; one query."""
    events = TimingEvent.objects.filter(file=file, kind=TimingEvent.Kind.IMPORTED).select_related(
        "entry__result", "entry__guest__contact__company", "entry__guest__companion_of__contact"
    )
    rows = [_said(event) for event in events if event.entry_id]
    return sorted(rows, key=lambda row: (row.row or 0, row.entry.pk))


def _said(event):
    result = getattr(event.entry, "result", None)
    stands = time_words.outcome(result.status, result.time_ms) if result else ""
    said = time_words.in_full(event.status, event.time_ms)
    is_other = not result or (result.status, result.source) != (event.status, "imported") or not _same(result, event)
    return Said(
        entry=event.entry,
        row=event.facts.get("row"),
        outcome=said,
        stands=(stands or _("nothing")) if is_other else "",
        place=event.facts.get("place"),
        by=str(words.RULES.get(event.facts.get("match"), "")),
    )


def _same(result, event):
    """As it is shown: rounded up."""
    return (not result.time_ms and not event.time_ms) or 0 <= (result.time_ms or 0) - (event.time_ms or 0) < 1000
