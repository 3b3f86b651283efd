"""The rows of a result file as lines, each with its status, and what the whole file asks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .racetime import Window
from .ranking import Status
from .timesheet_cells import Names, is_twice_encoded, mended, tidy
from .timesheet_findings import Finding, Notation, Topic, clocks, finding, official
from .timesheet_finish import Evidence
from .timesheet_lines import Line, Notice, Remark, Skipped, SkipReason
from .timesheet_raw import Raw, RawReader, settled
from .timesheet_times import DAY, Kind, Reading

_TEXTS = ("name", "first_name", "last_name", "club", "race_class")


@dataclass(frozen=True, slots=True)
class Lines:
    """`races`: {name: lines}, where there are several."""

    lines: tuple[Line, ...]
    skipped: tuple[Skipped, ...]
    findings: tuple[Finding, ...]
    races: Mapping[str, int]


def read_lines(
    columns, rows, *, is_heading, window: Window, answers: Mapping[Topic, str], is_start_list: bool = False
) -> Lines:
    """The lines of table rows under `columns`; `is_heading(cells)` knows the heading when it comes again."""
    rows = list(rows)
    twice = _twice_encoded(columns, rows, answers)
    is_mended = bool(twice) and twice.chosen == "mended"
    reader = RawReader(columns, _names(columns, rows, is_mended=is_mended), window, is_mended=is_mended)
    raws, skipped = [], []
    for row in rows:
        if is_heading(row.cells):
            skipped.append(Skipped(row.number, SkipReason.HEADING_AGAIN))
        elif raw := reader.read(row):
            raws.append(raw)
        else:
            skipped.append(Skipped(row.number, SkipReason.NOT_A_RUNNER))
    races = Counter(raw.facts["race"] for raw in raws if raw.facts["race"])
    race, raws, others = _of_one_race(raws, races, answers)
    skipped += [Skipped(raw.number, SkipReason.OTHER_RACE) for raw in others]
    lines, found = _lines(raws, window, answers, is_start_list=is_start_list)
    findings = tuple(filter(None, (twice, race, *found)))
    skipped.sort(key=lambda each: each.number)
    return Lines(tuple(lines), tuple(skipped), findings, dict(races) if len(races) > 1 else {})


def _of_one_race(raws, races, answers):
    """(finding, rows of the chosen race, the others); all of them until somebody has chosen one."""
    if len(races) < 2:
        return None, raws, []
    found = finding(Topic.RACE, [name for name, _count in races.most_common()], answers, counts=dict(races))
    if found.is_asked:
        return found, raws, []
    chosen = [raw for raw in raws if raw.facts["race"] == found.chosen]
    return found, chosen, [raw for raw in raws if raw.facts["race"] != found.chosen]


def _texts(columns, rows, fields):
    for column in columns:
        if column.field in fields:
            yield from (row.cells[column.index] for row in rows if column.index < len(row.cells))


def _names(columns, rows, *, is_mended):
    names = map(tidy, _texts(columns, rows, ("name",)))
    return Names(map(mended, names) if is_mended else names)


def _twice_encoded(columns, rows, answers):
    broken = [text for text in _texts(columns, rows, _TEXTS) if is_twice_encoded(text)]
    if not broken:
        return None
    return finding(Topic.TWICE_ENCODED, ("mended", "as_written"), answers, count=len(broken), readings={})


def _lines(raws, window, answers, *, is_start_list):
    notation = Notation([reading for raw in raws for reading in raw.times.values()], window, answers)
    raws = [settled(raw, notation) for raw in raws]
    of_day = clocks([reading for raw in raws for reading in raw.times.values()], window, answers)
    if of_day and of_day.chosen == "clock":
        raws = list(map(_as_clock, raws))
    raws, from_clocks = _from_clocks(raws)
    fields, asked = official([raw.times for raw in raws], answers)
    evidence = Evidence(raws, fields)
    lines = [_line(raw, evidence, fields, window, is_start_list=is_start_list) for raw in raws]
    if from_clocks:
        lines = [_noted(line, Remark.TIME_FROM_CLOCKS) for line in lines]
    return lines, [*notation.findings, of_day, asked]


def _as_clock(raw: Raw) -> Raw:
    """The row, its time taken for the clock at the finish."""
    name, reading = next(((n, r) for n, r in raw.times.items() if r.kind is Kind.TIME), ("", None))
    if reading is None:
        return raw
    times = {other: each for other, each in raw.times.items() if other != name}
    return replace(raw, times=times, finish=replace(reading, kind=Kind.CLOCK))


def _from_clocks(raws):
    """(rows, whether their times are worked out of the file's own clocks, which is where it has no other)."""
    if any(raw.times for raw in raws):
        return raws, False
    found = [replace(raw, times=_between(raw)) for raw in raws]
    return found, any(raw.times for raw in found)


def _between(raw):
    finish = raw.finish
    if finish.kind is not Kind.CLOCK or raw.start_ms is None or finish.ms == raw.start_ms:
        return {}
    milliseconds = (finish.ms - raw.start_ms) % DAY  # over midnight
    return {"time": Reading(Kind.TIME, finish.text, ms=milliseconds, decimals=finish.decimals)}


def _line(raw: Raw, evidence: Evidence, fields, window, *, is_start_list) -> Line:
    status, notices = evidence.status_of(raw)
    reading, name = evidence.time_of(raw)
    has_time = reading is not None and reading.kind is Kind.TIME
    if status is Status.OK:
        if name != fields[0]:
            notices.append(Notice(Remark.OTHER_TIME, reading.text, (reading.ms,)))
        if reading.ms not in window:
            notices.append(Notice(Remark.TIME_IMPLAUSIBLE, reading.text, (reading.ms,)))
    elif has_time and status is not Status.UNCLEAR:
        notices.append(Notice(Remark.STATUS_WITH_TIME, reading.text, (reading.ms,)))
    if raw.is_bib_unknown and not raw.facts["name"]:
        notices.append(Notice(Remark.BIB_UNKNOWN, "?"))
    return Line(
        number=raw.number,
        status=status,
        time_ms=reading.ms if status is Status.OK else None,
        net_ms=_ms(raw, "net_time"),
        gross_ms=_ms(raw, "gross_time"),
        decimals=reading.decimals if has_time else 0,
        text=reading.text if reading else "",
        finish_clock_ms=raw.finish.ms if raw.finish.kind is Kind.CLOCK else None,
        start_clock_ms=raw.start_ms,
        notices=() if is_start_list else tuple(notices),
        **raw.facts,
    )


def _ms(raw, name):
    reading = raw.times.get(name)
    return reading.ms if reading and reading.kind is Kind.TIME else None


def _noted(line, code):
    return replace(line, notices=(*line.notices, Notice(code, line.text))) if line.status is Status.OK else line
