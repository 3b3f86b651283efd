"""Whoever says yes when bibs and starts are given out already gets the next free ones, behind all others."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ..domain import starts
from ..models import Race, Wave
from ..models.starters import bibs_of_others, slots_of_others, starters
from . import races, start_writing


@transaction.atomic
def next_free(activity, guests, *, by, channel, now):
    """Gives those of the guests (all who are coming, for None) what they lack: the next free bib, and a start where
    starts have been given out. Returns how many got something.
    """
    race, field = races.of(activity), starters(activity)
    free = _Free.of(race, field, now)
    wanted = {each.guest.pk: free.take(each.entry) for each in field if guests is None or each.guest in guests}
    alone = guests[0] if guests and len(guests) == 1 else None
    return start_writing.write(race, wanted, by=by, channel=channel, now=now, guest=alone)


@dataclass(slots=True)
class _Free:
    """What is taken by now, so that one after the other takes what is free behind it."""

    race: Race
    now: datetime
    bibs: set
    slots: set
    waves: list
    in_waves: list

    @classmethod
    def of(cls, race, field, now):
        entries = [each.entry for each in field]
        return cls(
            race, now,
            bibs={entry.bib for entry in entries if entry.bib} | bibs_of_others(race.activity_id),
            slots={entry.slot_at for entry in entries if entry.slot_at} | slots_of_others(race.activity_id),
            waves=list(Wave.objects.filter(race=race)),
            in_waves=[entry.wave_id for entry in entries if entry.wave_id],
        )  # fmt: skip

    def take(self, entry):
        """{field: value} of what the entry lacks."""
        got = {}
        if not entry.bib:
            got["bib"] = max(self.bibs, default=0) + 1
            self.bibs.add(got["bib"])
        if self.race.start == Race.Start.INTERVAL and self.slots and not entry.slot_at:
            pace = {"first_at": self.race.starts_at, "seconds": self.race.interval_seconds}
            got["slot_at"] = starts.next_slot(self.slots, now=self.now, **pace)
            self.slots.add(got["slot_at"])
        if self.race.start == Race.Start.WAVES and not entry.wave_id and (wave := self._wave()):
            got["wave_id"] = wave.pk
            self.in_waves.append(wave.pk)
        return got

    def _wave(self):
        """The last wave that has room; None where none has."""
        open_ones = (each for each in reversed(self.waves) if not self._is_full(each))
        return next(open_ones, None)

    def _is_full(self, wave):
        return wave.capacity is not None and self.in_waves.count(wave.pk) >= wave.capacity
