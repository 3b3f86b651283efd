"""Who has finished, by a file that may not say so: a place number is no evidence, and a split looks like a time.

Finished is only who has a time above nought, of whom no cell says otherwise, and whose finish clock or gap is there
where at least half of those with a time have theirs. The rest is unclear until somebody decides.
"""

from collections import Counter
from collections.abc import Iterable

from .racetime import SECOND
from .ranking import Status
from .timesheet_lines import Notice, Remark
from .timesheet_raw import Raw
from .timesheet_status import CLASSIFIER, ULTRASIGNUP, numbered, read_status
from .timesheet_times import Kind

_WORST = (Status.DSQ, Status.DNF, Status.DNS, Status.NC, Status.UNCLEAR)
_NEAR_MS = 2 * SECOND  # gaps of some systems are a second off


class Evidence:
    """What the whole file tells about finishing: which columns are filled, and how its status column is to be read."""

    def __init__(self, raws: Iterable[Raw], fields: tuple[str, ...]):
        raws = list(raws)
        self._fields = fields
        timed = [raw for raw in raws if self._has_time(raw)]  # who never started has no clock, and may be many
        self._has_clocks = _is_mostly(timed, lambda raw: raw.finish.kind is Kind.CLOCK)
        self._has_gaps = _is_mostly(timed, lambda raw: raw.gap.ms is not None)
        self._winners = frozenset(map(round_to_second, self._winning_times(raws)))
        self._numbers = self._numbering(raws)
        words = Counter(raw.word for raw in raws if raw.word and read_status(raw.word) is None)
        self._usual = next((word for word, count in words.most_common(1) if count * 2 > len(raws)), "")

    def time_of(self, raw: Raw):
        """(the reading that is official, its field), or (None, "")."""
        name = next((name for name in self._fields if name in raw.times), "")
        return raw.times.get(name), name

    def _winning_times(self, raws):
        for raw in raws:
            reading = self.time_of(raw)[0]
            if reading and reading.kind is Kind.TIME and raw.gap.ms:
                yield reading.ms - raw.gap.ms

    def _numbering(self, raws):
        """The meaning of numbers in a status column: the one that agrees with the times, or none."""
        told = [(raw.word, self._has_time(raw)) for raw in raws if raw.word.isdecimal()]
        for numbers, is_strict in ((ULTRASIGNUP, True), (CLASSIFIER, False)):
            read = [(numbered(word, numbers), has_time) for word, has_time in told]
            finished = [has_time for status, has_time in read if status is Status.OK]
            others = [has_time for status, has_time in read if status is not Status.OK]
            is_known = all(status for status, _has_time in read)
            if finished and is_known and all(finished) and not (is_strict and any(others)):
                return numbers
        return {}

    def _has_time(self, raw):
        reading = self.time_of(raw)[0]
        return reading is not None and reading.kind in (Kind.TIME, Kind.QUESTION)

    def status_of(self, raw: Raw) -> tuple[Status, list[Notice]]:
        """What became of the runner, and what is to be looked at about it."""
        said = [*raw.said, *filter(None, [numbered(raw.word, self._numbers)])]
        if others := set(said) - {Status.OK}:
            return min(others, key=_WORST.index), []
        if raw.word and raw.word != self._usual and not said:
            return Status.UNCLEAR, [Notice(Remark.STATUS_UNKNOWN, raw.word)]
        reading, _name = self.time_of(raw)
        if reading is None:
            code = Remark.FINISHED_WITHOUT_TIME if said else Remark.NO_TIME
            return Status.UNCLEAR, [Notice(code, raw.word)]
        if reading.kind is Kind.QUESTION:
            return Status.UNCLEAR, [Notice(Remark.TIME_DOUBTFUL, reading.text, reading.readings, str(reading.doubt))]
        if reading.kind is not Kind.TIME:
            return Status.UNCLEAR, [Notice(Remark.TIME_REFUSED, reading.text, reading.readings)]
        if not said and not self._is_seen(raw, reading.ms):
            return Status.UNCLEAR, [Notice(Remark.NO_FINISH_SEEN, reading.text, (reading.ms,))]
        return Status.OK, []

    def _is_seen(self, raw, milliseconds):
        """At the finish, as far as the file tells; a winner has no gap, but the others' gaps lead to the time."""
        if self._has_clocks and raw.finish.kind is not Kind.CLOCK:
            return False
        if not self._has_gaps or raw.gap.ms is not None or self._has_clocks:
            return True
        near = range(milliseconds - _NEAR_MS, milliseconds + _NEAR_MS + 1, SECOND)
        return any(round_to_second(each) in self._winners for each in near)


def _is_mostly(raws, holds):
    return sum(map(holds, raws)) * 2 >= len(raws) > 0


def round_to_second(milliseconds):
    return milliseconds // SECOND
