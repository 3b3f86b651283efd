from django.utils import timezone

from events.actions import retention
from events.management.base import HouseCommand, Refused, a_day


class Command(HouseCommand):
    help = "Forgets what is no longer to be kept; the numbers stay. The worker does so daily. Again does nothing more."
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("--on", type=a_day, metavar="2027-09-10", help="as of that day; default: today")
        parser.add_argument("--dry-run", action="store_true", help="count only")

    def handle(self, *, on, dry_run, **options):
        now = timezone.now()
        try:
            done = retention.forget_due(on or timezone.localdate(now), now=now, dry_run=dry_run, tell=self.progress)
        except retention.NotAllForgotten as rest:
            self._say(rest.done, dry_run, options)
            raise Refused(f"Not everybody could be forgotten: {rest.failed} failed, and are due again.") from rest
        self._say(done, dry_run, options)

    def _say(self, done, dry_run, options):
        counts = (
            "food needs of {food} people, {photos} photos, {silent} guests who never answered, {guests} other guests, "
            "{companions} companions, {contacts} contacts"
        )
        sentence = "To be forgotten: " if dry_run else "Forgotten: "
        self.tell(sentence + counts.format(**done) + ".", {"erased": done}, options)
