"""What happened, by whom and when: written in the same transaction as the deed."""

from ..models import History


def note(event, what, *, by, channel, now, guest=None, activity=None, **facts):
    """An unsaved history row; facts are codes and numbers, never names or free text."""
    return History(event=event, guest=guest, activity=activity, at=now, by=by, channel=channel, what=what, facts=facts)


def record(event, what, *, by, channel, now, guest=None, activity=None, **facts):
    """Saves one history row and returns it."""
    row = note(event, what, by=by, channel=channel, now=now, guest=guest, activity=activity, **facts)
    row.save()
    return row
