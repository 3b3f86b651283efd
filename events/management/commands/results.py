import csv

from events.domain.cells import defused
from events.domain.racetime import SECOND, printed
from events.management.base import HouseCommand
from events.management.races import race_activity
from events.models import Race, Result

COLUMNS = ("name", "bib", "class", "status", "time", "time_ms", "place", "class_place", "pb", "ambition_diff_s")


class Command(HouseCommand):
    help = "Prints the results of a race with all names: who finished by time, then the others. For the operator."
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--race", metavar="SLUG", help="needed only where there are several races")
        parser.add_argument("--csv", action="store_true", help="comma-separated with a heading row, UTF-8")

    def handle(self, *, slug, race, **options):
        activity = race_activity(self.event(slug), race)
        race = Race.objects.of(activity)
        rows = _rows(race)
        if options["csv"] and not options["json"]:
            writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(row | {"name": defused(row["name"]), "class": defused(row["class"])} for row in rows)
            return
        lines = ["{place:>4}  {time:>9}  {name}".format(**_plain(row)) for row in rows]
        summary = {"race": activity.slug, "state": race.state, "results": rows}
        self.tell("\n".join(lines) or "No results yet.", summary, options)


def _plain(row):
    return {"name": row["name"], "place": row["place"] or "", "time": row["time"] or row["status"]}


def _rows(race):
    """Finishers by shown time, then by status; those who share a time by name."""
    found = Result.objects.filter(race=race).select_related(
        "entry__race_class", "entry__guest__contact", "entry__guest__companion_of__contact"
    ) if race.pk else []  # fmt: skip
    order = Result.Status.values
    rows = sorted(
        found, key=lambda row: (order.index(row.status), row.time_ms or 0, row.entry.guest.sort_key, row.entry_id)
    )
    return [_row(row) for row in rows]


def _row(row):
    entry = row.entry
    return {
        "name": entry.guest.name,
        "bib": entry.bib,
        "class": str(entry.race_class) if entry.race_class_id else "",
        "status": row.status,
        "time": printed(row.time_ms, "en") if row.time_ms else "",
        "time_ms": row.time_ms,
        "place": row.source_place or row.place,
        "class_place": row.class_place,
        "pb": row.best,
        "ambition_diff_s": row.ambition_diff_ms // SECOND if row.ambition_diff_ms is not None else None,
    }
