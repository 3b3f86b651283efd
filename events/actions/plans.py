"""A change of the programme before it is done: what it would come to, looked at without writing anything.

A plan is {"deed": "change", "part": id, "fields": {…}}, {"deed": "cancel" | "restore", "part": id},
{"deed": "move", "held_on": day} or {"deed": "state", "state": code}, in plain values, so that it can be carried from
page to page.
"""

from dataclasses import dataclass

from .. import emails
from ..domain import differences
from ..models import Event
from . import cancelling, events, moving, programme
from .concerned import Concerned, by_change, who_notice


@dataclass(frozen=True, slots=True)
class Outlook:
    """The programme as it would be (an Edition), what would be different then, and whom it concerns."""

    edition: emails.Edition
    facts: dict
    concerned: Concerned

    @property
    def is_noticed(self):
        """Whether anybody is written to, or relies on what is to change and must hear of it in another way."""
        return bool(self.concerned.told or self.to_call)

    @property
    def to_call(self):
        """Those whom no mail reaches."""
        return [guest for guest, reason in self.concerned.left_out if reason in ("no_email", "bounced")]


def outlook(event, plan):
    """What the plan comes to: Outlook. Four queries at any number of guests. KeyError for a part of another event."""
    edition = emails.editions([event.pk])[event.pk]
    before = _plain(edition)
    parts = [part for part in _APPLY[plan["deed"]](edition, plan) if _was_or_is_on(part, before[1])]
    event_now, parts_now = _plain(edition)
    facts = differences.facts(
        event=differences.between(before[0], event_now),
        parts={pk: differences.between(old, parts_now[pk]) for pk, old in before[1].items()},
    )
    if not differences.is_anything(differences.remaining(facts, event_now, parts_now)):
        return Outlook(edition, facts, Concerned())
    return Outlook(edition, facts, who_notice(by_change(event, parts), facts, event_now, parts_now))


def carry_out(event, plan, telling, *, by, channel, now):
    """Does it. Returns the line of history, None where all is so already."""
    how = {"telling": telling, "by": by, "channel": channel, "now": now}
    return _DO[plan["deed"]](event, plan, how)


def _was_or_is_on(part, before):
    return not (part.is_cancelled and before[part.pk]["is_cancelled"])


def _plain(edition):
    parts = {pk: differences.of_part(part) for pk, part in edition.activities.items()}
    return differences.of_event(edition.event), parts


def _fields(plan):
    return {name: emails.value_of(name, value) for name, value in plan["fields"].items()}


def _change(edition, plan):
    part = edition.activities[plan["part"]]
    for name, value in _fields(plan).items():
        setattr(part, name, value)
    return [part]


def _cancel(edition, plan):
    part = edition.activities[plan["part"]]
    part.cancelled_at = edition.event.created_at  # that it is set is all that counts here
    return [part]


def _restore(edition, plan):
    part = edition.activities[plan["part"]]
    part.cancelled_at = None
    return [part]


def _move(edition, plan):
    event, held_on = edition.event, differences.day(plan["held_on"])
    days = (held_on - event.held_on).days
    event.held_on = held_on
    for part in edition.activities.values():
        for name in ("starts_at", "ends_at"):
            setattr(part, name, differences.by_days(getattr(part, name), days, event.zone))
    return list(edition.activities.values())


def _state(edition, plan):
    edition.event.state = plan["state"]
    return list(edition.activities.values())


_APPLY = {"change": _change, "cancel": _cancel, "restore": _restore, "move": _move, "state": _state}


def _part(event, plan):
    return event.activity_set.get(pk=plan["part"])


_DO = {
    "change": lambda event, plan, how: programme.change(_part(event, plan), _fields(plan), **how),
    "cancel": lambda event, plan, how: cancelling.cancel(_part(event, plan), **how),
    "restore": lambda event, plan, how: cancelling.restore(_part(event, plan), **how),
    "move": lambda event, plan, how: moving.move(event, differences.day(plan["held_on"]), **how),
    "state": lambda event, plan, how: events.change_state(event, Event.State(plan["state"]), **how),
}
