"""Photos that a guest takes along, many at once: remembered who did (photos.md §3.12)."""

from ..models import History
from . import history


def take(guest, photos, *, is_all, channel, now):
    """The guest takes these along; the history has how many, and whether that was all there are."""
    facts = {"photos": len(photos), "all": is_all}
    history.record(guest.event, History.What.PHOTOS_TAKEN, by=None, channel=channel, now=now, guest=guest, **facts)
