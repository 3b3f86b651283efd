"""What guests wanted to say after the deadline: kept for the organisers, who grant it or set it aside."""

from django.db import transaction

from ..domain.answers import Choice, State
from ..models import Answer, History
from . import answers, history, parties

What = History.What


@transaction.atomic
def remember(guest, wishes, *, channel, now):
    """Keeps the wishes, {slug: Choice}, that would change something. The same again writes nothing.

    Wishing for what holds already sets an earlier wish aside. Returns the new history rows.
    """
    waiting = {row.activity_id: row for row in History.objects.filter(guest=guest).open_wishes()}
    said = Answer.objects.filter(guest=guest, activity__slug__in=wishes, activity__cancelled_at=None)
    rows = []
    for answer in said.select_related("activity"):
        wish, before = wishes[answer.activity.slug], waiting.get(answer.activity_id)
        if _holds(wish, answer.state):
            what, facts = What.SET_ASIDE, {}
            is_new = before is not None
        else:
            what, facts = What.LATE, {"wish": str(wish), "before": answer.state}
            is_new = before is None or before.facts.get("wish") != wish
        if is_new:
            how = {"by": None, "channel": channel, "now": now}
            rows.append(history.note(guest.event, what, guest=guest, activity=answer.activity, **how, **facts))
    return History.objects.bulk_create(rows)


def _holds(wish, state):
    """Whether nothing would change: who waits in line wants to come already."""
    return wish == state or (wish is Choice.COMING and state == State.WAITING)


@transaction.atomic
def grant(row, *, by, channel, now, tell=True):
    """Says for the guest what the guest wanted to say. Returns answers.Given; None when the wish is no longer open."""
    if not _is_open(row):
        return None
    chosen = {row.activity.slug: Choice(row.facts["wish"])}
    given = answers.give(row.guest, chosen, by=by, channel=channel, now=now, tell=tell)
    if not given.is_changed:
        _put_away(row, by=by, channel=channel, now=now)
    return given


@transaction.atomic
def set_aside(row, *, by, channel, now):
    """Leaves things as they are. Doing it twice is harmless. Returns whether the wish was open."""
    is_open = _is_open(row)
    if is_open:
        _put_away(row, by=by, channel=channel, now=now)
    return is_open


def _is_open(row):
    """Asked under the activities' lock, as answering takes it, so that of two presses one finds it open."""
    parties.lock(row.event_id)
    return History.objects.filter(pk=row.pk).open_wishes().exists()


def _put_away(row, *, by, channel, now):
    how = {"by": by, "channel": channel, "now": now}
    was = {"wish": row.facts["wish"], "before": row.facts["before"]}
    history.record(row.event, What.SET_ASIDE, guest=row.guest, activity=row.activity, **how, was=was)
