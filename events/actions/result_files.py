"""Files of results in: what one would do, doing it, and taking it back. Reading and matching are the domain's.

Of strangers in a file nothing is stored. What it says of our runners is one timing event each, so that a later file
comes before it per runner, and taking that back lets this one stand again.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from ..domain.ranking import Status
from ..domain.result_plan import Before, Plan, plan
from ..domain.timesheet_findings import Topic
from ..domain.timesheet_match import Entrant, match
from ..domain.timing import Kind
from ..models import Answer, Entry, History, Race, Result, ResultFile
from . import history, races, timing
from .timing import Mark
from .typing import locked

if TYPE_CHECKING:
    from ..domain.timesheet import Timesheet

State = ResultFile.State
ALL_RACES = "*"  # every race in the file, where there are several


@dataclass(frozen=True)
class Choices:
    """What a person has said of a file: columns, readings of whole columns, whose lines, what became of the unclear.

    mapping {heading or letter: field}, answers {topic: choice}, matches {row: guest id, or None for nobody of ours},
    decided {row: milliseconds, a Status, or result_plan.OUT}.
    """

    sheet: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    matches: Mapping[int, int | None] = field(default_factory=dict)
    decided: Mapping[int, object] = field(default_factory=dict)


class FileIsGone(Exception):
    """The file was applied or put away meanwhile."""


class SomethingChanged(Exception):
    """What would be written is not what was looked at; nothing is written. Carries the Plan as it is now."""

    def __init__(self, plan):
        super().__init__(plan.digest)
        self.plan = plan


@dataclass(frozen=True)
class Applied:
    """The record of a file; `plan` is None where the same bytes were applied before, and nothing was written."""

    file: ResultFile
    plan: Plan | None

    @property
    def is_new(self):
        return self.plan is not None


def limits():
    """As for guest lists, with more columns: orienteering has one for each control."""
    from ..domain.timesheet_source import LIMITS

    return type(LIMITS)(
        max_bytes=settings.GUEST_LIST_MAX_BYTES, max_rows=settings.GUEST_LIST_MAX_ROWS, max_columns=LIMITS.max_columns
    )  # fmt: skip


def fingerprint_of(data):
    return hashlib.sha256(data).hexdigest()


def applied_before(race, data):
    """The file with these bytes that stands applied in this race, or None."""
    rows = ResultFile.objects.filter(race=race, sha256=fingerprint_of(data), state=State.APPLIED)
    return rows.select_related("by").first() if race.pk else None


def read(race, data, choices: Choices) -> "Timesheet":
    """The file as chosen; a race in it that nobody has chosen is proposed by where our runners are. No query.

    Raises a TableError when it cannot be read as a whole.
    """
    from ..domain.timesheet import open_timesheet

    answers = {Topic(topic): said for topic, said in choices.answers.items() if said != ALL_RACES}
    timesheet = open_timesheet(
        data, sheet=choices.sheet or None, mapping=choices.mapping, answers=answers, window=race.window, limits=limits()
    )  # fmt: skip
    if choices.answers.get(Topic.RACE) != ALL_RACES:
        return timesheet
    findings = [
        replace(finding, chosen=ALL_RACES, is_asked=False) if finding.topic is Topic.RACE else finding
        for finding in timesheet.findings
    ]
    return replace(timesheet, findings=tuple(findings))


def planned(race, timesheet: "Timesheet", choices: Choices) -> Plan:
    """What applying the file would do now; writes nothing. Three queries at any size."""
    matches = match(timesheet.lines, entrants(race.activity), choices.matches)
    return plan(
        timesheet, matches, earlier=_earlier(race), decided=choices.decided, precision=race.step
    )  # fmt: skip


def entrants(activity):
    """Everybody who is coming, as the file may name them; keys are ids of guests. Two queries."""
    answers = Answer.objects.filter(activity=activity, state=Answer.State.COMING, guest__forgotten_at=None)
    entries = {entry.guest_id: entry for entry in Entry.objects.filter(activity=activity).select_related("race_class")}
    rows = answers.select_related("guest__contact").order_by("guest__sort_key", "guest")
    return [_entrant(answer.guest, entries.get(answer.guest_id)) for answer in rows]


def _entrant(guest, entry):
    bib = str(entry.bib) if entry and entry.bib is not None else ""
    title = str(entry.race_class) if entry and entry.race_class_id else ""
    name = guest.contact.name if guest.contact_id else guest.companion_name
    return Entrant(
        key=guest.pk, names=(name,) if name else (), bib=bib, guest_key=guest_key(guest), email=guest.email,
        race_class=title, birth_year=entry.birth_year if entry else None,
    )  # fmt: skip


def guest_key(guest):
    """What the start list calls the guest, so that it comes back with times filled in."""
    return str(guest.pk)


def _earlier(race):
    """{guest id: Before} of all results there are; one query."""
    if not race.pk:
        return {}
    rows = Result.objects.filter(race=race).values_list("entry__guest", "status", "time_ms", "source")
    return {guest: Before(Status(status), time_ms, source) for guest, status, time_ms, source in rows}


def apply(activity, data, choices, *, by, channel, now, seen=None, file=None, name=""):
    """Writes what the file says of our runners as timing events, all or nothing; returns Applied.

    `seen` is the digest that was looked at, `file` the ResultFile on its way in, else one is made. The same bytes again
    write nothing. Raises SomethingChanged, FileIsGone, and a TableError.
    """
    timesheet = read(Race.objects.of(activity), data, choices)  # before the race is locked

    @transaction.atomic
    def in_one_go():
        race = locked(activity)
        if known := applied_before(race, data):
            return Applied(known, None)
        done = planned(race, timesheet, choices)
        if seen is not None and done.digest != seen:
            raise SomethingChanged(done)
        record = _locked(file) if file else ResultFile(race=race, by=by, file_name=name, uploaded_at=now)
        _record(record, data, choices, done, now=now)
        _write(race, done, record, by=by, channel=channel, now=now)
        return Applied(record, done)

    return in_one_go()


def _locked(file):
    row = ResultFile.objects.select_for_update().filter(pk=file.pk, state=State.READY).first()
    if row is None:
        raise FileIsGone(file.pk)
    return row


def _record(file, data, choices, done, *, now):
    """The row of the file, applied as of now, with numbers only."""
    file.sha256, file.sheet, file.state, file.applied_at = fingerprint_of(data), choices.sheet, State.APPLIED, now
    file.choices, file.report = {}, {"counts": dict(done.counts), "missing": len(done.matches.missing)}
    file.save()


def _write(race, done, file, *, by, channel, now):
    races.enter_all(race, now=now)
    keys = [row.key for row in done.written]
    entries = {entry.guest_id: entry for entry in Entry.objects.filter(activity=race.activity_id, guest__in=keys)}
    marks = [_mark(entries[row.key], row, file, done.keeps_places) for row in done.written if row.key in entries]
    timing.record(race, marks, by=by, channel=channel, now=now)
    history.record(
        race.activity.event, History.What.RESULTS, by=by, channel=channel, now=now, activity=race.activity,
        file=file.pk, count=len(marks),
    )  # fmt: skip


def _mark(entry, row, file, keeps_places):
    line = row.line
    facts = {
        "row": line.number,
        "text": line.text if line.time_ms else "",  # of others it may say more than a time
        "net_ms": line.net_ms,
        "gross_ms": line.gross_ms,
        "place": line.source_place if keeps_places and line.status is Status.OK else None,
        "clock": line.finish_clock_ms,
        "match": str(row.rule),
    }
    facts = {name: value for name, value in facts.items() if value not in (None, "")}
    return Mark(
        kind=Kind.IMPORTED, entry=entry, status=line.status, time_ms=line.time_ms, file=file, facts=facts
    )  # fmt: skip


@transaction.atomic
def undo(file, *, by, channel, now):
    """The file no longer counts; what stood before it stands again. False when it is undone already."""
    race = locked(file.race.activity)
    if not ResultFile.objects.filter(pk=file.pk, state=State.APPLIED).update(state=State.UNDONE, undone_at=now):
        return False
    timing.record(race, [Mark(kind=Kind.WITHDRAWN, file=file)], by=by, channel=channel, now=now)
    history.record(
        race.activity.event, History.What.RESULTS_UNDONE, by=by, channel=channel, now=now, activity=race.activity,
        file=file.pk,
    )  # fmt: skip
    return True
