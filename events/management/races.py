"""What the commands about races share: which race is meant."""

from ..models import Activity
from .base import BadUse


def race_activity(event, slug):
    """The race of this short name, or the only one there is. BadUse names those there are."""
    races = list(Activity.objects.filter(event=event, kind=Activity.Kind.RACE).select_related("event").in_order())
    named = [activity for activity in races if activity.slug == slug] if slug else races
    if len(named) == 1:
        return named[0]
    known = ", ".join(activity.slug for activity in races) or "none"
    if slug:
        raise BadUse(f"There is no race {slug!r} at {event.slug}. There are: {known}.")
    raise BadUse(f"Say which race with --race. There are: {known}.")
