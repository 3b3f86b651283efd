from pathlib import Path

from django.utils import timezone

from events.actions import guestlists
from events.domain.tabular import NoSuchSheet, TableError
from events.domain.tabular_base import UnknownColumn, UnknownField
from events.management.base import BadUse, HouseCommand, Refused, pairs_of, read_file
from events.models import History
from events.reports import guestlist_refusals, guestlist_words

BAD_USE = (UnknownColumn, UnknownField, NoSuchSheet)
MOST_NAMED = 20


class Command(HouseCommand):
    help = "Makes the people of a guest list (CSV or XLSX) guests of an event. The same list again changes nothing."
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--map", action="append", default=[], metavar='"Column=field"',
            help="what a column holds; nothing after = leaves it out",
        )  # fmt: skip
        parser.add_argument("--sheet", metavar="NAME", help="another sheet of a workbook than its first")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *, slug, file, sheet, dry_run, **options):
        event, data = self.event(slug), read_file(file)
        how = {
            "by": None,
            "mapping": pairs_of(options["map"], "--map", '"Deltaker=name"'),
            "sheet": sheet,
            "progress": self.progress,
        }
        try:
            if dry_run:
                report = guestlists.preview(event, data, **how)
            else:
                report = guestlists.apply(event, data, channel=History.Channel.COMMAND, now=timezone.now(), **how)
        except BAD_USE as error:
            raise BadUse(guestlist_refusals.sentence(error.code, error.facts)) from error
        except TableError as error:
            sentence = guestlist_refusals.sentence(error.code, error.facts)
            if options["json"]:
                self.tell("", _summary_of_refusal(error, sentence), options)
            raise Refused(sentence) from error
        summary = _summary(report)
        self.tell(_sentences(summary, dry_run), summary, options)
        if summary["refused"] or summary["questions"]:
            raise Refused("Some rows wait for you; the others are done." if not dry_run else "Some rows wait for you.")


def _summary(report):
    """The report as the outside of the program names it."""
    counts = report.counts
    return {
        **{name: counts[name] for name in ("rows", "new", "changed", "unchanged", "refused")},
        "duplicates": counts["duplicate"],
        "questions": [_question(entry) for entry in report.entries["question"]],
        "missing": report.missing,
        "problems": [_problem(problem) for entry in report.entries["refused"] for problem in entry["problems"]],
        "without_mail": [{**entry, "message": guestlist_words.notice("no_email", {})} for entry in report.without_mail],
    }


def _question(entry):
    return {
        "row": entry["row"],
        "name": entry["name"],
        "code": str(entry["code"]),
        "proposal": entry["proposal"],
        "message": guestlist_words.question(entry["code"], entry["facts"]),
    }


def _problem(problem):
    return {
        "row": problem["row"],
        "field": problem["field"],
        "value": problem["value"],
        "code": str(problem["code"]),
        "message": guestlist_words.problem(problem["code"], problem["facts"]),
    }


def _summary_of_refusal(error, sentence):
    counts = dict.fromkeys(("rows", "new", "changed", "unchanged", "refused", "duplicates"), 0)
    problem = {"row": None, "field": "", "value": "", "code": error.code, "message": sentence}
    return {**counts, "questions": [], "missing": [], "problems": [problem], "without_mail": []}


def _sentences(summary, is_only_said):
    """For people: what happened in one line, then a line for whatever waits for somebody."""
    counted = "{rows} rows: {new} new, {changed} changed, {unchanged} unchanged, {refused} refused, "
    counted += "{duplicates} duplicates, {asked} in question."
    lines = [counted.format(asked=len(summary["questions"]), **summary)]
    if is_only_said:
        lines[0] = f"Nothing is written. {lines[0]}"
    lines += ["Row {row}, {field} {value!r}: {message}".format(**problem) for problem in summary["problems"]]
    lines += ["Row {row}, {name}: {message}".format(**question) for question in summary["questions"]]
    lines += ["Row {row}, {name}: {message}".format(**entry) for entry in summary["without_mail"]]
    lines += [f"Not in this file, and untouched: {person['name']}" for person in summary["missing"][:MOST_NAMED]]
    if len(summary["missing"]) > MOST_NAMED:
        lines.append(f"Not in this file, and untouched: {len(summary['missing']) - MOST_NAMED} more")
    return "\n".join(lines)
