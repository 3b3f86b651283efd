"""Marks of a race: reduced to results, and a batch of a phone stored and reduced in one transaction."""

import time

from django.utils import timezone

from events.actions import races, timing
from events.actions.timing import Mark
from events.domain.ranking import Status
from events.domain.timing import Event, Kind, Starter, reduce
from events.models import Activity, Answer, Entry
from tests.tools.bench_http import cpu_seconds

from . import people
from .table import Row

RUNNERS, EVENTS, BATCH = 300, 5_000, 50
GUESTS = 750  # of whom two in five come
ROUNDS = 5
START_MS = 1_900_000_000_000


def rows(play):
    """Milliseconds of CPU, the database's with ours: the least of a few rounds, and what a budget allows."""
    yield _row(f"{EVENTS:,} events of {RUNNERS} runners reduced", _reduced(), 100)
    yield _row(f"{BATCH} marks stored, {RUNNERS} runners derived anew", _stored(play), 60)


def _row(what, seconds, budget):
    return Row(what=what, figure=seconds * 1000, budget=budget, unit="ms", digits=1)


def _reduced():
    starters = [Starter(key=number, slot_at_ms=START_MS + 10_000 * number) for number in range(RUNNERS)]
    events = [_event(number) for number in range(EVENTS)]
    return min(_cpu(lambda: reduce(events, starters), ()) for _round in range(ROUNDS))


def _event(number):
    """Finishes by two devices, most of them given to a runner, some void, some statuses and typed times."""
    runner, turn = number % RUNNERS, number // RUNNERS
    kind = (Kind.FINISH, Kind.FINISH, Kind.TYPED, Kind.ASSIGN, Kind.VOID, Kind.STATUS)[turn % 6]
    return Event(
        id=f"e{number}", kind=kind, recorded_ms=START_MS + number, at_ms=START_MS + 900_000 + 11_000 * runner,
        entry=runner, ref=f"e{number - RUNNERS}", status=Status.DNF, time_ms=700_000 + number,
        device=f"phone-{turn % 2}",
    )  # fmt: skip


def _stored(play):
    event, now = people.make_event(GUESTS), timezone.now()
    race = races.of(Activity.objects.get(event=event, slug="race"))
    coming = Answer.objects.filter(activity=race.activity, state=Answer.State.COMING).order_by("pk")[:RUNNERS]
    entries = Entry.objects.bulk_create(
        Entry(guest_id=answer.guest_id, activity=race.activity, changed_at=now) for answer in coming
    )
    timing.record(race, [Mark(kind=Kind.START, at_ms=START_MS)], by=None, channel="system", now=now)
    batches = [entries[at : at + BATCH] for at in range(0, len(entries), BATCH)]
    return min(_cpu(lambda batch=batch: _record(race, batch, now), play.pids) for batch in batches)


def _record(race, batch, now):
    marks = [Mark(kind=Kind.FINISH, entry=each, at_ms=START_MS + 1000 * each.pk, device="phone") for each in batch]
    assert timing.record(race, marks, by=None, channel="system", now=now) == BATCH


def _cpu(work, pids):
    before = time.process_time() + cpu_seconds(pids)
    work()
    return time.process_time() + cpu_seconds(pids) - before
