"""How long what is known about guests is kept, and from which day it is forgotten.

All terms count from an event's last day. Who is forgotten on a day is forgotten in the course of that day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """Days after an event that are kept: food needs, guests who never answered, all other guests."""

    food_days: int
    silent_days: int
    guests_days: int

    def shortened(self, *, food_days: int | None, silent_days: int | None, guests_days: int | None) -> "Terms":
        """These terms where an event has own ones (None: it has not); an event may only shorten."""
        return Terms(
            food_days=_shorter(self.food_days, food_days),
            silent_days=_shorter(self.silent_days, silent_days),
            guests_days=_shorter(self.guests_days, guests_days),
        )


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which each is forgotten, after the last one; no food, and nobody silent, outlives the guests."""

    last_on: date
    food_on: date
    silent_on: date
    guests_on: date

    def forgotten_on(self, *, has_answered: bool) -> date:
        """When a guest is forgotten."""
        return self.guests_on if has_answered else self.silent_on


def _shorter(days: int, own: int | None) -> int:
    return days if own is None else min(days, own)


def last_day(held_on: date, ends_on: Iterable[date]) -> date:
    """The day an event is over: its own, or that of an activity that ends later."""
    return max([held_on, *ends_on])


def days(last_on: date, terms: Terms) -> Days:
    """When an event whose last day this is lets go of what."""
    guests_on = last_on + timedelta(days=terms.guests_days)
    return Days(
        last_on=last_on,
        food_on=min(guests_on, last_on + timedelta(days=terms.food_days)),
        silent_on=min(guests_on, last_on + timedelta(days=terms.silent_days)),
        guests_on=guests_on,
    )


def photos_on(of: Days, kept_days: int | None) -> date:
    """When an event's photos are deleted: with its guests, or before where its gallery says so."""
    return of.guests_on if kept_days is None else min(of.guests_on, of.last_on + timedelta(days=kept_days))


def invitable_until(guests_on: date, terms: Terms) -> date:
    """How long a person who agreed to be invited again stays with name and address, and nothing else, when the
    event lets go of its guests: one more term, in which the next invitation comes or does not.
    """
    return guests_on + timedelta(days=terms.guests_days)
