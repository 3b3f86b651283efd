from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.domain import dates

FRIDAY = date(2026, 9, 18)
OSLO, HELSINKI = ZoneInfo("Europe/Oslo"), ZoneInfo("Europe/Helsinki")


def at(hour, minute=0, day=18, zone=OSLO):
    return datetime(2026, 9, day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("language", "long", "day", "on", "short"),
    [
        ("nb", "fredag 18.\xa0september 2026", "fredag 18.\xa0september", "fredag 18.\xa0september", "18.09.2026"),
        (
            "en",
            "Friday 18\xa0September 2026",
            "Friday 18\xa0September",
            "on Friday 18\xa0September",
            "18\xa0September 2026",
        ),
        ("sv", "fredag 18\xa0september 2026", "fredag 18\xa0september", "fredagen den 18\xa0september", "2026-09-18"),
        (
            "fi",
            "perjantai 18.\xa0syyskuuta 2026",
            "perjantai 18.\xa0syyskuuta",
            "perjantaina 18.\xa0syyskuuta",
            "18.9.2026",
        ),
    ],
)
def test_day_is_told_as_the_language_tells_it(language, long, day, on, short):
    told = [tell(FRIDAY, language) for tell in (dates.long_day, dates.day, dates.on_day, dates.short_day)]
    assert told == [long, day, on, short]


@pytest.mark.parametrize(
    ("language", "clock", "in_a_sentence"),
    [
        ("nb", "09:05", "kl.\xa009:05"),
        ("en", "09:05", "at\xa009:05"),
        ("sv", "09:05", "kl.\xa009:05"),
        ("fi", "9.05", "klo\xa09.05"),
    ],
)
def test_time_is_told_as_the_language_tells_it(language, clock, in_a_sentence):
    assert dates.clock(time(9, 5), language) == clock
    assert dates.at_clock(at(9, 5), language) == in_a_sentence


@pytest.mark.parametrize(
    ("language", "full_hours", "with_minutes", "past_midnight"),
    [
        ("nb", "kl.\xa017:00–21:00", "kl.\xa017:30–21:00", "kl.\xa019:30–01:00"),
        ("en", "17:00–21:00", "17:30–21:00", "19:30–01:00"),
        ("sv", "kl.\xa017:00–21:00", "kl.\xa017:30–21:00", "kl.\xa019:30–01:00"),
        ("fi", "klo\xa017–21", "klo\xa017.30–21.00", "klo\xa019.30–1.00"),
    ],
)
def test_span_is_told_in_hours_when_it_is_less_than_a_day(language, full_hours, with_minutes, past_midnight):
    assert dates.span(at(17), at(21), language) == full_hours
    assert dates.span(at(17, 30), at(21), language) == with_minutes
    assert dates.span(at(19, 30), at(1, day=19), language) == past_midnight


def test_finnish_span_keeps_the_minutes_when_one_end_has_some():
    assert dates.span(at(17), at(21, 30), "fi") == "klo\xa017.00–21.30"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nb", "fredag 18.\xa0september kl.\xa017:00 – søndag 20.\xa0september kl.\xa012:00"),
        ("en", "Friday 18\xa0September at\xa017:00 – Sunday 20\xa0September at\xa012:00"),
        ("sv", "fredag 18\xa0september kl.\xa017:00 – söndag 20\xa0september kl.\xa012:00"),
        ("fi", "perjantai 18.\xa0syyskuuta klo\xa017.00 – sunnuntai 20.\xa0syyskuuta klo\xa012.00"),
    ],
)
def test_span_names_both_days_when_it_is_longer(language, told):
    assert dates.span(at(17), at(12, day=20), language) == told


def test_every_weekday_has_its_name_in_every_language():
    week = [date(2026, 9, 14) + timedelta(days=n) for n in range(7)]
    told = {language: [dates.on_day(day, language).split(" 1")[0] for day in week] for language in dates.LANGUAGES}
    assert {language: [name.split()[0] for name in names] for language, names in told.items() if language != "en"} == {
        "nb": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
        "sv": ["måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen"],
        "fi": [
            *("maanantaina", "tiistaina", "keskiviikkona", "torstaina"),
            *("perjantaina", "lauantaina", "sunnuntaina"),
        ],
    }
    assert [dates.on_day(day, "en").split()[1] for day in week] == [day.strftime("%A") for day in week]


def test_every_month_has_its_name_in_every_language():
    year = [date(2026, month, 1) for month in range(1, 13)]
    assert [dates.day(day, "en").split()[-1] for day in year] == [day.strftime("%B") for day in year]
    assert " ".join(dates.day(day, "nb").split()[-1] for day in year) == (
        "januar februar mars april mai juni juli august september oktober november desember"
    )
    assert " ".join(dates.day(day, "sv").split()[-1] for day in year) == (
        "januari februari mars april maj juni juli augusti september oktober november december"
    )
    assert " ".join(dates.day(day, "fi").split()[-1] for day in year) == (
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
        "lokakuuta marraskuuta joulukuuta"
    )


def test_day_and_time_are_those_of_the_zone_given():
    moment = at(23, 30, zone=OSLO)
    told = [(dates.day(there, "en"), dates.clock(there, "en")) for there in (moment, moment.astimezone(HELSINKI))]
    assert told == [("Friday 18\xa0September", "23:30"), ("Saturday 19\xa0September", "00:30")]


def test_british_english_is_english():
    assert dates.long_day(FRIDAY, "en-gb") == dates.long_day(FRIDAY, "en")


@pytest.mark.parametrize("language", ["", "de", "xx-nb"])
def test_unknown_language_is_named(language):
    with pytest.raises(dates.UnknownLanguage) as refusal:
        dates.day(FRIDAY, language)
    assert refusal.value.language == language


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fredag den 18", "Fredag den 18"),
        ("äkta Åsa", "Äkta Åsa"),
        ("on Friday", "On Friday"),
        ("", ""),
        ("1 a", "1 a"),
    ],
)
def test_only_the_first_letter_is_raised(text, told):
    assert dates.capitalised(text) == told


def test_day_with_its_year_stands_in_a_sentence_as_the_language_has_it():
    assert {code: dates.by_long_day(FRIDAY, code).replace("\xa0", " ") for code in dates.LANGUAGES} == {
        "nb": "fredag 18. september 2026",
        "en": "Friday 18 September 2026",
        "sv": "fredagen den 18 september 2026",
        "fi": "perjantaina 18. syyskuuta 2026",
    }
