"""How a board learns that something it shows has changed: a mark per event, in the cache that all processes share.

Whoever builds a board reads the mark first and the rows after it, and keeps the board under that mark. The mark changes
after the commit, so a board built of rows as they were before never stands under the new one.
"""

from functools import partial
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

KEPT_SECONDS = 24 * 3600  # without a mark boards are built anew


def mark_of(event_id):
    """The mark in force; "" where nothing has changed for long."""
    return cache.get(_key(event_id), "")


def changed(event_id):
    """As soon as the transaction stands, boards of this event are built anew. A cache out of order undoes no deed."""
    transaction.on_commit(partial(_renew, event_id), robust=True)


def _renew(event_id):
    cache.set(_key(event_id), uuid4().hex, KEPT_SECONDS)


def _key(event_id):
    return f"board-mark:{event_id}"
