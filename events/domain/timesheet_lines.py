"""What reading a result file gives, and every code it uses, with the facts a sentence about it needs."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .ranking import Status, TimeWithoutFinish


class Remark(StrEnum):
    """Worth a look at one line. Every notice also has `value`: the cell as written."""

    TIME_REFUSED = "time_refused"  # readings: guesses in ms, perhaps none; the cell is no time
    TIME_DOUBTFUL = "time_doubtful"  # readings: what it may be in ms; why: a Doubt
    TIME_IMPLAUSIBLE = "time_implausible"  # readings: the time, which is outside the course's window
    NO_TIME = "no_time"  # and no word why: DNS or DNF, somebody must say
    FINISHED_WITHOUT_TIME = "finished_without_time"  # the file says "finished" and gives no time
    NO_FINISH_SEEN = "no_finish_seen"  # a time, but no finish clock and no gap as the others have: a split, perhaps
    STATUS_UNKNOWN = "status_unknown"  # a word or number in the status column that we do not know
    STATUS_WITH_TIME = "status_with_time"  # readings: the time of somebody who has not finished; it does not count
    OTHER_TIME = "other_time"  # the official kind of time is missing, the other one was taken
    TIME_FROM_CLOCKS = "time_from_clocks"  # worked out of the file's own start and finish clocks
    BIB_UNKNOWN = "bib_unknown"  # "?" where a bib should stand, and no name


class SkipReason(StrEnum):
    """Why a row of the file is no line."""

    HEADING_AGAIN = "heading_again"
    NOT_A_RUNNER = "not_a_runner"  # a title, a sum, a remark: neither a bib nor a name nor a time
    OTHER_RACE = "other_race"  # of a race in the file that was not chosen


@dataclass(frozen=True, slots=True)
class Notice:
    code: Remark
    value: str = ""
    readings: tuple[int, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    number: int
    reason: SkipReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One runner of a result file. time_ms is the official time of who finished, else None.

    `number` is the row in the file, `text` the cell the time was read from, `decimals` as many as it has. A place is
    what the file says, and evidence of nothing. Clocks are milliseconds since midnight, where the race was.
    """

    number: int
    status: Status
    time_ms: int | None = None
    net_ms: int | None = None
    gross_ms: int | None = None
    decimals: int = 0
    text: str = ""
    bib: str = ""
    name: str = ""
    email: str = ""
    guest_key: str = ""
    race: str = ""
    race_class: str = ""
    gender: str = ""
    birth_year: int | None = None
    club: str = ""
    source_place: int | None = None
    class_place: int | None = None
    gender_place: int | None = None
    finish_clock_ms: int | None = None
    start_clock_ms: int | None = None
    notices: tuple[Notice, ...] = ()

    def __post_init__(self):
        if (self.status is Status.OK) is not bool(self.time_ms):
            raise TimeWithoutFinish(self.status, self.time_ms)

    def decided(self, answer: int | Status) -> "Line":
        """The line as a person has decided it: a time in milliseconds, or a status other than finished.

        Its notices stay, for they tell what the file said.
        """
        if isinstance(answer, Status):
            return dataclasses.replace(self, status=answer, time_ms=None)
        return dataclasses.replace(self, status=Status.OK, time_ms=answer)


def decided(lines: Iterable[Line], answers: Mapping[int, int | Status]) -> list[Line]:
    """The lines, those in `answers` {row number: milliseconds or a status} as a person has decided."""
    return [line.decided(answers[line.number]) if line.number in answers else line for line in lines]
