"""What one cell in a column of race times says: any text has a reading, and none is ever an exception.

Two parts are minutes and seconds, always. What may mean two things is a question, what means nothing is refused with
a guess where there is one: nothing is put right in silence.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from .cells import shown, unwrap
from .racetime import CLOCK, HOUR, MINUTE, SECOND, DoubtfulTime, NotATime, Window, plain, read
from .ranking import Status
from .timesheet_status import read_status

DAY = 24 * HOUR

_ZERO = re.compile(r"[-–—−*?._:;,/0\s]*")
_NO_TIME = frozenset(
    ("n/a", "#n/a", "ingen", "ingen tid", "ingen tidtaking", "none", "null", "nan", "no time", "ei aikaa")
)
_DATED = re.compile(r"(?:\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{4})[t ,]+(\d.*)")
_ZONE = re.compile(r"(?:z|[+-]\d\d:?\d\d)$")
_OF_DAY = re.compile(r"(?:kl\.? ?)?(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)?")
_PACKED = re.compile(r"([01]?\d|2[0-3])([0-5]\d)")
_SIGNED = re.compile(r"([+-]) ?(\d.*)")
_COMMA = re.compile(r"(\d{1,2}),(\d\d?)", re.ASCII)
_BARE = re.compile(r"(\d{1,9})(?:[.,](\d{1,12}))?", re.ASCII)
_DOTS = re.compile(r"(\d{1,2})\.(\d\d)\.(\d\d)", re.ASCII)
_LONG_FRACTION = re.compile(r"(.*\d\d[.,]\d{3})(\d+)(s?)", re.ASCII)
_SECONDS = re.compile(r"[.,](\d+)(?:s[a-z]*\.?|\"|'')?$")
_CLOCK_INSIDE = re.compile(r"(?<![\d:.,])\d{1,3}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d{1,3})?(?![\d:.,])", re.ASCII)
_RESAVED = re.compile(r"\d{1,2}:\d\d:00(?:[.,]0+)?", re.ASCII)  # a CSV that a workbook has been saved to
_SIXTY = re.compile(r"(\d{1,3})[:.]60")
_LETTERS = str.maketrans("loi|", "1011")


class Kind(StrEnum):
    TIME = "time"  # ms, decimals
    STATUS = "status"  # status
    CLOCK = "clock"  # ms since midnight
    GAP = "gap"  # ms, below nought when ahead
    NOTHING = "nothing"  # no time: the status must be said elsewhere
    QUESTION = "question"  # readings in ms, likeliest first, and the doubt
    REFUSED = "refused"  # readings are guesses, perhaps none


class Doubt(StrEnum):
    """Why a cell can be read in two ways."""

    COMMA = "comma"  # "12,34": 12 min 34 s, or 12.34 minutes
    BARE = "bare"  # "12", "13.5": minutes, or seconds
    DOTS = "dots"  # "07.54.23": hours, or minutes with hundredths; both or neither is plausible
    THOUSANDTHS = "thousandths"  # "734700": milliseconds, or seconds
    HUNDREDTHS = "hundredths"  # "73470": hundredths of a second, or seconds
    EXCEL = "excel"  # 12:34 that a workbook holds, or wrote into a CSV, as 12 hours 34 minutes
    DAY_MONTH = "day_month"  # 12.10 that a workbook holds as the 12th of October


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says; `text` as it stands in the file, `decimals` as many as it has (0 to 3)."""

    kind: Kind
    text: str
    ms: int | None = None
    decimals: int = 0
    status: Status | None = None
    readings: tuple[int, ...] = ()
    doubt: Doubt | None = None

    def as_time(self, milliseconds):
        """The question, answered."""
        decimals = max(self.decimals, len(f"{milliseconds % SECOND:03}".rstrip("0")))
        return replace(self, kind=Kind.TIME, ms=milliseconds, decimals=decimals, readings=(), doubt=None)


