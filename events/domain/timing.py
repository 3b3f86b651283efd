"""Timing events → results: a pure reducer. Events are only ever added; what came in wrong is mended by another event.

Imported, typed and tapped times are all events, and results can be thrown away and worked out anew. The same events in
any order, however often each, give the same results: they are put in order by when they happened, then by id.
Moments are milliseconds since 1970 in UTC, so midnight and the night with an hour twice are no matter.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .ranking import Status

SLOPPY_MS = 1000  # two devices that differ by more are to be looked at
TWICE_MS = 500  # two marks of one device so close together may be one runner


class Kind(StrEnum):
    """What an event says. The values are stored for ever: add, never change."""

    START = "start"  # at_ms: of a wave or of one entry; of nobody: of all
    FINISH = "finish"  # at_ms: somebody is in, perhaps of `entry`
    ASSIGN = "assign"  # the finish `ref` is of `entry`
    UNASSIGN = "unassign"  # ... of nobody we know
    VOID = "void"  # `ref` does not count
    UNVOID = "unvoid"  # ... and does again
    STATUS = "status"  # `status` of `entry`; OK takes it back
    TYPED = "typed"  # time_ms of `entry`, by hand; None takes it back
    IMPORTED = "imported"  # time_ms or status of `entry`, out of `batch`
    WITHDRAWN = "withdrawn"  # all of `batch` does not count
    ADJUST = "adjust"  # the mark `ref` was at at_ms
    CLOCK = "clock"  # the clock of `device` is by offset_ms behind ours
    RESOLVE = "resolve"  # of the marks that disagree, `ref` is right for `entry`


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that was seen, typed or read. id is unique; recorded_ms is when it was written down."""

    id: str
    kind: Kind
    recorded_ms: int
    at_ms: int | None = None
    entry: Hashable = None
    wave: Hashable = None
    ref: str = ""
    status: Status | None = None
    time_ms: int | None = None
    offset_ms: int = 0
    device: str = ""
    batch: Hashable = None


class Source(StrEnum):
    """Where an official time comes from."""

    MARK = "mark"
    TYPED = "typed"
    IMPORTED = "imported"


class Flag(StrEnum):
    """What somebody should look at; none but these stands in the way of publishing."""

    DISAGREES = "disagrees"  # devices differ; the slower of two, the middle of more is proposed
    BEFORE_START = "before_start"
    NO_START = "no_start"
    UNCLEAR = "unclear"  # read from a file that does not say whether this one finished


