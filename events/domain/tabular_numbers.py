"""Numbers of a spreadsheet as people write them: how a cell's number format shows its value."""

import datetime
import re

# Formats without a code of their own (ECMA-376 part 1, 18.8.30); the East Asian ones are dates too.
_DATES = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
_DURATIONS = frozenset((46,))
_BRACKETED_TIME = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NOT_THE_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
_ZERO_PADDED = re.compile(r"0{2,}")

# Day 60 of the 1900 system is a 29 February that never was, so earlier serials count from a day later.
EPOCH_1900, EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)  # noqa: DTZ001 wall time
_DAY_SECONDS = 86_400


def number_kind(format_id, code):
    """How a format shows a number: "date", "duration", the width to pad with zeros, or None for plainly.

    `code` is None for a format that the file does not spell out.
    """
    if code is None:
        return "duration" if format_id in _DURATIONS else "date" if format_id in _DATES else None
    if _ZERO_PADDED.fullmatch(code):
        return len(code)
    code = code.split(";")[0]
    if _BRACKETED_TIME.search(code):
        return "duration"
    return "date" if re.search("[dmhysDMHYS]", _NOT_THE_FORMAT.sub("", code)) else None


def written(text, kind, epoch):
    """47 for 47.0, all digits for 9.9513358E7, ISO for a date, leading zeros where the format shows them."""
    try:
        number = float(text)
    except ValueError:
        return text
    if kind in ("date", "duration"):
        return _moment(number, kind, epoch) or text
    if number.is_integer() and abs(number) < 1e15:
        whole = str(int(number))
        return whole.zfill(kind) if kind else whole
    return repr(number) if "e" in text.lower() or len(text) > 15 else text


def _moment(number, kind, epoch):
    """ "2026-09-18", "2026-09-18 17:05:00", "00:12:34.5", a duration "25:10:00"; "" when out of range."""
    try:
        seconds = datetime.timedelta(milliseconds=round(number * _DAY_SECONDS * 1000))
        if kind == "date" and number >= 1:
            early = datetime.timedelta(days=epoch == EPOCH_1900 and number < 60)
            return (epoch + seconds + early).isoformat(" ").removesuffix(" 00:00:00")
    except (OverflowError, ValueError):
        return ""
    return _clock(seconds) if number >= 0 else ""


def _clock(duration):
    minutes, seconds = divmod(duration.seconds, 60)
    hours = duration.days * 24 + minutes // 60
    text = f"{hours:02}:{minutes % 60:02}:{seconds:02}"
    return f"{text}.{duration.microseconds:06}".rstrip("0") if duration.microseconds else text
