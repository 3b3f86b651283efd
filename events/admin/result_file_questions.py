"""What a file of results asks, as forms: how it is read, whose lines they are, what became of the unclear."""

from django.utils.translation import gettext as _

from ..domain.ranking import Status
from ..domain.result_plan import OUT, is_refused
from ..domain.timesheet_findings import Topic
from ..forms.result_files import NOT_YET, Question, QuestionsForm
from ..reports import result_file_words as words
from ..reports.result_file_summary import proposed
from ..reports.time_words import in_full, reading, status_words

NOBODY = "none"
DECISIONS = (Status.DNF, Status.DNS, Status.DSQ, Status.NC)


def readings_form(plan, data=None):
    """How the file as a whole is to be read; about: topics."""
    return QuestionsForm(data, questions=[_reading(plan, finding) for finding in plan.timesheet.findings])


def _reading(plan, finding):
    values = [*finding.choices, *(["*"] if finding.topic is Topic.RACE else [])]
    initial = proposed(plan, finding) if finding.is_asked else finding.chosen
    choices = [(value, words.choice(finding, value)) for value in values]
    topic = str(finding.topic)
    return Question(f"topic-{topic}", words.question(finding), choices, initial, about=topic)


def whose_form(asked, names, data=None):
    """Whose lines they are, of those that fit several or not quite; about: row numbers."""
    return QuestionsForm(data, questions=[_whose(match, names) for match in asked])


def _whose(match, names):
    choices = [(str(key), names[key]) for key in match.candidates]
    choices += [(NOBODY, _("Nobody of ours: leave the line out")), (NOT_YET, _("Not decided yet"))]
    number = match.line.number
    return Question(f"row-{number}", _line(match.line), choices, about=number, help=(words.why_asked(match.fate),))


def _line(line):
    bib = _("bib %(bib)s") % {"bib": line.bib} if line.bib else ""
    who = ", ".join(filter(None, (bib, line.name, line.club, line.race_class)))
    what = in_full(line.status, line.time_ms)
    return _("Row %(row)s: %(who)s, %(what)s") % {"row": line.number, "who": who, "what": what}


def matches_said(form):
    """{row: guest id, or None for nobody of ours}."""
    return {row: None if who == NOBODY else int(who) for row, who in form.answers.items()}


def unclear_form(rows, names, data=None):
    """What became of those of whom the file does not say; about: row numbers."""
    choices = [(NOT_YET, _("as chosen below")), *((status, status_words(status)) for status in DECISIONS[:2])]
    rest = Question("rest", _("All that are not decided"), [*choices, (OUT, _("left out"))])
    return QuestionsForm(data, questions=[_unclear(row, names) for row in rows], rest=rest)


def _unclear(row, names):
    line = row.line
    label = _("Row %(row)s: %(name)s") % {"row": line.number, "name": names[row.key]}
    told = tuple(words.notice(notice.code, notice.value, notice.readings) for notice in line.notices)
    return Question(f"unclear-{line.number}", label, _decisions(line), about=line.number, help=told)


def _decisions(line):
    readings = [ms for notice in line.notices for ms in notice.readings]
    choices = [(str(ms), reading(ms)) for ms in dict.fromkeys(readings)]
    choices += [(str(status), status_words(status)) for status in DECISIONS]
    undecided = _("Left out, as it cannot be read") if is_refused(line) else _("Stays unclear for now")
    return [*choices, (OUT, _("Leave the line out")), (NOT_YET, undecided)]


def decided(form, everything):
    """{row: milliseconds, a status, or OUT}; what is chosen for the rest holds for `everything` else."""
    said = {row.line.number: form.rest for row in everything} if form.rest else {}
    said |= form.answers
    return {row: int(value) if value.isdecimal() else value for row, value in said.items()}
