"""Whether the mailbox is read at all: what an organiser should know before guests wonder."""

from django.conf import settings
from django.utils import timezone

from ..models import Mailbox


def unread_since():
    """Since when, if for an hour or more, the mailbox cannot be read; None while all is well, or there is none."""
    if not settings.INBOUND_URL:
        return None
    return Mailbox.objects.unreadable(timezone.now()).values_list("failing_since", flat=True).first()
