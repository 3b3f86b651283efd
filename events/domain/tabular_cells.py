"""One cell of a workbook as the text a person sees in it."""

import datetime
import re

from openpyxl.utils.escape import unescape

from events.domain.tabular_base import Formula, Typed

_ZERO_PADDED = re.compile(r"0{2,}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def shown(cell, source):
    """The text of a cell; `cell` has the value last computed, `source` the formula if there is one.

    47 for 47.0, ISO for dates ("2026-09-18", "2026-09-18 17:05:00"), "00:12:34.5", durations "25:10:00",
    TRUE and FALSE, leading zeros where the number format shows them. A cell in error is a Formula without value.
    What is no text is Typed.
    """
    value = None if cell.data_type == "e" else cell.value
    text = "" if value is None else _written(cell)
    if source.data_type == "f":
        return Formula(text, _formula(source.value), value)
    if cell.data_type == "e":
        return Formula("", str(cell.value))
    return text if value is None or isinstance(value, str) else Typed(text, value)


def _formula(value):
    """Text, or openpyxl's object for an array's formula or a what-if table."""
    return value if isinstance(value, str) else getattr(value, "text", None) or "="


def _written(cell):
    value = cell.value
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", unescape(value)) if "_x" in value else value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime.timedelta):
        return _clock(value)
    text = str(value).removesuffix(" 00:00:00")
    return text.rstrip("0") if "." in text else text


def _number(value, number_format):
    if isinstance(value, float):
        if not value.is_integer() or abs(value) >= 1e15:
            return repr(value)
        value = int(value)
    return str(value).zfill(len(number_format)) if _ZERO_PADDED.fullmatch(number_format) else str(value)


def _clock(duration):
    sign, duration = ("-", -duration) if duration < datetime.timedelta() else ("", duration)
    minutes, seconds = divmod(duration.seconds, 60)
    text = f"{sign}{duration.days * 24 + minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return f"{text}.{duration.microseconds:06}".rstrip("0") if duration.microseconds else text
