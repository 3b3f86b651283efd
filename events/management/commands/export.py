from pathlib import Path

from django.utils import timezone

from events.actions import history
from events.management.base import BadUse, HouseCommand
from events.models import History
from events.reports import exports


class Command(HouseCommand):
    help = "Writes an event's guests or answers to a file, as the back office offers them for download."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("what", choices=sorted(exports.REPORTS))
        parser.add_argument("--format", choices=["csv", "xlsx"], default="csv", help="default: csv")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *, slug, what, format, out, **options):
        event = self.event(slug)
        headings, rows = exports.REPORTS[what](event)
        try:
            with out.open("wb") as file:
                file.writelines(exports.parts(headings, rows, what, format))
        except OSError as error:
            raise BadUse(f"{out} cannot be written: {error.strerror}.") from error
        history.record(
            event, History.What.EXPORTED, by=None, channel=History.Channel.COMMAND, now=timezone.now(), list=what,
            form=format,
        )  # fmt: skip
        self.tell(f"{what.capitalize()} of {slug} are in {out}.", {}, options)
