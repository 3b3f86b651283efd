"""What our commands share: exit codes, --json, progress on a terminal."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ..models import Event


class Refused(CommandError):
    """Something was refused or is open; what was accepted is applied. Exit 1."""

    def __init__(self, sentence):
        super().__init__(sentence, returncode=1)


class BadUse(CommandError):
    """The command was called in a way that makes no sense. Exit 2."""

    def __init__(self, sentence):
        super().__init__(sentence, returncode=2)


def a_day(text):
    """An argument like 2027-09-24 as a date."""
    return date.fromisoformat(text)


class HouseCommand(BaseCommand):
    """A thin command: parse, call an action, print one sentence; `--json` where `has_json`."""

    has_json = False
    stealth_options = ()

    def create_parser(self, *args, **kwargs):
        parser = super().create_parser(*args, **kwargs)
        if self.has_json:
            parser.add_argument("--json", action="store_true", help="print one JSON object last")
        return parser

    def execute(self, *args, **options):
        with translation.override("en"):
            return super().execute(*args, **options)

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
