"""A race's board: its link made and renewed, and whether times are on it before the results are published."""

from django.db import transaction
from django.db.models import F

from ..models import History, Race
from . import history, races


@transaction.atomic
def make(activity):
    """The race of an activity, that its board may have a link. Twice is harmless. Raises races.NotARace."""
    return races.of(activity)


@transaction.atomic
def renew(activity, *, by, channel, now):
    """Ends the link everybody has, and returns the race with a new one. Raises races.NotARace."""
    race = races.of(activity)
    Race.objects.filter(pk=race.pk).update(board_version=F("board_version") + 1)
    race.refresh_from_db(fields=["board_version"])
    history.record(
        activity.event, History.What.RACE_SET, by=by, channel=channel, now=now, activity=activity, fields=["board"]
    )
    return race


def switch(activity, is_live, *, by, channel, now):
    """Whether times are on the board as they come in. Saying it twice is harmless. Raises races.NotARace."""
    return races.set_up(activity, {"is_live": is_live}, by=by, channel=channel, now=now)
