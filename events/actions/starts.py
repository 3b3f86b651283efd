"""Bibs, waves and start times are given out, moved and taken back; always under the lock of the race's activity.

What an organiser saw before pressing is told by `seen` (`Plan.mark`): whoever came later than a colleague is told so,
instead of undoing the colleague's work.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ..domain import starts
from ..domain.ranges import Ranges
from ..domain.starts import Order, Pace
from ..models import Entry, History, Wave
from ..models.starters import bibs_of_others, runners, slots_of_others, starters
from . import races, start_writing


class ChangedSince(ValueError):
    """Somebody else has given out or moved something since the organiser looked."""


class BibTaken(ValueError):
    """Somebody else has this bib: carries the Entry."""

    def __init__(self, entry):
        super().__init__(entry.pk)
        self.entry = entry


class SlotTaken(ValueError):
    """Somebody else starts at this moment: carries the Entry."""

    def __init__(self, entry):
        super().__init__(entry.pk)
        self.entry = entry


class WaveFull(ValueError):
    """The wave has room for no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BibWish:
    """How bibs are to be given out; see domain.starts.give_bibs."""

    first: int = 1
    kept_free: Ranges = field(default_factory=Ranges)
    order: Order = Order.NAME
    keeps_last: bool = False
    only_without: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotWish:
    """How start times are to be given out; see domain.starts.give_slots."""

    pace: Pace
    order: Order = Order.SLOWEST
    seed: int = 0
    only_without: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaveWish:
    """How waves are to be filled; Order.CLASS keeps classes together."""

    order: Order = Order.SLOWEST
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a wish comes to: the field, {guest id: {field: value}}, and the guests who found no room in a wave."""

    field: list
    wanted: dict
    left_out: int = 0

    @property
    def changed(self):
        """[(Starter, {field: value})] of those for whom it is another, in the order of the field."""
        return [
            (each, self.wanted[each.guest.pk])
            for each in self.field
            if each.guest.pk in self.wanted
            and any(getattr(each.entry, name) != value for name, value in self.wanted[each.guest.pk].items())
        ]

    @property
    def rows(self):
        """[(Starter, {field: value}, whether it is another than now)] of all who get or keep something."""
        changed = {each.guest.pk for each, _fields in self.changed}
        given = [(each, self.wanted[each.guest.pk]) for each in self.field if each.guest.pk in self.wanted]
        return [(each, fields, each.guest.pk in changed) for each, fields in given]

    @property
    def mark(self):
        """The same for the same field with the same bibs and starts, as long as the same is wished for."""
        rows = [(each.guest.pk, each.entry.bib, each.entry.wave_id, str(each.entry.slot_at)) for each in self.field]
        wanted = sorted((pk, sorted(map(str, fields.items()))) for pk, fields in self.wanted.items())
        return hashlib.sha256(repr((sorted(rows), wanted)).encode()).hexdigest()[:16]


def plan(race, wish):
    """The Plan of a BibWish, SlotWish or WaveWish as things are now; writes nothing. Raises starts.TooFewBibs."""
    field = starters(race.activity)
    row = starts.in_order(runners(race, field), wish.order, getattr(wish, "seed", 0))
    return _PLANS[type(wish)](race, field, row, wish)


def _plan_bibs(race, field, row, wish):
    bibs = starts.give_bibs(
        row, first=wish.first, kept_free=wish.kept_free, keeps_last=wish.keeps_last, only_without=wish.only_without,
        taken=bibs_of_others(race.activity_id),
    )  # fmt: skip
    return Plan(field, {pk: {"bib": bib} for pk, bib in bibs.items()})


def _plan_slots(race, field, row, wish):
    slots = starts.give_slots(
        row, wish.pace, only_without=wish.only_without, taken=slots_of_others(race.activity_id)
    )  # fmt: skip
    return Plan(field, {pk: {"slot_at": at, "wave_id": None} for pk, at in slots.items()})


def _plan_waves(race, field, row, wish):
    waves = list(Wave.objects.filter(race=race).values_list("pk", "capacity")) if race.pk else []
    placed = starts.fill_waves(row, waves, by_class=wish.order is Order.CLASS)
    wanted = {each.key: {"wave_id": placed.get(each.key), "slot_at": None} for each in row}
    return Plan(field, wanted, left_out=len(row) - len(placed))


_PLANS = {BibWish: _plan_bibs, SlotWish: _plan_slots, WaveWish: _plan_waves}


@transaction.atomic
def give(activity, wish, *, seen, by, channel, now):
    """Does what the plan said; returns how many have another bib or start. Raises ChangedSince. Twice is harmless.

    The history keeps how it was ordered and, where it was drawn, the seed, so that the draw can be repeated.
    """
    race = races.of(activity)
    made = plan(race, wish)
    if made.mark != seen and _was_given(activity, seen, by):
        return 0
    if made.mark != seen:
        raise ChangedSince
    races.enter_all(race, now=now)
    drawn = {"seed": wish.seed} if wish.order is Order.DRAWN else {}
    facts = {"order": wish.order.value, "plan": seen, **drawn}
    return start_writing.write(race, made.wanted, by=by, channel=channel, now=now, **facts)


def _was_given(activity, seen, by):
    """Whether this person has just pressed the same."""
    row = last_deed(activity)
    return row is not None and row.by == by and row.facts.get("plan") == seen


@transaction.atomic
def set_start(activity, guest, fields, *, by, channel, now):
    """Gives one guest a bib, a wave or a start time, or takes it: {field: value}. Returns whether it is another.

    Raises BibTaken, SlotTaken and WaveFull.
    """
    race = races.of(activity)
    others = Entry.objects.filter(activity=activity).exclude(guest=guest).select_related("guest__contact")
    if fields.get("bib") and (holder := others.filter(bib=fields["bib"]).first()):
        raise BibTaken(holder)
    if fields.get("slot_at") and (holder := others.filter(slot_at=fields["slot_at"]).first()):
        raise SlotTaken(holder)
    if fields.get("wave_id"):
        wave = Wave.objects.get(pk=fields["wave_id"], race=race)
        if wave.capacity is not None and others.filter(wave=wave).count() >= wave.capacity:
            raise WaveFull
    return bool(start_writing.write(race, {guest.pk: fields}, by=by, channel=channel, now=now, guest=guest))


@transaction.atomic
def move(activity, guest, place, *, by, channel, now):
    """Lets a guest start at a place in the row, from 1; those between move by one. Returns how many start otherwise.

    place may be a function of the place now, counted under the lock. Nobody moves who has no start time.
    """
    race = races.of(activity)
    at = {each.guest.pk: each.entry.slot_at for each in starters(activity) if each.entry.slot_at}
    if guest.pk not in at:
        return 0
    if callable(place):
        place = place(sorted(at, key=at.get).index(guest.pk) + 1)
    moved = starts.shifted(at, guest.pk, place)
    wanted = {pk: {"slot_at": moment} for pk, moment in moved.items()}
    return start_writing.write(race, wanted, by=by, channel=channel, now=now, moved=guest.pk)


def last_deed(activity):
    """The newest line of history about bibs and starts of the race, if it can be taken back; one query."""
    rows = History.objects.filter(activity=activity, what=History.What.STARTS)
    row = rows.select_related("by").first()
    return row if row and row.facts.get("was") and "undoes" not in row.facts else None


@transaction.atomic
def take_back(activity, row, *, by, channel, now):
    """Puts back what a line of history says was so. Returns (how many, how many stay as they are by now).

    What somebody else has by now stays with them. Doing it twice is harmless.
    """
    race = races.of(activity)
    then = {after[0]: (before, after) for before, after in zip(row.facts["was"], row.facts["is"], strict=True)}
    entries = {entry.guest_id: entry for entry in Entry.objects.filter(activity=activity)}
    still = [pk for pk, (_was, after) in then.items() if pk in entries and _codes(entries[pk]) == after[1:]]
    waves = {None, *Wave.objects.filter(race=race).values_list("pk", flat=True)}
    wanted = _going_back({pk: _fields(then[pk][0]) for pk in still}, entries, waves)
    put = start_writing.write(race, wanted, by=by, channel=channel, now=now, undoes=row.pk)
    return put, len(then) - len(wanted)


def _fields(codes):
    """{field: value} of what the history keeps (start_writing.codes)."""
    _guest, bib, wave, slot = codes
    return {"bib": bib, "wave_id": wave, "slot_at": datetime.fromisoformat(slot) if slot else None}


def _going_back(wanted, entries, waves):
    """Of {guest id: {field: value}} those who can have it again: whoever stays, because it is somebody else's by now,
    keeps what others may have had before.
    """
    staying = None
    while staying is None or staying:
        held = [entry for pk, entry in entries.items() if pk not in wanted]
        bibs, slots = ({getattr(entry, name) for entry in held} - {None} for name in ("bib", "slot_at"))
        staying = {
            pk for pk, each in wanted.items()
            if each["bib"] in bibs or each["slot_at"] in slots or each["wave_id"] not in waves
        }  # fmt: skip
        wanted = {pk: each for pk, each in wanted.items() if pk not in staying}
    return wanted


def _codes(entry):
    return start_writing.codes(entry)[1:]
