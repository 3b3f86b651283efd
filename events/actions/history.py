"""What happened, by whom and when: written in the same transaction as the deed."""

from ..models import History, boards

What = History.What
SEEN_ON_BOARDS = {
    What.CONSENT,
    What.CORRECTED,
    What.CHANGED,
    What.UNDONE,
    What.RACE_SET,
    What.START,
    What.STARTS,
    What.TIMED,
    What.RESULTS,
    What.RESULTS_UNDONE,
    What.SHOWN,
    What.NOT_SHOWN,
    What.FINAL,
    What.NOT_FINAL,
    What.RESULT_WISH,
    What.CHEERED,
    What.CHEER_SHOWN,
    What.CHEER_HIDDEN,
    What.LINK_REVOKED,
    What.PROGRAMME,
    What.STATE,
}  # fmt: skip  the rest is seen there a little later


def note(event, what, *, by, channel, now, guest=None, activity=None, **facts):
    """An unsaved history row; facts are codes and numbers, never names or free text."""
    return History(event=event, guest=guest, activity=activity, at=now, by=by, channel=channel, what=what, facts=facts)


def record(event, what, *, by, channel, now, guest=None, activity=None, **facts):
    """Saves one history row and returns it. What a board shows of it, it shows at once."""
    row = note(event, what, by=by, channel=channel, now=now, guest=guest, activity=activity, **facts)
    row.save()
    if what in SEEN_ON_BOARDS:
        boards.changed(event.pk)
    return row
