from pathlib import Path

from django.conf import settings
from django.utils import timezone

from events.actions import inbound, mailbox
from events.domain.raw_mail import READ_BYTES
from events.management.base import BadUse, HouseCommand, Refused


class Command(HouseCommand):
    help = (
        "Takes the mail that has come in: calendar replies become answers, bounces are noted, people's mails are "
        "passed on. Reads the mailbox that INBOUND_URL names, or the given files. Safe to run twice, and beside a "
        "worker."
    )
    has_json = True

    def add_arguments(self, parser):
        parser.add_argument("--file", action="extend", nargs="+", type=Path, metavar="F.eml", help="read these mails")

    def handle(self, *, file, **options):
        if file:
            self._report([(str(path), self._take(path)) for path in file], options)
            return
        if not settings.INBOUND_URL:
            raise BadUse("There is no mailbox to read. Set INBOUND_URL, or name files with --file.")
        done = mailbox.read()
        self._report(done.taken, options)
        if done.trouble:
            raise Refused(f"The mailbox cannot be read ({done.trouble}). Look at INBOUND_URL.")

    def _take(self, path):
        try:
            size = path.stat().st_size
            raw = path.read_bytes() if size <= settings.FORWARDED_MAIL_MAX_BYTES else None
            with path.open("rb") as opened:
                beginning = raw or opened.read(READ_BYTES)
        except OSError as error:
            raise BadUse(f"{path} cannot be read: {error.strerror}.") from None
        return inbound.take(beginning, now=timezone.now(), whole=lambda: raw)

    def _report(self, taken, options):
        rows = [
            {
                "file": name, "kind": each.kind, "applied": each.is_applied, "reason": each.reason,
                "guest": each.guest.name if each.guest else None,
            }
            for name, each in taken
        ]  # fmt: skip
        applied = sum(row["applied"] for row in rows)
        self.tell(f"{len(rows)} read, {applied} taken or passed on.", {"files": rows}, options)
