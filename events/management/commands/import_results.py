from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from events.actions import result_files
from events.actions.result_files import Choices
from events.actions.uploads import shown_name
from events.domain.tabular import NoSuchSheet, TableError
from events.domain.tabular_base import UnknownColumn, UnknownField
from events.domain.timesheet_findings import Topic
from events.domain.timesheet_lines import Remark
from events.management.base import BadUse, HouseCommand, Refused, pairs_of, read_file
from events.management.races import race_activity
from events.models import History, Race
from events.reports import result_file_refusals
from events.reports.result_file_summary import open_lines, proposals, summary

BAD_USE = (UnknownColumn, UnknownField, NoSuchSheet)
COUNTS = ("rows", "matched", "unmatched", "ambiguous", "finishers", "dns", "dnf", "dsq", "nc", "unclear", "refused")
OF_A_FILE = frozenset(map(str, Topic))


class Command(HouseCommand):
    help = "Reads a file of results for a race; strangers in it are left out. The same file again changes nothing."
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--race", metavar="SLUG", help="needed only where there are several races")
        parser.add_argument(
            "--map", action="append", default=[], metavar='"Column=field"',
            help="what a column (by heading or letter) holds; nothing after = leaves it out",
        )  # fmt: skip
        parser.add_argument("--sheet", metavar="NAME", help="another sheet of a workbook than its first")
        parser.add_argument(
            "--choose", action="append", default=[], metavar='"question=choice"',
            help='answers a question about the whole file, like "official=net_time" or "race=Stoltzekleiven Opp"',
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--yes", action="store_true", help="accept the proposed readings")

    def handle(self, *, slug, file, dry_run, **options):
        activity, data = race_activity(self.event(slug), options["race"]), read_file(file)
        choices = Choices(
            sheet=options["sheet"] or "",
            mapping=pairs_of(options["map"], "--map", '"Deltaker=name"'),
            answers=_answers(options["choose"]),
        )
        try:
            choices, plan = _looked_at(activity, data, choices, is_accepted=options["yes"])
            told = summary(plan)
            is_open = bool(told["questions"])
            told["applied"] = told["known"] = False
            if not dry_run and (not is_open or options["yes"]):
                told["applied"] = _apply(activity, data, choices, shown_name(file.name))
                told["known"] = not told["applied"]
        except BAD_USE as error:
            raise BadUse(result_file_refusals.sentence(error.code, error.facts)) from error
        except TableError as error:
            sentence = result_file_refusals.sentence(error.code, error.facts)
            if options["json"]:
                self.tell("", _summary_of_refusal(error, sentence), options)
            raise Refused(sentence) from error
        self.tell(_sentences(told, dry_run), told, options)
        if is_open or told["refused"]:
            raise Refused("Some lines wait for you.")


def _looked_at(activity, data, choices, *, is_accepted):
    """(choices, plan), with --yes the choices as they are proposed."""
    race = Race.objects.of(activity)
    plan = result_files.planned(race, result_files.read(race, data, choices), choices)
    if not is_accepted:
        return choices, plan
    if plan.timesheet.asked:
        choices = replace(choices, answers=proposals(plan) | choices.answers)
        plan = result_files.planned(race, result_files.read(race, data, choices), choices)
    decided = {row.line.number: _proposal(row) for row in open_lines(plan)}
    choices = replace(choices, decided=decided)
    return choices, result_files.planned(race, plan.timesheet, choices)


def _proposal(row):
    """The likelier reading of a doubtful time; else it stays unclear, for somebody to say."""
    notice = next((notice for notice in row.line.notices if notice.code is Remark.TIME_DOUBTFUL), None)
    return notice.readings[0] if notice else row.line.status


def _apply(activity, data, choices, name):
    """Whether something was written."""
    how = {"by": None, "channel": History.Channel.COMMAND, "now": timezone.now(), "name": name}
    return result_files.apply(activity, data, choices, **how).is_new


def _answers(pairs):
    answers = pairs_of(pairs, "--choose", '"official=net_time"')
    for topic in answers:
        if topic not in OF_A_FILE:
            raise BadUse(f"There is no question {topic!r}. There are: {', '.join(sorted(OF_A_FILE))}.")
    return answers


def _summary_of_refusal(error, sentence):
    problem = {"row": None, "field": "", "value": "", "code": error.code, "message": sentence}
    return {
        **dict.fromkeys(COUNTS, 0),
        "questions": [],
        "problems": [problem],
        "warnings": [],
        "missing": [],
        "applied": False,
    }


def _sentences(told, is_only_said):
    """For people: what happened in one line, then a line for whatever waits for somebody or is worth a look."""
    counted = "{rows} lines: {matched} of ours, {unmatched} of others, {ambiguous} in question; {finishers} finished, "
    counted += "{dnf} DNF, {dns} DNS, {dsq} DSQ, {nc} NC, {unclear} unclear, {refused} not readable."
    lines = [counted.format(**told)]
    if told["known"]:
        lines[0] = f"This very file is applied already, and nothing changes. {lines[0]}"
    elif is_only_said or not told["applied"]:
        lines[0] = f"Nothing is written. {lines[0]}"
    lines += ["Row {row}, {value!r}: {message}".format(**problem) for problem in told["problems"]]
    for asked in told["questions"]:
        where = f"Row {asked['row']}" if asked["row"] else f"--choose {asked['code']}"
        lines.append(f"{where}: {asked['message']} {' | '.join(map(str, asked['choices']))}")
    lines += ["Row {row}, {name}: {message}".format(**warning) for warning in told["warnings"]]
    return "\n".join(lines)
