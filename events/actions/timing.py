"""What is seen, typed or read of a race is added to its timing events, and its results are worked out anew.

All under the lock of the race's row, in one transaction: the results always say what the events say.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from ..domain import ranking, timing
from ..domain.ranking import Run, Status
from ..domain.timing import Kind
from ..models import EarlierTime, Entry, Race, Result, TimingEvent, boards
from . import race_states

FIELDS = tuple(
    field.name for field in Result._meta.concrete_fields if field.name not in ("id", "entry", "race")
)  # what is derived
BESTS = ("best", "best_diff_ms")  # what goes on being derived when a race is final
PLACES = ("gap_ms", *(name for name in FIELDS if name.removesuffix("_of").endswith("place")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something to be added; see domain.timing.Event for what each kind needs. facts are codes and numbers."""

    kind: Kind
    entry: Entry | None = None
    wave: object = None
    status: Status | None = None
    time_ms: int | None = None
    at_ms: int | None = None
    ref: str = ""
    offset_ms: int = 0
    device: str = ""
    file: object = None
    facts: dict | None = None
    uuid: UUID | None = None


@transaction.atomic
def record(race, marks, *, by, channel, now):
    """Adds the marks, in this order, and derives the results anew. A mark whose uuid is there already is left out.

    What was final is provisional again. Returns how many were added.
    """
    race = Race.objects.select_for_update(of=("self",)).select_related("activity__event").get(pk=race.pk)
    recorded_ms = int(now.timestamp() * 1000)
    last = TimingEvent.objects.filter(race=race).order_by("-recorded_ms").values_list("recorded_ms", flat=True).first()
    first_ms = max(recorded_ms, (last or 0) + 1)  # two deeds in one millisecond have an order, too
    rows = [_row(race, mark, first_ms + number, by) for number, mark in enumerate(marks)]
    known = set(TimingEvent.objects.filter(uuid__in=[row.uuid for row in rows]).values_list("uuid", flat=True))
    rows = [row for row in rows if row.uuid not in known]
    TimingEvent.objects.bulk_create(rows)
    if rows:
        race_states.open_again(race, by=by, channel=channel, now=now)
        rebuild(race)
        race_states.move_on(race, now=now)
    return len(rows)


def _row(race, mark, recorded_ms, by):
    return TimingEvent(
        race=race, uuid=mark.uuid or uuid4(), kind=mark.kind, recorded_ms=recorded_ms, at_ms=mark.at_ms,
        entry=mark.entry, wave=mark.wave, ref=mark.ref, status=mark.status or "", time_ms=mark.time_ms,
        offset_ms=mark.offset_ms, device=mark.device, file=mark.file, facts=mark.facts or {}, by=by,
    )  # fmt: skip


@transaction.atomic
def rebuild(race, *, with_places=False):
    """Derives all results of the race from its timing events. Returns whether a result is new, different or gone.

    Of a final race only the personal bests follow what was learned of earlier years, and its places with_places, when
    somebody hides the time or shows it again. Those of later races on the course follow this one. As many queries
    whatever the number of runners; the revision goes up when something changed.
    """
    if not _derive(race.pk, with_places):
        return False
    for later in Race.objects.later_on_the_course(race).values_list("pk", flat=True):
        _derive(later)
    return True


def _derive(pk, with_places=False):
    race = Race.objects.select_for_update(of=("self",)).select_related("activity__event", "course").get(pk=pk)
    entries = list(Entry.objects.filter(activity=race.activity_id).for_ranking())
    events = list(TimingEvent.objects.filter(race=race))
    stored = {result.entry_id: result for result in Result.objects.filter(race=race)}
    results = _derived(race, entries, events, stored)
    fields = (BESTS + PLACES if with_places else BESTS) if race.is_final else FIELDS
    gone = [] if race.is_final else [stored[pk].pk for pk in stored.keys() - results.keys()]
    if race.is_final:
        results = {pk: result for pk, result in results.items() if pk in stored}
    changed = [each for pk, each in results.items() if pk not in stored or _differ(each, stored[pk], fields)]
    if not gone and not changed:
        return False
    Result.objects.filter(pk__in=gone).delete()
    Result.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["entry"], update_fields=[*fields, "race"], batch_size=500
    )
    Race.objects.filter(pk=race.pk).update(revision=F("revision") + 1)
    boards.changed(race.activity.event_id)
    return True


def would_change(race):
    """How many results would be another with the race as it is in hand, not stored: {"results", "times", "places"}."""
    entries = list(Entry.objects.filter(activity=race.activity_id).for_ranking())
    stored = {result.entry_id: result for result in Result.objects.filter(race=race.pk)}
    results = _derived(race, entries, list(TimingEvent.objects.filter(race=race.pk)), stored)
    fields = BESTS if race.is_final else FIELDS
    pairs = [(result, stored.get(pk) or Result()) for pk, result in results.items()]
    counted = {"times": ("time_ms",), "places": ("place",), "results": fields}
    return {
        name: sum(_differ(*pair, [each for each in names if each in fields]) for pair in pairs)
        for name, names in counted.items()
    }


def _differ(one, other, fields):
    return any(getattr(one, name) != getattr(other, name) for name in fields)


