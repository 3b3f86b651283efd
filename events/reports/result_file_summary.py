"""A plan for a file of results as the outside of the program names it: counts, questions, problems, warnings."""

from django.utils.translation import gettext

from ..domain.result_plan import Effect, is_refused
from ..domain.timesheet_findings import Topic
from ..domain.timesheet_lines import Remark
from ..models import Entry, Guest
from . import result_file_words as words
from .time_words import clock

QUIET = frozenset((Remark.TIME_REFUSED, Remark.STATUS_UNKNOWN))


def summary(plan):
    """The keys of the interface, and `warnings`, `missing`. Two queries for the names of our runners."""
    names = names_of(plan)
    return {
        **plan.counts,
        "new": plan.effects[Effect.NEW],
        "changed": plan.effects[Effect.CHANGED],
        "unchanged": plan.effects[Effect.AS_BEFORE],
        "held": plan.effects[Effect.HELD],
        "questions": questions(plan, names),
        "problems": problems(plan),
        "warnings": list(_warnings(plan, names)),
        "missing": [names[key] for key in plan.matches.missing],
    }


def names_of(plan):
    """{guest id: name} of everybody the plan is about; of those to choose from company and bib, too."""
    asked = {key for each in plan.asked for key in each.candidates}
    guests = Guest.objects.filter(pk__in={row.key for row in plan.rows} | asked | set(plan.matches.missing))
    bibs = dict(Entry.objects.filter(guest__in=asked).values_list("guest", "bib")) if asked else {}
    return {
        guest.pk: _told_apart(guest, bibs.get(guest.pk)) if guest.pk in asked else guest.name_in_lists
        for guest in guests.select_related(
            "contact__company", "companion_of__contact__company"
        ).order_by("sort_key")
    }  # fmt: skip


def _told_apart(guest, bib):
    """ "Siv Fjøsne, Ulriken Data AS, bib 140": people of one name are no choice."""
    contact = guest.leader.contact
    company = contact.company.name if contact and contact.company_id else ""
    number = gettext("bib %(bib)s") % {"bib": bib} if bib is not None else ""
    return ", ".join(filter(None, (guest.name_in_lists, company, number)))


def questions(plan, names):
    """What waits for a person: readings of whole columns, lines of which it is not clear whose they are or what
    became of the runner.
    """
    return [*_of_file(plan), *_whose(plan, names), *_unclear(plan, names)]


def _of_file(plan):
    for finding in plan.timesheet.asked:
        yield {
            "row": None, "code": str(finding.topic), "proposal": finding.choices[0], "choices": list(finding.choices),
            "message": words.question(finding),
        }  # fmt: skip


def _whose(plan, names):
    for each in plan.asked:
        yield {
            "row": each.line.number, "code": str(each.fate), "proposal": None,
            "choices": [names[key] for key in each.candidates], "message": words.why_asked(each.fate),
        }  # fmt: skip


def _unclear(plan, names):
    for row in open_lines(plan):
        notice = row.line.notices[0] if row.line.notices else None
        doubtful = notice and notice.code is Remark.TIME_DOUBTFUL
        yield {
            "row": row.line.number, "code": str(notice.code) if notice else "unclear", "name": names[row.key],
            "value": notice.value if notice else "", "proposal": clock(notice.readings[0]) if doubtful else "unclear",
            "choices": [*(map(clock, notice.readings) if doubtful else ()), "DNF", "DNS", "unclear"],
            "message": words.notice(notice.code, notice.value, notice.readings) if notice else "",
        }  # fmt: skip


def open_lines(plan):
    """Our lines that can be read but do not say what became of the runner, and nobody has decided."""
    return [row for row in plan.rows if row.is_unclear and not row.is_decided and not is_refused(row.line)]


def problems(plan):
    """Every line that cannot be read, be it of ours or not: row, cell, reading. No names."""
    return [
        {
            "row": line.number, "field": "status" if notice.code is Remark.STATUS_UNKNOWN else "time",
            "value": notice.value, "code": str(notice.code), "readings": list(map(clock, notice.readings)),
            "message": words.notice(notice.code, notice.value, notice.readings),
        }
        for line in plan.timesheet.lines if is_refused(line)
        for notice in line.notices if notice.code in QUIET
    ]  # fmt: skip


def _warnings(plan, names):
    for row in plan.written:
        for message, code in told(row):
            yield {"row": row.line.number, "name": names[row.key], "code": code, "message": message}


def told(row):
    """[(sentence, code)] of what is worth a look in a line of ours that is written."""
    found = [
        (words.notice(notice.code, notice.value, notice.readings), str(notice.code))
        for notice in row.notices if not row.is_unclear and notice.code not in QUIET
    ]  # fmt: skip
    if row.differs_in_place and row.line.source_place:
        found.append((words.place_differs(row.line.source_place), "place_differs"))
    if row.effect is Effect.HELD:
        found.append((words.held(row.before), "held"))
    return found


def proposals(plan):
    """{topic: choice} that accepts what is proposed of the whole file."""
    return {str(finding.topic): proposed(plan, finding) for finding in plan.timesheet.asked}


def proposed(plan, finding):
    """Our proposal: of several races in the file the one where most of ours are, else the first choice."""
    if finding.topic is not Topic.RACE:
        return finding.choices[0]
    ours = [row.line.race for row in plan.rows]
    return max(finding.choices, key=lambda name: (ours.count(name), -finding.choices.index(name)))
