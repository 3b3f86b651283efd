"""Letters: ours (composed, inlined, recorded, with calendar file) against Django's plain text and HTML."""

import gc
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template import Context, Engine
from django.utils import timezone

from events.actions import delivery, messages
from events.models import Answer, Guest, links

from .table import Row
from .work import in_turn

COUNT = 500
LETTER = Engine(dirs=[Path(__file__).parent / "limit" / "templates"])


def rows(play):
    """CPU and rate of confirmations, which carry a calendar file for every yes."""
    Answer.objects.filter(guest__event=play.few).update(state=Answer.State.COMING, answered_at=timezone.now())
    gc.collect()
    gc.freeze()  # for both, as the worker does
    with mail_server():
        limit, ours, again = in_turn(
            limit=lambda: send_plainly(play.few), ours=lambda: send_ours(play.few), pids=play.pids,
            is_quick=play.is_quick,
        )  # fmt: skip
    yield Row(
        what="CPU", figure=ours.cpu / limit.cpu, budget=2, noise=abs(again.cpu / limit.cpu - 1),
        limit=f"{limit.cpu:.1f} s", ours=f"{ours.cpu:.1f} s",
    )  # fmt: skip
    yield Row(
        what="rate", figure=limit.wall / ours.wall, budget=0.5, is_floor=True,
        noise=abs(again.wall / limit.wall - 1), limit=f"{limit.wall:.1f} s", ours=f"{ours.wall:.1f} s",
    )  # fmt: skip


def send_ours(event):
    """Queues a confirmation to every guest, due now, and delivers them."""
    now = timezone.now()
    before = now - timedelta(seconds=settings.CONFIRMATION_WAITS_SECONDS)
    guests = Guest.objects.filter(event=event).select_related("contact", "event")
    messages.queue([messages.confirmation(guest, now=before) for guest in guests], by=None, now=now)
    done = delivery.deliver()
    if done.sent != COUNT:
        raise SystemExit(f"Not all letters were sent: {done}")


def send_plainly(event):
    """The same facts to the same people as text and HTML, over one connection; nothing is recorded."""
    text, html = (LETTER.get_template(f"letter.{kind}") for kind in ("txt", "html"))
    guests = Guest.objects.filter(event=event).select_related("contact", "event", "host", "invitation")
    connection = get_connection()
    connection.open()
    for guest in guests.prefetch_related("answer_set__activity"):
        answers, url = guest.answer_set.all(), links.url(guest.invitation)
        shown = Context({"guest": guest, "event": guest.event, "answers": answers, "url": url})
        mail = EmailMultiAlternatives(
            str(event.title),
            text.render(shown),
            settings.FROM_EMAIL,
            [guest.contact.email],
            reply_to=[event.contact_email],
            connection=connection,
        )
        mail.attach_alternative(html.render(shown), "text/html")
        mail.send()
    connection.close()


@contextmanager
def mail_server():
    """Settings that send to a server in another process."""
    sink = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sink.stdout.readline())
    try:
        yield
    finally:
        sink.communicate()
