from events.management.base import HouseCommand
from events.reports.replies import replies


class Command(HouseCommand):
    help = "Counts who comes to what, companions included."
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("slug")

    def handle(self, *, slug, **options):
        summary = replies(self.event(slug))
        lines = [
            "{slug}: {coming} coming, {not_coming} not coming, {unsure} unsure, {no_answer} no answer, "
            "{waiting} waiting, of {invited} invited".format(**activity)
            for activity in summary["activities"]
        ]
        self.tell("\n".join(lines) or "No activities yet.", summary, options)
