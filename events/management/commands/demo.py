from django.utils import timezone

from events.actions import demo
from events.management.base import BadUse, HouseCommand
from events.models import Event


class Command(HouseCommand):
    help = "Makes invented events to look at: two held editions of Stoltzen and an open one."

    def add_arguments(self, parser):
        parser.add_argument("--fresh", action="store_true", help="take the demo's events away first")
        parser.add_argument("--guests", type=int, default=60, metavar="N", help="default 60")

    def handle(self, *, fresh, guests, **options):
        if guests < 1:
            raise BadUse("A demo needs at least one guest.")
        if fresh:
            demo.remove()
        if Event.objects.filter(series__slug="stoltzen").exists():
            self.stdout.write("The demo is there already. Start it anew with --fresh.")
            return
        event = demo.make(count=guests, now=timezone.now())
        self.stdout.write(f"{event.slug} is open, with {event.guest_set.invited().count()} invented guests.")
