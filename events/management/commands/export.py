from pathlib import Path

from django.utils import timezone

from events.actions import history
from events.management.base import BadUse, HouseCommand, Refused
from events.models import History
from events.reports import exports, kitchen

LISTS = {**exports.REPORTS, "kitchen": kitchen.table}


class Command(HouseCommand):
    help = "Writes one of an event's lists to a file, as the back office offers it for download."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("what", choices=sorted(LISTS))
        parser.add_argument("--format", choices=["csv", "xlsx", "pdf"], default="csv", help="default: csv")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *, slug, what, format, out, **options):
        event = self.event(slug)
        if format == "pdf":
            raise Refused("PDF is not there yet. Take csv or xlsx; both can be printed.")
        headings, rows = LISTS[what](event)
        try:
            with out.open("wb") as file:
                file.writelines(exports.parts(headings, rows, what, format))
        except OSError as error:
            raise BadUse(f"{out} cannot be written: {error.strerror}.") from error
        history.record(
            event, History.What.EXPORTED, by=None, channel=History.Channel.COMMAND, now=timezone.now(), list=what,
            form=format,
        )  # fmt: skip
        self.tell(f"The list {what} of {slug} is in {out}.", {}, options)
