"""Who was there: marked by organisers afterwards, until somebody marks it at the door."""

from django.db import transaction

from ..domain.undoing import NOT_THERE, THERE, UNMARKED
from ..models import Event, Guest, History
from . import history

_CODES = {True: THERE, False: NOT_THERE, None: UNMARKED}


@transaction.atomic
def mark(event, guest_ids, has_come, *, by, channel, now):
    """Marks these guests of the event, companions too, as having been there (True), not (False), or unmarked (None).

    Whoever is marked so already stays without a word in the history. Returns how many changed.
    """
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    theirs = Guest.objects.filter(pk__in=guest_ids, event=event, forgotten_at=None)
    before = dict(theirs.select_for_update(of=["self"]).order_by("pk").values_list("pk", "has_come"))
    changed = [pk for pk, was in before.items() if was is not has_come]
    Guest.objects.filter(pk__in=changed).update(has_come=has_come)
    History.objects.bulk_create(
        history.note(
            event,
            History.What.CAME,
            by=by,
            channel=channel,
            now=now,
            guest=Guest(pk=pk),
            before=_CODES[before[pk]],
            after=_CODES[has_come],
        )
        for pk in changed
    )
    return len(changed)


def has_come_of(code):
    """Guest.has_come of what the history calls it."""
    return {name: value for value, name in _CODES.items()}[code]
