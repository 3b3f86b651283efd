"""Times and statuses written by hand are added to the race's timing events; what is taken back stays readable."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from django.db import transaction

from ..domain.by_hand import Said, Standing, standings
from ..domain.ranking import Status
from ..domain.timing import Event, Kind
from ..models import Entry, History, Race, TimingEvent
from . import history, races, timing
from .timing import Mark

BY_HAND = (Kind.TYPED, Kind.STATUS, Kind.VOID, Kind.UNVOID)


class Outcome(StrEnum):
    """What became of a wish."""

    WRITTEN = "written"
    AS_BEFORE = "as_before"
    CHANGED_MEANWHILE = "changed_meanwhile"  # somebody else wrote this one; asked again
    NOT_THERE = "not_there"  # the guest does not take part


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed for a guest; `seen` is the newest event about it that was on the page ("" for none)."""

    guest: int
    said: Said
    seen: str = ""


@transaction.atomic
def write(activity, wishes, *, by, channel, now, reason=""):
    """Writes what was typed of these guests, all at once; {guest: Outcome}. Twice is harmless.

    Others may write other guests at the same time; who was faster with the same one stands, and it is asked again.
    """
    race = locked(activity)
    races.enter_all(race, now=now)
    entries = {
        entry.guest_id: entry
        for entry in Entry.objects.filter(activity=activity, guest__in=[wish.guest for wish in wishes])
        .of_those_taking_part()
        .select_related("guest")
    }
    before = standing(race)
    marks, outcomes, rows = [], {}, []
    for wish in wishes:
        entry = entries.get(wish.guest)
        stands = before.get(entry.pk, Standing()) if entry else None
        outcomes[wish.guest] = _outcome(wish, stands)
        if outcomes[wish.guest] is Outcome.WRITTEN:
            marks += _marks(entry, stands.said, wish.said, reason)
            rows.append(_noted(race, entry, wish.said, by=by, channel=channel, now=now))
    timing.record(race, marks, by=by, channel=channel, now=now)
    History.objects.bulk_create(rows)
    return outcomes


def locked(activity):
    """The race, locked until the transaction ends."""
    race = races.of(activity)
    return Race.objects.select_for_update(of=("self",)).select_related("activity__event", "course").get(pk=race.pk)


def standing(race):
    """{entry id: Standing} of what was written by hand; one query."""
    rows = TimingEvent.objects.filter(race=race, kind__in=BY_HAND)
    return standings(_event(row) for row in rows)


def _event(row):
    return Event(
        id=str(row.uuid), kind=Kind(row.kind), recorded_ms=row.recorded_ms, entry=row.entry_id, ref=row.ref,
        status=Status(row.status) if row.status else None, time_ms=row.time_ms,
    )  # fmt: skip


def _outcome(wish, stands):
    if stands is None:
        return Outcome.NOT_THERE
    if stands.said == wish.said:
        return Outcome.AS_BEFORE
    return Outcome.WRITTEN if stands.seen == wish.seen else Outcome.CHANGED_MEANWHILE


def _marks(entry, before, said, reason):
    """A time takes a status back, and nothing takes both back. One deed is undone as a whole."""
    facts = {"deed": uuid4().hex} | ({"reason": reason} if reason else {})
    if said.status:
        return [Mark(kind=Kind.STATUS, entry=entry, status=said.status, facts=facts)]
    marks = [Mark(kind=Kind.STATUS, entry=entry, status=Status.OK, facts=facts)] if before.status else []
    return [*marks, Mark(kind=Kind.TYPED, entry=entry, time_ms=said.time_ms, facts=facts)]


def _noted(race, entry, said, **how):
    facts = {"status": said.status or "", "time_ms": said.time_ms}
    activity = race.activity
    return history.note(activity.event, History.What.TIMED, guest=entry.guest, activity=activity, **how, **facts)


@transaction.atomic
def undo_last(activity, *, by, channel, now):
    """What this person wrote last and has not taken back no longer counts. Returns the entry, or None."""
    race = locked(activity)
    void = {
        ref for ref, kind in TimingEvent.objects.filter(race=race, kind__in=(Kind.VOID, Kind.UNVOID))
        .order_by("recorded_ms", "pk").values_list("ref", "kind") if kind == Kind.VOID
    }  # fmt: skip
    mine = TimingEvent.objects.filter(race=race, by=by, kind__in=(Kind.TYPED, Kind.STATUS)).order_by("-recorded_ms")
    last = next((row for row in mine if str(row.uuid) not in void), None)
    if last is None:
        return None
    deed = last.facts.get("deed")
    rows = [row for row in mine if row.pk == last.pk or (deed and row.facts.get("deed") == deed)]
    marks = [Mark(kind=Kind.VOID, entry=row.entry, ref=str(row.uuid)) for row in rows]
    timing.record(race, marks, by=by, channel=channel, now=now)
    entry = Entry.objects.for_results().get(pk=last.entry_id)
    facts = {"undone": True}
    history.record(
        race.activity.event, History.What.TIMED, by=by, channel=channel, now=now, guest=entry.guest,
        activity=race.activity, **facts,
    )  # fmt: skip
    return entry
