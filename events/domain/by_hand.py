"""Times and statuses written by hand: what was meant, and what stands of it."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from .racetime import HOUR, MINUTE, SECOND
from .ranking import Status
from .timesheet_times import Doubt, Kind, Reading, Window, read_time
from .timing import Event, in_order, voided
from .timing import Kind as What

STATUSES = (Status.DNF, Status.DNS, Status.DSQ, Status.NC)  # what may be written beside a time

_FIGURES = re.compile(r"\d{3,6}", re.ASCII)
_BLANK = ("", "-", "–", "—")


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a runner: a status, or a time in milliseconds, or neither: taken back."""

    status: Status | None = None
    time_ms: int | None = None

    def __bool__(self):
        return bool(self.status or self.time_ms)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of an entry by hand; `seen` names the newest event about it, so that a later one is noticed."""

    said: Said = Said()
    seen: str = ""


def read_typed(text: str, window: Window | None = None) -> Reading:
    """The reading of what was typed: NOTHING takes back, TIME or STATUS is meant so, QUESTION is to be asked.

    Figures alone are most likely a clock without its colon; what is refused with a guess is asked, too.
    """
    if text.strip() in _BLANK:
        return Reading(Kind.NOTHING, "")
    reading = _without_colon(text.strip()) or read_time(text, window)
    if reading.kind is Kind.STATUS and reading.status not in STATUSES:
        return replace(reading, kind=Kind.REFUSED, status=None)
    if reading.kind in (Kind.NOTHING, Kind.CLOCK, Kind.GAP):
        return replace(reading, kind=Kind.REFUSED, ms=None)
    if reading.kind is Kind.REFUSED and reading.readings:
        return replace(reading, kind=Kind.QUESTION)
    return reading


def _without_colon(figures):
    if not _FIGURES.fullmatch(figures):
        return None
    minutes, seconds = int(figures[:-2]), int(figures[-2:])
    hours, minutes = divmod(minutes, 100) if len(figures) > 4 else (0, minutes)
    is_clock = seconds < 60 and (not hours or minutes < 60)
    clock = (hours * HOUR + minutes * MINUTE + seconds * SECOND,) if is_clock else ()
    readings = tuple(filter(None, (*clock, int(figures) * SECOND if len(figures) < 5 else None)))
    if not readings:
        return Reading(Kind.REFUSED, figures)
    return Reading(Kind.QUESTION, figures, readings=readings, doubt=Doubt.BARE)


def said_by(reading: Reading) -> Said:
    """What a reading without a question says."""
    return Said(reading.status, reading.ms if reading.kind is Kind.TIME else None)


def standings(events: Iterable[Event]) -> dict[Hashable, Standing]:
    """{entry: Standing} of every entry of which something was written by hand, be it taken back since."""
    events = in_order(events)
    void, owner, found = voided(events), {}, {}
    for event in events:
        if event.kind in (What.TYPED, What.STATUS):
            owner[event.id] = event.entry
            said = found.get(event.entry, Standing()).said
            found[event.entry] = Standing(said if event.id in void else _after(said, event), event.id)
        elif event.kind in (What.VOID, What.UNVOID) and event.ref in owner:
            found[owner[event.ref]] = replace(found[owner[event.ref]], seen=event.id)
    return {
        entry: replace(standing, said=Said(standing.said.status, None) if standing.said.status else standing.said)
        for entry, standing in found.items()
    }


def _after(said, event):
    if event.kind is What.STATUS:
        return replace(said, status=None if event.status is Status.OK else event.status)
    return replace(said, time_ms=event.time_ms)
