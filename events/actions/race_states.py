"""How far a race has come: under way from its first start on, provisional with the first result, final by hand.

Nothing of it happens when a page is read: marks move it on, and the worker when the first start has come.
"""

from ..models import History, Race, Result, TimingEvent
from . import history

STARTED = (TimingEvent.Kind.START, TimingEvent.Kind.FINISH)


def begin_due(*, now):
    """Races whose first start has come are under way. Returns how many."""
    due = list(Race.objects.due(now).values_list("pk", flat=True))
    return Race.objects.filter(pk__in=due, state=Race.State.DRAFT).update(state=Race.State.RUNNING)


def move_on(race, *, now):
    """Says how far the race has come, from what is known of it; the race is locked."""
    state = _state(race, now)
    if state != race.state:
        race.state = state
        Race.objects.filter(pk=race.pk).update(state=state)


def _state(race, now):
    """A final race stays final; one without a result is never provisional, and never a draft again once it is shown."""
    if race.is_final:
        return race.state
    if Result.objects.filter(race=race).exists():
        return Race.State.PROVISIONAL
    has_begun = race.is_published or race.starts_at <= now
    if has_begun or TimingEvent.objects.filter(race=race, kind__in=STARTED).exists():
        return Race.State.RUNNING
    return Race.State.DRAFT


def open_again(race, *, by, channel, now):
    """A final race is provisional again, because something new is known of it. Returns whether it was final."""
    if not race.is_final:
        return False
    race.state = Race.State.PROVISIONAL
    Race.objects.filter(pk=race.pk).update(state=race.state)
    history.record(
        race.activity.event, History.What.NOT_FINAL, by=by, channel=channel, now=now, activity=race.activity,
        why="new_times",
    )  # fmt: skip
    return True
