"""Days and times in words, in Norwegian Bokmål, British English, Swedish and Finnish.

Days are dates or datetimes, times are times or datetimes; both stand already in the event's zone. The forms
are those of the glossary: Finnish months take the partitive, its weekdays the essive in "on Friday".

A day's number and its month stay together at the end of a line, and so does a time with the word that leads it: between
them stands a no-break space (U+00A0). Subjects (letters.one_line) and plain-text mails have ordinary ones.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta


class UnknownLanguage(LookupError):
    """There are no words for this language; carries its code."""

    def __init__(self, language: str):
        super().__init__(language)
        self.language = language


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """One language: its names, the patterns of a day and a time, and what leads a time in a sentence."""

    weekdays: str
    months: str
    day: str
    on_day: str
    short_day: str
    clock: str
    at: str
    at_span: str
    has_bare_hours: bool = False


_WORDS = {
    "nb": _Words(
        weekdays="mandag tirsdag onsdag torsdag fredag lørdag søndag",
        months="januar februar mars april mai juni juli august september oktober november desember",
        day="{weekday} {d}.\xa0{month}",
        on_day="{weekday} {d}.\xa0{month}",
        short_day="{d:02}.{m:02}.{y}",
        clock="{h:02}:{min:02}",
        at="kl.\xa0",
        at_span="kl.\xa0",
    ),
    "en": _Words(
        weekdays="Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        months="January February March April May June July August September October November December",
        day="{weekday} {d}\xa0{month}",
        on_day="on {weekday} {d}\xa0{month}",
        short_day="{d}\xa0{month} {y}",  # figures alone are read both ways round
        clock="{h:02}:{min:02}",
        at="at\xa0",
        at_span="",
    ),
    "sv": _Words(
        weekdays="måndag tisdag onsdag torsdag fredag lördag söndag",
        months="januari februari mars april maj juni juli augusti september oktober november december",
        day="{weekday} {d}\xa0{month}",
        on_day="{weekday}en den {d}\xa0{month}",
        short_day="{y}-{m:02}-{d:02}",
        clock="{h:02}:{min:02}",
        at="kl.\xa0",
        at_span="kl.\xa0",
    ),
    "fi": _Words(
        weekdays="maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
        months=(
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta "
            "heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"
        ),
        day="{weekday} {d}.\xa0{month}",
        on_day="{weekday}na {d}.\xa0{month}",
        short_day="{d}.{m}.{y}",
        clock="{h}.{min:02}",
        at="klo\xa0",
        at_span="klo\xa0",
        has_bare_hours=True,
    ),
}
LANGUAGES = tuple(_WORDS)


def long_day(on: date, language: str) -> str:
    """nb "fredag 18. september 2026", fi "perjantai 18. syyskuuta 2026"."""
    return f"{day(on, language)} {on.year}"


def day(on: date, language: str) -> str:
    """en "Friday 18 September": without the year."""
    return _filled(_words(language).day, on, language)


def on_day(on: date, language: str) -> str:
    """In a sentence: sv "fredagen den 18 september", fi "perjantaina 18. syyskuuta"."""
    return _filled(_words(language).on_day, on, language)


def by_day(on: date, language: str) -> str:
    """After "by", "senast", "viimeistään": en "Friday 18 September", the others as in on_day."""
    return day(on, language) if language.startswith("en") else on_day(on, language)


def by_long_day(on: date, language: str) -> str:
    """As by_day with the year: sv "fredagen den 18 september 2026", fi "perjantaina 18. syyskuuta 2026"."""
    return f"{by_day(on, language)} {on.year}"


def short_day(on: date, language: str) -> str:
    """nb "18.09.2026", en "18 September 2026", sv "2026-09-18", fi "18.9.2026"."""
    return _filled(_words(language).short_day, on, language)


def clock(at: time | datetime, language: str) -> str:
    """nb, en, sv "17:05", fi "17.05": the time alone, as in a table."""
    return _words(language).clock.format(h=at.hour, min=at.minute)


def exact_clock(at: time | datetime, language: str) -> str:
    """The same to the second, as one starts: nb "16:04:10", fi "16.04.10"."""
    return f"{clock(at, language)}{'.' if '.' in _words(language).clock else ':'}{at.second:02}"


def at_clock(at: time | datetime, language: str) -> str:
    """In a sentence: nb, sv "kl. 17:05", en "at 17:05", fi "klo 17.05"."""
    return _words(language).at + clock(at, language)


def span(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """nb "kl. 17:00–21:00", fi "klo 17–21"; past midnight too. A day or more is told with both days."""
    if ends_at - starts_at >= timedelta(days=1):
        first, last = (f"{day(at, language)} {at_clock(at, language)}" for at in (starts_at, ends_at))
        return f"{first} – {last}"
    return f"{_words(language).at_span}{_hours(starts_at, ends_at, language)}"


def capitalised(text: str) -> str:
    """The same text with a capital first letter, for the start of a sentence."""
    return text[:1].upper() + text[1:]


def _hours(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """Finnish leaves the minutes out when both hours are full."""
    words = _words(language)
    if words.has_bare_hours and starts_at.minute == ends_at.minute == 0:
        return f"{starts_at.hour}–{ends_at.hour}"
    return f"{clock(starts_at, language)}–{clock(ends_at, language)}"


def _words(language: str) -> _Words:
    """By the main part of the code, so that en-gb is English."""
    words = _WORDS.get(language.partition("-")[0].lower())
    if words is None:
        raise UnknownLanguage(language)
    return words


def _filled(pattern: str, on: date, language: str) -> str:
    words = _words(language)
    weekday, month = words.weekdays.split()[on.weekday()], words.months.split()[on.month - 1]
    return pattern.format(weekday=weekday, month=month, d=on.day, m=on.month, y=on.year)
