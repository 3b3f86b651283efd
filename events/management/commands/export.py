from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation

from events.actions import history
from events.management.base import BadUse, HouseCommand, Refused
from events.management.races import race_activity
from events.models import History, Race
from events.reports import exports, kitchen, printing

LISTS = {**exports.REPORTS, "kitchen": kitchen.table}


class Command(HouseCommand):
    help = "Writes one of an event's lists to a file, as the back office offers it for download."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("what", choices=sorted({*LISTS, *printing.PRINTED}))
        parser.add_argument("--format", choices=["csv", "xlsx", "pdf"], default="csv", help="default: csv")
        parser.add_argument("--race", metavar="SLUG", help="which race, where there are several; for pdf")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *, slug, what, format, out, race, **options):
        event = self.event(slug)
        parts = self._printed(event, what, race) if format == "pdf" else self._table(event, what, format)
        try:
            with out.open("wb") as file:
                file.writelines(parts)
        except OSError as error:
            raise BadUse(f"{out} cannot be written: {error.strerror}.") from error
        history.record(
            event, History.What.EXPORTED, by=None, channel=History.Channel.COMMAND, now=timezone.now(), list=what,
            form=format,
        )  # fmt: skip
        self.tell(f"The list {what} of {slug} is in {out}.", {}, options)

    def _table(self, event, what, format):
        if what not in LISTS:
            raise Refused(f"The list {what} is made as pdf only.")
        headings, rows = LISTS[what](event)
        return exports.parts(headings, rows, what, format)

    def _printed(self, event, what, slug):
        """On paper it stands in the site's own language."""
        if what not in printing.PRINTED:
            raise Refused(f"The list {what} is made as csv or xlsx; both can be printed.")
        activity = race_activity(event, slug)
        race = Race.objects.of(activity)
        race.activity = activity
        with translation.override(settings.LANGUAGE_CODE):
            made = printing.printed(what, race, now=timezone.now())
        if made is None:
            raise Refused("There are no results yet.")
        return [made]