def read_time(text: str, window: Window | None = None) -> Reading:
    """The reading of a cell under a heading for times."""
    window = window or Window()
    written = shown(unwrap(text))
    try:
        wish = plain(written.lstrip("'").replace("−", "-"))
    except NotATime:
        status = read_status(written)
        return Reading(Kind.STATUS, written, status=status) if status else Reading(Kind.REFUSED, written)
    if _ZERO.fullmatch(wish.lstrip("+")) or wish in _NO_TIME:
        return Reading(Kind.NOTHING, written)
    if status := read_status(wish):
        return Reading(Kind.STATUS, written, status=status)
    if dated := _DATED.fullmatch(wish):
        return read_clock(dated[1], written)
    if _SIGNED.fullmatch(wish):
        return read_gap(wish, written)
    return _duration(wish, written, window)


def _duration(wish, written, window):
    squeezed = wish.replace(" ", "")
    for reader in (_comma, _bare, _dots):
        if reading := reader(squeezed, written, window):
            return reading
    more = 0
    if ":" in squeezed and (long := _LONG_FRACTION.fullmatch(squeezed)):  # tenths of microseconds, as .NET writes
        squeezed, more = long[1] + long[3], int(int(long[2]) > 0)
    try:
        milliseconds = read(squeezed)
    except DoubtfulTime as doubt:
        if ":" in squeezed:  # "12:3": somebody has lost a figure
            return Reading(Kind.REFUSED, written, readings=doubt.readings)
        return Reading(Kind.QUESTION, written, readings=doubt.readings, doubt=Doubt.BARE)
    except NotATime:
        return Reading(Kind.REFUSED, written, readings=_guesses(squeezed))
    if milliseconds <= 0:
        return Reading(Kind.NOTHING, written)
    if milliseconds not in window and milliseconds // 60 in window and _RESAVED.fullmatch(squeezed):
        return Reading(Kind.QUESTION, written, readings=(milliseconds // 60, milliseconds), doubt=Doubt.EXCEL)
    return Reading(Kind.TIME, written, ms=milliseconds + more, decimals=_decimals(squeezed))


def _comma(squeezed, written, _window):
    """ "12,34" as a hand types 12:34, or as 12.34 minutes; "12,3" is 12:30 with its nought lost, or 12.3 minutes."""
    match = _COMMA.fullmatch(squeezed)
    if not match or int(match[1]) + int(match[2]) == 0:
        return None
    minutes, rest = int(match[1]), match[2].ljust(2, "0")
    clock = (minutes * MINUTE + int(rest) * SECOND,) if int(rest) < 60 else ()
    decimal = minutes * MINUTE + int(rest) * MINUTE // 100
    readings = tuple(dict.fromkeys((*clock, decimal)))
    return Reading(Kind.QUESTION, written, readings=readings, doubt=Doubt.COMMA)


def _bare(squeezed, written, window):
    match = _BARE.fullmatch(squeezed)
    if not match or (match[2] and len(match[2]) == 2 and len(match[1]) < 3 and "." in squeezed):
        return None  # "12.34" has two parts
    number, fraction = int(match[1]), match[2] or ""
    thousandths = _up(fraction, SECOND)
    seconds = number * SECOND + thousandths
    if not number and len(fraction) > 3:  # a part of a day, as a workbook without format for times writes it
        day = _up(fraction, DAY)
        return Reading(Kind.QUESTION, written, readings=_likely((-(-day // 60), day), window), doubt=Doubt.EXCEL)
    if number < 100:
        readings = tuple(dict.fromkeys((number * MINUTE + _up(fraction, MINUTE), seconds)))
        return Reading(Kind.QUESTION, written, readings=readings, doubt=Doubt.BARE)
    for doubt, milliseconds in ((Doubt.THOUSANDTHS, number), (Doubt.HUNDREDTHS, number * 10)):
        if not fraction and seconds not in window and milliseconds in window:
            return Reading(Kind.QUESTION, written, readings=(milliseconds, seconds), doubt=doubt)
    return Reading(Kind.TIME, written, ms=seconds, decimals=min(len(fraction), 3))


def _dots(squeezed, written, window):
    """Hours, minutes and seconds; or minutes, seconds and hundredths, as on the old Stoltzen pages."""
    match = _DOTS.fullmatch(squeezed)
    if not match:
        return None
    first, second, third = map(int, match.groups())
    if second >= 60 or not first + second + third:
        return None
    long = first * HOUR + second * MINUTE + third * SECOND
    short = first * MINUTE + second * SECOND + third * 10
    if third >= 60 or (long not in window and short in window and first >= 7):
        return Reading(Kind.TIME, written, ms=short, decimals=2)
    if first < 7 or (long in window and short not in window):
        return Reading(Kind.TIME, written, ms=long)
    return Reading(Kind.QUESTION, written, decimals=2, readings=(short, long), doubt=Doubt.DOTS)


def _likely(readings, window):
    """The readings, those within the window first."""
    return tuple(sorted(readings, key=lambda milliseconds: milliseconds not in window))


def _up(fraction, whole):
    """The part of `whole` after the point, rounded up."""
    return -(-int(fraction or "0") * whole // 10 ** len(fraction))


def _decimals(squeezed):
    match = CLOCK.fullmatch(squeezed)
    fraction = match[5] if match else (found := _SECONDS.search(squeezed)) and found[1]
    return min(len(fraction or ""), 3)


def _guesses(squeezed):
    """What may have been meant: a letter for a figure, a clock among other things, sixty seconds."""
    if sixty := _SIXTY.fullmatch(squeezed):
        return ((int(sixty[1]) + 1) * MINUTE,)
    inside = _CLOCK_INSIDE.findall(squeezed)
    tries = [squeezed.translate(_LETTERS), *(inside if len(inside) == 1 else [])]
    return tuple(filter(None, dict.fromkeys(map(_try, tries))))


def _try(text):
    try:
        return read(text)
    except (NotATime, DoubtfulTime):
        return None


def read_gap(text: str, written: str = "") -> Reading:
    """A distance to the winner: "+0:31", "-0:17", "0:31", "+31" (seconds); NOTHING for a blank or a dash."""
    written = written or shown(unwrap(text))
    wish = _plain(text)
    if not any(map(str.isdecimal, wish)):
        return Reading(Kind.NOTHING, written)
    sign, digits = _SIGNED.fullmatch(wish).groups() if _SIGNED.fullmatch(wish) else ("+", wish)
    if _ZERO.fullmatch(digits):
        return Reading(Kind.GAP, written, ms=0)
    bare = _BARE.fullmatch(digits.replace(" ", ""))
    milliseconds = int(bare[1]) * SECOND + _up(bare[2] or "", SECOND) if bare and len(bare[2] or "") != 2 else None
    milliseconds = milliseconds or _try(digits)
    if milliseconds is None:
        return Reading(Kind.REFUSED, written)
    return Reading(Kind.GAP, written, ms=milliseconds if sign == "+" else -milliseconds)


def read_clock(text: str, written: str = "") -> Reading:
    """A time of day: "15:10:41", "15.10", "kl. 0800", "2026-09-25T15:10:41.82"; NOTHING for noughts and blanks."""
    written = written or shown(unwrap(text))
    wish = _plain(text)
    dated = _DATED.fullmatch(wish)
    wish = _ZONE.sub("", dated[1] if dated else wish).strip()
    if not dated and _ZERO.fullmatch(wish):
        return Reading(Kind.NOTHING, written)
    match = _OF_DAY.fullmatch(wish) or _PACKED.fullmatch(wish.removeprefix("kl. ").removeprefix("kl "))
    parts = [int(part or 0) for part in (*match.groups(), 0)[:3]] if match else [24, 0, 0]
    if parts[0] > 23 or max(parts) > 59:
        return Reading(Kind.REFUSED, written)
    fraction = (match[4] or "") if match.re is _OF_DAY else ""
    milliseconds = parts[0] * HOUR + parts[1] * MINUTE + parts[2] * SECOND + int(fraction.ljust(3, "0")[:3])
    return Reading(Kind.CLOCK, written, ms=milliseconds, decimals=min(len(fraction), 3))


def _plain(text):
    try:
        return plain(unwrap(text).replace("−", "-"))
    except NotATime:
        return "…"
