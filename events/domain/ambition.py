"""A target time as a guest writes it: "12:30", "under 13", "15", or nothing at all."""

import re

from .racetime import HOUR, MINUTE, SECOND, DoubtfulTime, NotATime, plain, read

SHORTEST, LONGEST = MINUTE, 24 * HOUR
SWIFT, SLOW = 5 * MINUTE, 6 * HOUR  # below the one, "1:15" rather means an hour and a quarter, up to the other

AROUND = re.compile(
    r"^(?:under|below|sub|less than|mindre enn|mindre än|alle|max|maks|maksimum|about|around|approx|roughly|ca|circa|"
    r"cirka|rundt|omtrent|ungefär|omkring|noin|helst|kanskje|maybe|kanske|ehkä|på|in|on)\b\.?|^[~<≤±]|[!.?]+$"
)
AND = re.compile(r"\b(?:og|and|och|ja)\b")
SPAN = re.compile(r"([\d:.,]+) ?(?:-|–|to|til|till) ?([\d:.,]+)(?: ?min\w*)?", re.ASCII)
CLOCK = re.compile(r"(\d{1,3})[:.,](\d\d)", re.ASCII)
LONG_CLOCK = re.compile(r"(\d{1,2})[:.](\d\d)[:.](\d\d)", re.ASCII)
MINUTES = re.compile(r"\d{1,2}", re.ASCII)
NOTHING = frozenset(
    {
        "", "-", "–", "—", "*", "0", "00", "0:00", "00:00", "0:00:00", "00:00:00", "vet ikke", "ingen", "don't know",
        "none", "vet inte", "inget", "en tiedä", "ei",
    }
)  # fmt: skip


def read_ambition(text: str) -> int | None:
    """The target in whole seconds, rounded up as results are; None when nothing is hoped for.

    More forgiving than `read`: "15" and "under 13" are minutes, "1:15" asks whether an hour is meant. Raises NotATime
    and DoubtfulTime, whose readings are whole seconds, too, but in milliseconds.
    """
    wish = _without_words(text)
    if not wish:
        return None
    doubt = None
    try:
        readings = (_milliseconds(wish, text),)
    except DoubtfulTime as found:
        readings, doubt = found.readings, found
    except NotATime:
        readings = ()
    seconds = tuple(-(-each // SECOND) for each in readings if SHORTEST <= each <= LONGEST)
    if not seconds:
        raise NotATime(text)
    if doubt:
        raise DoubtfulTime(text, tuple(dict.fromkeys(each * SECOND for each in seconds)))
    return seconds[0]


def _without_words(text):
    """The ambition without "under", "about" and the like."""
    wish, before = plain(text), None
    while wish != before:
        before, wish = wish, AROUND.sub("", wish).strip()
    return "" if wish in NOTHING else AND.sub(" ", wish)


def _milliseconds(wish, text):
    """The wish in milliseconds, asking where an ambition may mean something else than a measured time."""
    if whole := MINUTES.fullmatch(wish):
        return int(whole[0]) * MINUTE
    if span := SPAN.fullmatch(wish):
        raise DoubtfulTime(text, tuple(_milliseconds(each, text) for each in span.groups()))
    milliseconds = read(wish)
    if CLOCK.fullmatch(wish) and milliseconds < SWIFT and milliseconds * 60 <= SLOW:
        raise DoubtfulTime(text, (milliseconds * 60, milliseconds))
    if milliseconds > SLOW and (parts := LONG_CLOCK.fullmatch(wish)):
        minutes, seconds, hundredths = map(int, parts.groups())  # "07.54.23", as on the old Stoltzen pages
        raise DoubtfulTime(text, (minutes * MINUTE + seconds * SECOND + hundredths * 10, milliseconds))
    return milliseconds