def _derived(race, entries, events, stored):
    """{entry id: unsaved Result} of every entry of which something is known."""
    outcomes = timing.reduce([_event(row) for row in events], [_starter(race, entry) for entry in entries]).outcomes
    by_id = {str(row.uuid): row for row in events}
    earlier = _earlier(race, entries)
    known = [entry for entry in entries if outcomes[entry.pk].status]
    runs = {
        entry.pk: _run(entry, outcomes[entry.pk], earlier[entry.guest.contact_id], _age(race, entry, stored))
        for entry in known
    }
    places = _places(race, list(runs.values()))
    winner = min((run.time_ms for run in runs.values() if ranking.is_ranked(run)), default=None)
    sources = {pk: by_id.get(outcomes[pk].by) for pk in runs}
    theirs = _source_places(runs, sources)
    results = {}
    for pk, run in runs.items():
        standings = {name: each.get(pk) for name, each in places.items()}
        results[pk] = _result(race, run, outcomes[pk], sources[pk], standings, winner)
        results[pk].source_place = theirs.get(pk)
    for entry in known:
        if entry.guest.forgotten_at:  # there is nobody any more whose best it could be
            results[entry.pk].best, results[entry.pk].best_diff_ms = "", None
    return results


def _event(row):
    return timing.Event(
        id=str(row.uuid), kind=Kind(row.kind), recorded_ms=row.recorded_ms, at_ms=row.at_ms, entry=row.entry_id,
        wave=row.wave_id, ref=row.ref, status=Status(row.status) if row.status else None, time_ms=row.time_ms,
        offset_ms=row.offset_ms, device=row.device, batch=row.file_id,
    )  # fmt: skip


def _starter(race, entry):
    counts_slot = race.official == Race.Official.SLOT and entry.slot_at
    slot_ms = round(entry.slot_at.timestamp() * 1000) if counts_slot else None
    return timing.Starter(key=entry.pk, wave=entry.wave_id, slot_at_ms=slot_ms)


def _earlier(race, entries):
    """{contact id: [milliseconds]} of the same course before this race, by our own timing and as guests told."""
    found = defaultdict(list)
    contacts = {entry.guest.contact_id for entry in entries} - {None}
    if not race.course_id:
        return found
    before = Result.objects.finished().filter(
        race__course=race.course_id, race__activity__starts_at__lt=race.activity.starts_at,
        entry__guest__contact__in=contacts,
    )  # fmt: skip
    for contact, time_ms in before.values_list("entry__guest__contact", "time_ms"):
        found[contact].append(time_ms)
    told = EarlierTime.objects.filter(
        course=race.course_id, guest__contact__in=contacts, year__lt=race.activity.event.held_on.year
    )
    if not race.counts_told_times:
        told = told.filter(is_told=False)
    for contact, time_ms in told.values_list("guest__contact", "time_ms"):
        found[contact].append(time_ms)
    return found


def _age(race, entry, stored):
    """Years on 31 December. Of somebody forgotten the year of birth is gone: who was too young for a place stays so."""
    if entry.birth_year:
        return race.activity.event.held_on.year - entry.birth_year
    before = stored.get(entry.pk) if entry.guest.forgotten_at else None
    return 0 if before and before.is_finished and before.place is None else None


def _run(entry, outcome, earlier_ms, age):
    leader = entry.guest.leader
    contact = leader.contact if leader.contact_id else None
    return Run(
        key=entry.pk,
        name=entry.guest.sort_key,
        status=outcome.status,
        time_ms=outcome.time_ms,
        gender=entry.gender,
        race_class=entry.race_class_id,
        company=contact.company_id if contact else None,
        age=age,
        ambition_ms=entry.ambition_seconds * 1000 if entry.ambition_seconds else None,
        earlier_ms=tuple(earlier_ms) if entry.guest.contact_id else (),
        hides_time=entry.hides_time,
    )


def _places(race, runs):
    """{"place": {entry id: Standing}, …}; what the race does not rank is empty."""
    step = race.step

    def ranked(is_on, scope, fewest=1):
        return ranking.standings(runs, step, scope, fewest=fewest) if is_on else {}

    return {
        "place": ranked(True, lambda run: "all"),
        "gender_place": ranked(race.ranks_gender, lambda run: run.gender),
        "class_place": ranked(race.ranks_class, lambda run: run.race_class, ranking.FEWEST_IN_A_CLASS),
        "company_place": ranked(race.ranks_company, lambda run: run.company),
    }


def _source_places(runs, sources):
    """{entry id: place} as the file of the time had it, of who is ranked."""
    given = {pk: source.facts["place"] for pk, source in sources.items() if source and source.facts.get("place")}
    finished = {pk: place for pk, place in given.items() if runs[pk].status is Status.OK}
    return ranking.closed_up(finished, {pk for pk, run in runs.items() if not ranking.is_ranked(run)})


def _result(race, run, outcome, source, standings, winner_ms):
    """An unsaved Result; source is the timing event that decided, where one did."""
    step, facts = race.step, (source.facts if source else {})
    best, best_diff = ranking.best_of(run, step)
    result = Result(
        entry_id=run.key,
        race=race,
        status=run.status,
        time_ms=ranking.rounded_up(run.time_ms, step) if run.time_ms else None,
        net_ms=facts.get("net_ms"),
        gross_ms=facts.get("gross_ms"),
        source=outcome.source or "",
        gap_ms=ranking.gap_ms(run, winner_ms, step) if ranking.is_ranked(run) and winner_ms else None,
        best=best,
        best_diff_ms=best_diff,
        ambition_diff_ms=ranking.from_ambition_ms(run, step),
        flags=sorted(outcome.flags),
    )
    for name, standing in standings.items():
        if standing:
            setattr(result, name, standing.place)
            setattr(result, f"{name}_of", standing.of)
    return result
