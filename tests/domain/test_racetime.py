"""Race times in every notation the rules name, and target times as guests write them."""

import random

import pytest

from events.domain.ambition import read_ambition
from events.domain.racetime import DoubtfulTime, NotATime, printed, read

LANGUAGES = ("nb", "en", "sv", "fi")


def minutes(whole, seconds=0, thousandths=0):
    return (whole * 60 + seconds) * 1000 + thousandths


READ = {
    "12:34": minutes(12, 34), "7:46": minutes(7, 46), "75:03": minutes(75, 3),
    "12.34": minutes(12, 34), "07.54": minutes(7, 54), "12,34": minutes(12, 34),
    "00:12:34": minutes(12, 34), "1:02:03": minutes(62, 3), "1.02.03": minutes(62, 3),
    "12:34.5": minutes(12, 34, 500), "12:34,5": minutes(12, 34, 500), "12:34.56": minutes(12, 34, 560),
    "19.35,34": minutes(19, 35, 340), "16:39.00": minutes(16, 39), "00:42:26.000": minutes(42, 26),
    "4:55:36.43": minutes(295, 36, 430), "754 s": minutes(12, 34), "754,5 sek": minutes(12, 34, 500),
    "12m34s": minutes(12, 34), "12 min 34 s": minutes(12, 34), "12m34": minutes(12, 34), "1h02": minutes(62),
    "12'34\"": minutes(12, 34), "12´34": minutes(12, 34), "12′34″": minutes(12, 34), "12’34”": minutes(12, 34),
    "0t 12m 34s": minutes(12, 34), "2 timer": minutes(120), "PT12M34.5S": minutes(12, 34, 500),
    "12 min": minutes(12), "12,5 min": minutes(12, 30), "12.30 min": minutes(12, 30), "12 minuuttia": minutes(12),
    "\u00a012:34\u00a0": minutes(12, 34), "１２：３４": minutes(12, 34), "12:34:00": minutes(754),
}  # fmt: skip


@pytest.mark.parametrize(("text", "milliseconds"), READ.items())
def test_time_is_read_in_the_notations_of_the_rules(text, milliseconds):
    assert read(text) == milliseconds


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("750", (minutes(12, 30), minutes(7, 50))),
        ("780", (minutes(13),)),
        ("1230", (minutes(20, 30), minutes(12, 30))),
        ("12", (minutes(12), 12_000)),
        ("12:3", (minutes(12, 30), minutes(12, 3))),
        ("13,5", (minutes(13, 30), minutes(13, 50), minutes(13, 5))),
        ("13.7", (minutes(13, 42), minutes(13, 7))),
    ],
)
def test_doubtful_time_is_asked_about_likeliest_reading_first(text, readings):
    with pytest.raises(DoubtfulTime) as doubt:
        read(text)
    assert (doubt.value.text, doubt.value.readings) == (text, readings)


@pytest.mark.parametrize(
    "text",
    ["99:99", "12:60", "12:3:4", "1:60:00", "50:l4", "DNF", "", " ", "12345", "-12:30", "12:30:", "1" * 41, "٣:٣٠"],
)
def test_what_is_no_time_is_refused_with_its_text(text):
    with pytest.raises(NotATime) as refused:
        read(text)
    assert refused.value.text == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_is_read_back_at_any_precision(language):
    chance = random.Random(908)
    for unit in (1, 10, 100, 1000):
        for _time in range(500):
            milliseconds = chance.randrange(0, 86_400_000 // unit) * unit
            assert read(printed(milliseconds, language)) == milliseconds


@pytest.mark.parametrize(
    ("milliseconds", "language", "text"),
    [
        (minutes(12, 34), "nb", "12:34"),
        (minutes(62, 34), "nb", "1:02:34"),
        (minutes(12, 34, 500), "nb", "12:34,5"),
        (minutes(12, 34, 500), "en", "12:34.5"),
        (minutes(12, 34, 50), "sv", "12:34,05"),
        (minutes(62, 34), "fi", "1.02.34"),
        (minutes(12, 34, 500), "fi", "12.34,5"),
        (45_000, "nb", "0:45"),
    ],
)
def test_time_is_printed_as_the_language_writes_it(milliseconds, language, text):
    assert printed(milliseconds, language) == text


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12:30", 750), ("12.30", 750), ("12 min", 720), ("12m30s", 750), ("15", 900), ("75", 4500), ("under 13", 780),
        ("Under 13:00!", 780), ("ca. 12 min", 720), ("< 12", 720), ("alle 13", 780), ("noin 13.30", 810),
        ("1:02:03", 3723), ("12 minutter og 30 sekunder", 750), ("12:34,5", 755), ("1:15:00", 4500), ("4 min 30", 270),
        ("", None), ("–", None), ("?", None), ("0:00", None), ("vet ikke", None), ("En tiedä", None),
    ],
)  # fmt: skip
def test_ambition_is_understood_as_guests_write_it(text, seconds):
    assert read_ambition(text) == seconds


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("750", (minutes(12, 30), minutes(7, 50))),
        ("1:15", (minutes(75), minutes(1, 15))),
        ("0:45", (minutes(45),)),
        ("12-13", (minutes(12), minutes(13))),
        ("12–13 min", (minutes(12), minutes(13))),
        ("07.54.23", (minutes(7, 55), minutes(474, 23))),
    ],
)
def test_ambition_is_asked_about_when_it_may_mean_two_things(text, readings):
    with pytest.raises(DoubtfulTime) as doubt:
        read_ambition(text)
    assert doubt.value.readings == readings


@pytest.mark.parametrize("text", ["tolv", "12:60", "30 s", "30 t", "so fast I can", "12 eller 13", "1" * 41])
def test_ambition_that_is_no_time_is_refused(text):
    with pytest.raises(NotATime):
        read_ambition(text)


def test_nothing_else_is_ever_raised_whatever_is_typed():
    chance = random.Random(722)
    signs = "0123456789:.,'\"hmst -–og min under 6½²٣"
    for _time in range(20_000):
        text = "".join(chance.choices(signs, k=chance.randrange(12)))
        try:
            assert read_ambition(text) is None or 60 <= read_ambition(text) <= 86_400
        except DoubtfulTime as doubt:
            assert doubt.readings and all(60_000 <= each <= 86_400_000 for each in doubt.readings)
        except NotATime:
            pass
