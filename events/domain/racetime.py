"""Read and print a race time. Two parts are always minutes and seconds (rules of a Norwegian hill race)."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
LONGEST_TEXT = 40

APOSTROPHES = str.maketrans({"´": "'", "`": "'", "’": "'", "‘": "'", "′": "'", "″": '"', "”": '"', "“": '"'})
CLOCK = re.compile(r"(\d{1,3})([:.])(\d{1,2})(?:\2(\d{1,2}))?(?:[.,](\d{1,3}))?", re.ASCII)
WITH_COMMA = re.compile(r"(\d{1,3}),(\d{1,2})", re.ASCII)
CLOCK_IN_MINUTES = re.compile(r"(\d{1,3}[:.,][0-5]\d)min[a-z]*\.?", re.ASCII)
BARE = re.compile(r"\d+", re.ASCII)
WITH_UNITS = re.compile(
    r"""(?:pt)?                                                          # ISO 8601: PT12M34.5S
    (?:(?P<h>\d{1,2}(?:[.,]\d{1,3})?)(?:h(?:rs?|ours?)?|t(?:im(?:er?|mar|me)?|untia?)?))?
    (?:(?P<m>\d{1,4}(?:[.,]\d{1,3})?)(?:m(?:in(?:s|utes?|utt(?:er)?|uter|uut(?:ti|tia))?)?\.?|'(?!')))?
    (?:(?P<s>\d{1,6}(?:[.,]\d{1,3})?)(?P<sec>s(?:e[ck](?:s|onds?|und(?:er)?|unti(?:a)?)?)?\.?|"|'')?)?""",
    re.ASCII | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Window:
    """The times that are likely on a course; what lies outside is only warned of."""

    shortest_ms: int = 6 * MINUTE
    longest_ms: int = 90 * MINUTE

    def __contains__(self, milliseconds):
        return self.shortest_ms <= milliseconds <= self.longest_ms


class NotATime(ValueError):
    """No time can be made of it; carries the text."""

    def __init__(self, text: str):
        super().__init__(text)
        self.text = text


@dataclass(eq=False)
class DoubtfulTime(ValueError):
    """It can be read in more than one way; carries the text and the readings in milliseconds, likeliest first."""

    text: str
    readings: tuple[int, ...]

    def __post_init__(self):
        super().__init__(self.text)


def read(text: str) -> int:
    """The time in milliseconds: "12:34", "12.34", "12,34", "1:02:03", "12:34,5", "12m34s", "12 min", "754 s".

    Raises NotATime, and DoubtfulTime for a bare number or for seconds of one figure.
    """
    squeezed = CLOCK_IN_MINUTES.sub(r"\1", plain(text).replace(" ", ""))
    for reader in (_clock, _with_comma, _bare, _with_units):
        milliseconds = reader(squeezed, text)
        if milliseconds is not None:
            return milliseconds
    raise NotATime(text)


def printed(milliseconds: int, language: str = "nb") -> str:
    """ "12:34", "1:02:34", with the decimals it has: "12:34,5"; Finnish writes "12.34". `read` reads it back."""
    seconds, thousandths = divmod(milliseconds, SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [str(hours), f"{minutes:02}", f"{seconds:02}"] if hours else [str(minutes), f"{seconds:02}"]
    decimals = f"{thousandths:03}".rstrip("0")
    fraction = ("." if language == "en" else ",") + decimals if decimals else ""
    return (":" if language != "fi" else ".").join(parts) + fraction


def plain(text: str) -> str:
    """The text without case, double spaces and the many kinds of apostrophes. Raises NotATime when it is too long."""
    if len(text) > LONGEST_TEXT:
        raise NotATime(text)
    return " ".join(unicodedata.normalize("NFKC", text.translate(APOSTROPHES)).casefold().split())


def _clock(squeezed, text):
    match = CLOCK.fullmatch(squeezed)
    if not match:
        return None
    first, sign, second, third, fraction = match.groups()
    hours, minutes, seconds = (first, second, third) if third else (0, first, second)
    if len(seconds) == 1 and not (third or fraction):
        raise _one_figure(text, first, second, may_be_decimal=sign == ".")
    if min(map(len, (second, seconds))) == 1 or int(seconds) >= 60 or (third and int(minutes) >= 60):
        raise NotATime(text)
    return _sum(hours, minutes, seconds) + int((fraction or "").ljust(3, "0"))


def _with_comma(squeezed, text):
    """ "12,34" is 12:34, as in a list typed on a Norwegian keyboard."""
    match = WITH_COMMA.fullmatch(squeezed)
    if not match:
        return None
    minutes, rest = match.groups()
    if len(rest) == 1:
        raise _one_figure(text, minutes, rest, may_be_decimal=True)
    if int(rest) >= 60:
        raise NotATime(text)
    return _sum(0, minutes, rest)


def _one_figure(text, minutes, figure, *, may_be_decimal):
    """ "12:3" is 12:30 or 12:03, and "12.3" may also be twelve minutes and three tenths."""
    readings = [int(minutes) * MINUTE + int(figure) * MINUTE // 10] if may_be_decimal else []
    readings += [_sum(0, minutes, figure + "0")] if figure < "6" else []
    return DoubtfulTime(text, (*readings, _sum(0, minutes, figure)))


def _bare(number, text):
    """A number alone: minutes where it is short, else seconds or a clock without its colon."""
    if not BARE.fullmatch(number):
        return
    if len(number) > 4:
        raise NotATime(text)
    if len(number) <= 2:
        raise DoubtfulTime(text, (int(number) * MINUTE, int(number) * SECOND))
    clock = [_sum(0, number[:-2], number[-2:])] if int(number[-2:]) < 60 else []
    raise DoubtfulTime(text, (int(number) * SECOND, *clock))


def _with_units(squeezed, text):
    match = WITH_UNITS.fullmatch(squeezed)
    if not match:
        return None
    hours, minutes, last, is_seconds = match.group("h", "m", "s", "sec")
    if not (hours or minutes or last):
        return None
    if last and not is_seconds:  # "12m34", "1h02": the next smaller unit
        hours, minutes, last = (hours, minutes, last) if minutes else (hours, last, None)
    total = sum(_amount(number) * unit for number, unit in ((hours, HOUR), (minutes, MINUTE), (last, SECOND)))
    return _ceiling(total)


def _sum(hours, minutes, seconds):
    return int(hours) * HOUR + int(minutes) * MINUTE + int(seconds) * SECOND


def _amount(number):
    return Decimal((number or "0").replace(",", "."))


def _ceiling(milliseconds):
    return int(milliseconds.to_integral_value(ROUND_CEILING))
