"""Guests of an earlier event come along to another one: as drafts, with new links, and nobody is written to."""

from dataclasses import dataclass

from django.db import transaction

from ..domain import along
from ..domain.along import Earlier
from ..models import Activity, Answer, Consent, Event, Guest
from ..models.do_not_invite import has_asked
from . import guests

COLUMNS = (
    "pk", "contact", "companion_of", "forgotten_at", "invitation__state", "contact__unsubscribed_at",
    "contact__email", "agrees", "has_come",
)  # fmt: skip


@dataclass(frozen=True)
class Look:
    """How many come along, and {reason: how many} stay behind."""

    count: int
    behind: dict


def look(event, source):
    """{whom: Look} of what `bring` would do for each choice; writes nothing. Four queries at any size."""
    people, here = _read(source), _here(event)
    found = {whom: along.sort_out(people, whom, here) for whom in along.WHOM}
    return {whom: Look(len(each.guests), each.behind) for whom, each in found.items()}


@transaction.atomic
def bring(event, source, whom, *, by, channel, now):
    """Makes guests of `source` guests of the event, not invited yet: with their host, language and number of
    companions, to the parts of the same short name. Answers, notes, companions and personal lines stay behind.

    Two at once: one waits for the other. Doing it twice is harmless. Raises Event.DoesNotExist for what was thrown away
    just now. Returns the Look of what was done.
    """
    both = Event.objects.select_for_update(no_key=True).order_by("pk").in_bulk([event.pk, source.pk])
    if len(both) < 2:
        raise Event.DoesNotExist
    event, source = both[event.pk], both[source.pk]
    found = along.sort_out(_read(source), whom, _here(event))
    invited_to = _invited_to(event, source, found.guests)
    how = {"by": by, "channel": channel, "now": now, "invited_to": invited_to, "earlier": source.slug}
    ids = [each.pk for each in found.guests]
    for start in range(0, len(ids), guests.BATCH):
        guests.add_many(event, _prepared(event, source, ids[start : start + guests.BATCH]), **how)
    return Look(len(found.guests), found.behind)


def _read(source):
    """[Earlier] of everybody at the event, in the order of lists."""
    states = {}
    said = Answer.objects.filter(activity__event=source).order_by()
    for guest, part, state in said.values_list("guest", "activity__slug", "state").iterator(chunk_size=2000):
        states.setdefault(guest, {})[part] = state
    rows = Guest.objects.filter(event=source).with_consent(Consent.Purpose.INVITE).order_by("sort_key", "pk")
    asked_not = has_asked()
    return [_earlier(row, states, asked_not) for row in rows.values_list(*COLUMNS).iterator(chunk_size=2000)]


def _earlier(row, states, asked_not):
    pk, contact, companion_of, forgotten_at, invitation, unsubscribed_at, email, agrees, has_come = row
    return Earlier(
        pk=pk, contact=contact, is_companion=companion_of is not None, is_forgotten=forgotten_at is not None,
        invitation=invitation or "", is_unsubscribed=unsubscribed_at is not None,
        has_asked_not=asked_not(email or ""), agrees=agrees, has_come=has_come, states=states.get(pk, {}),
    )  # fmt: skip


def _here(event):
    return set(Guest.objects.filter(event=event, contact__isnull=False).order_by().values_list("contact", flat=True))


def _invited_to(event, source, people):
    """{contact id: short names of the event's parts}."""
    parts = Activity.objects.filter(event=event).on().values_list("slug", flat=True)
    there_then = set(Activity.objects.filter(event=source).values_list("slug", flat=True))
    return {each.contact: along.parts_for(each.states.keys(), parts, there_then) for each in people}


def _prepared(event, source, ids):
    """Unsaved guests of the event, of these guests of the earlier one."""
    rows = Guest.objects.filter(pk__in=ids).select_related("contact__company").order_by("sort_key", "pk")
    return [
        Guest(
            contact=row.contact, host_id=row.host_id or row.contact.host_id, language=row.language,
            splits_party=row.splits_party, companions_allowed=_allowed(row, event, source),
        )
        for row in rows
    ]  # fmt: skip


def _allowed(row, event, source):
    """As many companions as everybody, or as was said of this guest alone."""
    is_own = row.companions_allowed != source.companions_allowed
    return row.companions_allowed if is_own else event.companions_allowed
