from dataclasses import asdict

from django.conf import settings
from django.utils import timezone

from events.actions import campaigns, delivery, postbox
from events.management.background import run_mail_tasks, worker_name
from events.management.base import BadUse, HouseCommand, Refused


def _from():
    moment = postbox.next_at(now=timezone.now())
    return f"; the next can at {timezone.localtime(moment):%H:%M}" if moment else ""


class Command(HouseCommand):
    help = "Sends the mails that are due, now, in this process. Safe to interrupt, and beside a running worker."
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, metavar="N", help="send no more than so many")

    def handle(self, *, limit, **options):
        if limit is not None and limit < 1:
            raise BadUse("The limit is a number from 1, or left out to send all that is due.")
        run_mail_tasks(worker_name())
        while campaigns.write_what_waits(now=timezone.now()):
            pass
        summary = asdict(delivery.deliver(limit, tell=lambda done: self.progress(done.total, done.total)))
        alarm, is_capped = summary.pop("alarm"), summary.pop("is_capped")
        sentence = "{sent} sent, {failed} failed, {deferred} deferred, {uncertain} uncertain, {stopped} stopped."
        if is_capped:
            sentence += (
                f" More are due and wait, for no more than {settings.MAILS_PER_HOUR} may leave an hour{_from()}."
            )
        self.tell(sentence.format(**summary), summary, options)
        if alarm:
            raise Refused(f"The mail server takes nothing from us ({alarm}). Look at EMAIL_URL and FROM_EMAIL.")
