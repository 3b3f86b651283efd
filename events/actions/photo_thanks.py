"""Thanks by mail for photos a guest adds: one for a go of many files, once no more have come for a while (M6)."""

from datetime import timedelta

from ..models import Letter, Message
from . import messages

QUIET = timedelta(minutes=5)  # so long after the last file; one may take minutes on a poor line
OVERLAP = timedelta(minutes=1)  # three files come at once, and not in the order in which they are written


def later(upload, *, now):
    """A photo of this guest's go has come in: the thanks wait once more. In the transaction of the photo.

    One statement for each photo but the first. Who has no address is thanked on the page alone.
    """
    key, due_at = messages.open_key(Letter.Kind.PHOTOS_ADDED), now + QUIET
    waiting = Message.objects.filter(guest=upload.guest_id, key=key, state=Message.State.QUEUED)
    if not waiting.update(due_at=due_at) and upload.guest.email:
        facts = {"since": (now - OVERLAP).isoformat()}
        messages.queue([messages.photos_added(upload.guest, facts, due_at=due_at)], by=None, now=now)
