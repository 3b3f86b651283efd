"""Deeds around the kitchen's list: looking at it, taking it along, handing it over. Each stands in the history."""

from django.db import transaction

from ..domain import food
from ..models import Activity, History, KitchenList
from ..models.plates import plates_at
from . import history


class ChangedMeanwhile(ValueError):
    """The list is no longer the one that was looked at."""


def look(activity, *, by, channel, now):
    """Notes that somebody opened the list with names (P3)."""
    return history.record(activity.event, History.What.LOOKED, by=by, channel=channel, now=now, activity=activity)


def take_along(activity, form, *, by, channel, now):
    """Notes that somebody took the list along as a file of this form."""
    return history.record(
        activity.event, History.What.EXPORTED, by=by, channel=channel, now=now, activity=activity, list="kitchen",
        form=form,
    )  # fmt: skip


@transaction.atomic
def hand_over(activity, *, seen, by, channel, now):
    """Keeps what the kitchen knows now, so that it can be told what changes after it.

    seen: the fingerprint of the list that was handed over. Raises ChangedMeanwhile when a guest has said something
    else since. The same list again changes nothing.
    """
    activity = Activity.objects.select_for_update(of=["self"], no_key=True).select_related("event").get(pk=activity.pk)
    plates = plates_at([activity])[activity.pk]
    if food.fingerprint(plates) != seen:
        raise ChangedMeanwhile
    stored = food.to_store(plates)
    before = KitchenList.objects.filter(activity=activity).first()
    if before and before.plates == stored:
        return
    KitchenList.objects.update_or_create(
        activity=activity, defaults={"handed_at": now, "handed_by": by, "plates": stored}
    )
    history.record(activity.event, History.What.HANDED_OVER, by=by, channel=channel, now=now, activity=activity)