@dataclass(frozen=True, slots=True)
class Starter:
    """An entry as the reducer needs it; slot_at_ms is its scheduled start, which is the clock of interval starts."""

    key: Hashable
    wave: Hashable = None
    slot_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one entry. status is None as long as it is out on the course, or nobody knows."""

    status: Status | None = None
    time_ms: int | None = None
    source: Source | None = None
    flags: frozenset[Flag] = frozenset()
    started_ms: int | None = None
    by: str = field(default="", compare=False)  # the id of what was typed or read, where that decided


@dataclass(frozen=True, slots=True)
class Reduced:
    """{entry: Outcome} of all, the ids of finishes that are of nobody, and those that may be one runner twice."""

    outcomes: Mapping[Hashable, Outcome]
    loose: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


@dataclass(slots=True)
class _Marks:
    """What counts, after voids, adjustments and clocks."""

    finishes: dict = field(default_factory=dict)  # {id: (at, device)}
    owner: dict = field(default_factory=dict)  # {id: entry or None}
    starts: dict = field(default_factory=dict)  # {("entry" | "wave" | "all", key): at}
    status: dict = field(default_factory=dict)
    typed: dict = field(default_factory=dict)
    imported: dict = field(default_factory=dict)
    resolved: dict = field(default_factory=dict)


def reduce(events: Iterable[Event], starters: Iterable[Starter]) -> Reduced:
    """The results so far. A status that is not OK comes before a typed time, that before a mark, that before a file.

    Events of entries that are not among the starters count for nobody.
    """
    starters = list(starters)
    known = {starter.key for starter in starters}
    marks = _gathered(in_order(events), known)
    theirs = defaultdict(dict)
    for mark, entry in marks.owner.items():
        if entry is not None:
            theirs[entry][mark] = marks.finishes[mark]
    outcomes = {starter.key: _outcome(starter, marks, theirs[starter.key]) for starter in starters}
    loose = tuple(mark for mark in _by_time(marks.finishes) if marks.owner.get(mark) is None)
    return Reduced(outcomes, loose, _twice(marks.finishes))


def in_order(events: Iterable[Event]) -> list[Event]:
    """Each event once, in the order of writing down; two of one id are the same event."""
    return sorted({event.id: event for event in events}.values(), key=lambda event: (event.recorded_ms, event.id))


def _gathered(events, known):
    void = voided(events)
    moved = {event.ref: event.at_ms for event in events if event.kind is Kind.ADJUST and event.id not in void}
    behind = {event.device: event.offset_ms for event in events if event.kind is Kind.CLOCK and event.id not in void}
    withdrawn = {event.batch for event in events if event.kind is Kind.WITHDRAWN and event.id not in void}
    marks = _Marks()
    for event in events:
        if event.id in void or (event.kind is Kind.IMPORTED and event.batch in withdrawn):
            continue
        at = moved.get(event.id, event.at_ms + behind.get(event.device, 0) if event.at_ms is not None else None)
        take = _TAKE.get(event.kind)
        if take:
            take(marks, event, at, event.entry if event.entry in known else None)
    marks.owner = {mark: entry for mark, entry in marks.owner.items() if mark in marks.finishes}
    return marks


def voided(events: Iterable[Event]) -> set[str]:
    """The ids of events that do not count: of what was said of each, the last stands."""
    said = {}
    for event in events:
        if event.kind in (Kind.VOID, Kind.UNVOID):
            said[event.ref] = event.kind is Kind.VOID
    return {ref for ref, is_void in said.items() if is_void}


def _start(marks, event, at, entry):
    whose = ("entry", entry) if event.entry is not None else ("wave", event.wave) if event.wave is not None else _ALL
    marks.starts[whose] = at


def _finish(marks, event, at, entry):
    marks.finishes[event.id] = (at, event.device)
    marks.owner.setdefault(event.id, entry)


def _assign(marks, event, at, entry):
    marks.owner[event.ref] = entry


def _unassign(marks, event, at, entry):
    marks.owner[event.ref] = None


def _status(marks, event, at, entry):
    marks.status[entry] = (None if event.status is Status.OK else event.status), event.id


def _typed(marks, event, at, entry):
    marks.typed[entry] = event.time_ms, event.id


def _imported(marks, event, at, entry):
    marks.imported[entry] = event.status, event.time_ms, event.id


def _resolve(marks, event, at, entry):
    marks.resolved[entry] = event.ref


_ALL = ("all", None)
_TAKE = {
    Kind.START: _start, Kind.FINISH: _finish, Kind.ASSIGN: _assign, Kind.UNASSIGN: _unassign, Kind.STATUS: _status,
    Kind.TYPED: _typed, Kind.IMPORTED: _imported, Kind.RESOLVE: _resolve,
}  # fmt: skip


def _outcome(starter, marks, finishes):
    started = _started(starter, marks.starts)
    status, by = marks.status.get(starter.key, (None, ""))
    if status:
        return Outcome(status, started_ms=started, by=by)
    typed, by = marks.typed.get(starter.key, (None, ""))
    if typed:
        return Outcome(Status.OK, typed, Source.TYPED, started_ms=started, by=by)
    if finishes:
        return _marked(finishes, marks.resolved.get(starter.key), started)
    return _imported_outcome(marks.imported.get(starter.key, (None, None, "")), started)


def _imported_outcome(imported, started):
    status, time_ms, by = imported
    if status is Status.OK and time_ms:
        return Outcome(status, time_ms, Source.IMPORTED, started_ms=started, by=by)
    status = Status.UNCLEAR if status is Status.OK else status
    flags = frozenset({Flag.UNCLEAR}) if status is Status.UNCLEAR else frozenset()
    return Outcome(status, None, Source.IMPORTED if status else None, flags, started, by)


def _started(starter, starts):
    """The start of its own, else its slot, else its wave's, else that of all."""
    own = starts.get(("entry", starter.key))
    if own is not None:
        return own
    if starter.slot_at_ms is not None:
        return starter.slot_at_ms
    return starts.get(("wave", starter.wave), starts.get(_ALL))


def _marked(finishes, resolved, started):
    at, flags = _agreed(finishes, resolved)
    if started is None:
        return Outcome(None, None, Source.MARK, frozenset({*flags, Flag.NO_START}))
    if at <= started:
        return Outcome(None, None, Source.MARK, frozenset({*flags, Flag.BEFORE_START}), started)
    return Outcome(Status.OK, at - started, Source.MARK, frozenset(flags), started)


def _agreed(finishes, resolved):
    """(moment, flags): what somebody decided, else the slower of two marks and the middle of more, the later of two
    middles (the officials' rule for hand times).
    """
    if resolved in finishes:
        return finishes[resolved][0], set()
    moments = sorted(at for at, _device in finishes.values())
    flags = {Flag.DISAGREES} if moments[-1] - moments[0] > SLOPPY_MS else set()
    return moments[len(moments) // 2], flags


def _by_time(finishes):
    return sorted(finishes, key=lambda mark: (finishes[mark][0], mark))


def _twice(finishes):
    """Marks that follow another of the same device at once: kept both, for somebody to look at."""
    found, last = [], {}
    for mark in _by_time(finishes):
        at, device = finishes[mark]
        if device in last and at - last[device] < TWICE_MS:
            found.append(mark)
        last[device] = at
    return tuple(found)
