import signal

from events.management.background import Background, worker_name
from events.management.base import HouseCommand


class Command(HouseCommand):
    help = (
        "Works in the background until it is stopped: sends mails that are due, carries out tasks, puts things away. "
        "Any number may run. SIGTERM or Ctrl-C ends it after the mail in hand."
    )

    def handle(self, **options):
        background = Background(worker_name())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, background.stop)
        background.run()
