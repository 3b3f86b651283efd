"""The background entry points: one line each, calling an action. What they are told is JSON."""

from django.utils import timezone
from django_tasks import task

from .actions import links

MAIL_QUEUE = "mail"


@task(queue_name=MAIL_QUEUE)
def send_links(email):
    """The page that asks for it does the same work for known and unknown addresses: it writes this task (S10)."""
    links.send_again(email, now=timezone.now())


@task()
def carry_on_guest_list(upload_id):
    """Reads or applies a large guest list, whichever it waits for."""
    from .actions import guestlist_uploads

    guestlist_uploads.carry_on(upload_id, now=timezone.now(), clock=timezone.now)
