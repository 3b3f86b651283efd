"""What our commands share: exit codes, --json, progress on a terminal."""

import argparse
import json
import os
import sys
from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import DatabaseError, OperationalError, ProgrammingError, connection
from django.utils import translation

from ..forms.fields import YEARS
from ..models import Event


class Refused(CommandError):
    """Something was refused or is open; what was accepted is applied. Exit 1."""

    def __init__(self, sentence):
        super().__init__(sentence, returncode=1)


class BadUse(CommandError):
    """The command was called in a way that makes no sense. Exit 2."""

    def __init__(self, sentence):
        super().__init__(sentence, returncode=2)


def read_file(file):
    """The bytes of the file of this path. Raises BadUse."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadUse(f"The file cannot be opened: {error.strerror or error}.") from error


def pairs_of(written, option, example):
    """{name: value} of what was given with an option as "name=value". Raises BadUse, with the example."""
    found = {}
    for pair in written:
        name, equals, value = pair.rpartition("=")
        if not equals or not name.strip():
            raise BadUse(f"Write {option} like {example}.")
        found[name] = value.strip()
    return found


def a_day(text):
    """An argument like 2027-09-24 as a date, in the years that forms take, too."""
    return _in_our_time(date, text, "a day like 2027-09-24")


def a_moment(text):
    """An argument like 2027-08-10T09:00 as a datetime, in the years that forms take, too."""
    return _in_our_time(datetime, text, "day and time like 2027-08-10T09:00")


def _in_our_time(kind, text, example):
    """Python's own words for what cannot be read would name our function."""
    try:
        value = kind.fromisoformat(text)
    except ValueError:
        value = None
    if value is None or value.year not in YEARS:
        raise argparse.ArgumentTypeError(f"write {example}, not {text!r}")
    return value


class Output(OutputWrapper):
    """Standard output whose reader may leave early, as `| head` does: the command goes on to its end, unheard."""

    def write(self, *args, **kwargs):
        self._unless_nobody_reads(super().write, *args, **kwargs)

    def flush(self):
        self._unless_nobody_reads(super().flush)

    def _unless_nobody_reads(self, say, *args, **kwargs):
        try:
            say(*args, **kwargs)
        except BrokenPipeError:
            # What is still held back goes nowhere, too, when Python flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())


def _what_the_database_lacks():
    """A sentence where no command can work, with what to do; else "", and the fault is ours."""
    try:
        is_made = Event._meta.db_table in connection.introspection.table_names()
    except DatabaseError:
        return "The database cannot be reached. Does it run, and is DATABASE_URL right?"
    return "" if is_made else "The database has no tables yet. Make them with: manage.py migrate"


class HouseCommand(BaseCommand):
    """A thin command: parse, call an action, print one sentence; `--json` where `has_json`."""

    has_json = False
    stealth_options = ()

    def __init__(self, stdout=None, *args, **kwargs):
        super().__init__(stdout, *args, **kwargs)
        self.stdout = Output(stdout or sys.stdout)

    def create_parser(self, *args, **kwargs):
        parser = super().create_parser(*args, **kwargs)
        if self.has_json:
            parser.add_argument("--json", action="store_true", help="print one JSON object last")
        return parser

    def execute(self, *args, **options):
        try:
            with translation.override("en"):
                return super().execute(*args, **options)
        except (OperationalError, ProgrammingError):
            if sentence := _what_the_database_lacks():
                raise Refused(sentence) from None
            raise
        finally:
            self.stdout.flush()

    def event(self, slug):
        """The event of this short name; BadUse names those there are."""
        event = Event.objects.filter(slug=slug).first()
        if event is None:
            known = ", ".join(Event.objects.values_list("slug", flat=True)[:10]) or "none yet"
            raise BadUse(f"There is no event {slug!r}. There are: {known}.")
        return event

    def tell(self, sentence, summary, options):
        """Prints the sentence for people, or the summary for machines."""
        if options.get("json"):
            self.stdout.write(json.dumps(summary, ensure_ascii=False))
        else:
            self.stdout.write(sentence)

    def progress(self, done, total):
        """One line that is written over, on a terminal only."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{done}/{total}", ending="\n" if done >= total else "")
            self.stderr.flush()
