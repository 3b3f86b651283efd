"""Every notation of a result file's times, statuses, clocks and gaps, with the reading it must have."""

import random

import pytest

from events.domain.racetime import printed
from events.domain.ranking import Status
from events.domain.timesheet_status import CLASSIFIER, ULTRASIGNUP, not_finished, numbered, read_status
from events.domain.timesheet_times import Doubt, Kind, Window, read_clock, read_gap, read_time


def at(minutes, seconds=0, thousandths=0, hours=0):
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


TIMES = {  # text: (milliseconds, decimals)
    "12:34": (at(12, 34), 0), "7:46": (at(7, 46), 0), "75:03": (at(75, 3), 0),
    "12.34": (at(12, 34), 0), "07.54": (at(7, 54), 0), "28.49": (at(28, 49), 0), "46.51": (at(46, 51), 0),
    "00:12:34": (at(12, 34), 0), "0:12:34": (at(12, 34), 0), "1:02:03": (at(62, 3), 0), "1.02.03": (at(62, 3), 0),
    "12:34.5": (at(12, 34, 500), 1), "12:34,5": (at(12, 34, 500), 1), "12:34.56": (at(12, 34, 560), 2),
    "19.35,34": (at(19, 35, 340), 2), "16:39.00": (at(16, 39), 2), "07.54.23": (at(7, 54, 230), 2),
    "12.34.99": (at(12, 34, 990), 2), "00:42:26.000": (at(42, 26), 3), "4:55:36.43": (at(295, 36, 430), 2),
    "4:34:19.0": (at(274, 19), 1), "754": (at(12, 34), 0), "754,5": (at(12, 34, 500), 1),
    "754.5": (at(12, 34, 500), 1), "754 s": (at(12, 34), 0), "754 sek": (at(12, 34), 0), "754.25": (at(12, 34, 250), 2),
    "12m34s": (at(12, 34), 0), "12 min 34 s": (at(12, 34), 0), "12'34\"": (at(12, 34), 0), "12´34": (at(12, 34), 0),
    "12′34″": (at(12, 34), 0), "0t 12m 34s": (at(12, 34), 0), "PT12M34.5S": (at(12, 34, 500), 1),
    "PT734.7S": (at(12, 14, 700), 1), "0.12.34": (at(12, 34), 0), "15:10:41": (at(10, 41, hours=15), 0),
    "\u00a012:34\u202f": (at(12, 34), 0), '="12:34"': (at(12, 34), 0), "'12:34": (at(12, 34), 0),
    "00:12:34.5000000": (at(12, 34, 500), 3), "00:12:34.5000001": (at(12, 34, 501), 3),
    "3:12:30": (at(12, 30, hours=3), 0), "1:15:00": (at(75), 0),
}  # fmt: skip
QUESTIONS = {  # text: (why, readings likeliest first)
    "12,34": (Doubt.COMMA, (at(12, 34), at(12, 20, 400))),
    "12,75": (Doubt.COMMA, (at(12, 45),)),
    "12,3": (Doubt.COMMA, (at(12, 30), at(12, 18))),
    "12": (Doubt.BARE, (at(12), at(0, 12))),
    "13.5": (Doubt.BARE, (at(13, 30), at(0, 13, 500))),
    "99.20.30": (Doubt.DOTS, (at(99, 20, 300), at(20, 30, hours=99))),
    "734700": (Doubt.THOUSANDTHS, (at(12, 14, 700), 734_700_000)),
    "73470": (Doubt.HUNDREDTHS, (at(12, 14, 700), 73_470_000)),
    "12:34:00": (Doubt.EXCEL, (at(12, 34), at(34, hours=12))),
    "0.00872685": (Doubt.EXCEL, (at(12, 34), at(0, 12, 567))),
    "0,52361": (Doubt.EXCEL, (at(12, 33, 999), at(33, 59, 904, hours=12))),
}
REFUSED = {  # text: guesses
    "99:99": (), "12:60": (at(13),), "12:3": (at(12, 30), at(12, 3)), "50:l4": (at(50, 14),), "5o:14": (at(50, 14),),
    "ca 12:34": (at(12, 34),), "12:34*": (at(12, 34),), "12:34 / 13:10": (), "Kari": (), "12:34:56:78": (),
    "12:75": (), "x" * 200: (), "1:2:3": (),
}  # fmt: skip
NOTHING = ("0:00", "00:00:00.000", "0", "-", "–", "—", "*", "", "   ", "--:--", "0,0", "00.00", "?", "+0:00", "n/a")
STATUSES = {
    Status.DNF: ("DNF", "Brøt", "Brutt", "Avbrutt", "Ikke fullført", "Utgått", "bröt", "Keskeytti", "D.N.F.",
                 "12:34 DNF", "DNF etter trappene", "Brøt (kramper)", "DidNotFinish"),
    Status.DNS: ("DNS", "Ikke startet", "Ikke møtt", "Ej start", "Ei lähtenyt", "did not start", "Ikke startet (syk)"),
    Status.DSQ: ("DSQ", "DQ", "Disk", "Disket", "Diskvalifisert", "DISK", "Hylätty", "Diskad"),
    Status.NC: ("NC", "Utenfor konkurranse", "OOC", "OT", "OTL", "MP", "Over maks tid", "MissingPunch"),
    Status.OK: ("TIME", "Fullført", "OK", "Finished"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TIMES.items())
def test_time_is_read_in_milliseconds_with_its_decimals(text, expected):
    reading = read_time(text)

    assert (reading.kind, reading.ms, reading.decimals) == (Kind.TIME, *expected)


@pytest.mark.parametrize(("text", "expected"), QUESTIONS.items())
def test_time_is_asked_about_when_it_may_be_two(text, expected):
    reading = read_time(text)

    assert (reading.kind, reading.doubt, reading.readings) == (Kind.QUESTION, *expected)


@pytest.mark.parametrize(("text", "guesses"), REFUSED.items())
def test_time_is_refused_with_a_guess_when_it_cannot_be(text, guesses):
    reading = read_time(text)

    assert (reading.kind, reading.ms, reading.readings) == (Kind.REFUSED, None, guesses)


@pytest.mark.parametrize("text", NOTHING)
def test_nought_and_dashes_are_no_time(text):
    assert read_time(text).kind is Kind.NOTHING


@pytest.mark.parametrize(("status", "text"), [(status, text) for status, texts in STATUSES.items() for text in texts])
def test_status_is_read_where_a_time_should_stand(status, text):
    reading = read_time(text)

    assert (reading.kind, reading.status, reading.ms) == (Kind.STATUS, status, None)
    assert not_finished(text) == (None if status is Status.OK else status)


@pytest.mark.parametrize("text", ["Kari Nordås", "12", "126.", "*", "", "Timea", "Finn"])
def test_no_status_is_seen_where_there_is_none(text):
    assert read_status(text) is None


def test_numbers_for_a_status_are_those_of_their_system():
    assert [numbered(text, CLASSIFIER) for text in ("0", "1", "2", "3", "4", "7", "")] == [
        Status.OK, Status.DNS, Status.DNF, Status.NC, Status.DSQ, None, None,
    ]  # fmt: skip
    assert [numbered(text, ULTRASIGNUP) for text in ("1", "2.0", "3")] == [Status.OK, Status.DNF, Status.DNS]


def test_three_dotted_parts_are_hours_when_the_window_is_for_a_long_race():
    long = Window(at(0, hours=2), at(0, hours=12))

    assert read_time("07.54.23", long).ms == at(54, 23, hours=7)
    assert read_time("07.54.23").ms == at(7, 54, 230)


@pytest.mark.parametrize("text", ["2026-09-25T15:10:41.82", "2026-09-25 15:10:41", "2026-09-25T15:10:41+02:00"])
def test_moment_is_a_time_of_day_and_no_duration(text):
    reading = read_time(text)

    assert (reading.kind, reading.ms // 1000) == (Kind.CLOCK, at(10, 41, hours=15) // 1000)


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("15:10:41", at(10, 41, hours=15)), ("15:10:41.82", at(10, 41, 820, hours=15)), ("15.10", at(10, hours=15)),
        ("800", at(0, hours=8)), ("0815", at(15, hours=8)), ("kl. 08:15", at(15, hours=8)),
        ("kl 0815", at(15, hours=8)),
        ("25.09.2026 15:10:41", at(10, 41, hours=15)),
    ],
)  # fmt: skip
def test_clock_is_read_under_its_heading(text, milliseconds):
    assert (read_clock(text).kind, read_clock(text).ms) == (Kind.CLOCK, milliseconds)


@pytest.mark.parametrize("text", ["", "-", "00:00:00", "0:00"])
def test_clock_that_says_nothing_is_nothing(text):
    assert read_clock(text).kind is Kind.NOTHING


@pytest.mark.parametrize("text", ["25:10", "15:61", "Kari", "x" * 99])
def test_clock_that_no_day_has_is_refused(text):
    assert read_clock(text).kind is Kind.REFUSED


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("+0:31", at(0, 31)), ("-0:17", -at(0, 17)), ("+4:32", at(4, 32)), ("0:31", at(0, 31)), ("+31", at(0, 31)),
        ("−0:17", -at(0, 17)), ("+1:08:43", at(68, 43)), ("+12,5", at(0, 12, 500)), ("0:00", 0), ("+0", 0),
    ],
)  # fmt: skip
def test_gap_is_read_and_never_a_result(text, milliseconds):
    assert (read_gap(text).kind, read_gap(text).ms) == (Kind.GAP, milliseconds)
    assert read_time(text).kind is not Kind.TIME or text == "0:31"


def test_gap_that_says_nothing_is_nothing():
    assert {read_gap(text).kind for text in ("", "-", "–", "*")} == {Kind.NOTHING}


def test_printed_time_is_read_back_in_every_language():
    chance = random.Random(908)
    for _ in range(2000):
        milliseconds = chance.randrange(at(1), at(0, hours=3))
        for language in ("nb", "sv", "en", "fi"):
            text = printed(milliseconds, language)
            if language == "fi" and milliseconds >= at(60) and milliseconds % 1000 == 0:
                continue  # "1.02.03" may be both, which is asked about
            assert (read_time(text).kind, read_time(text).ms) == (Kind.TIME, milliseconds), text


def test_any_text_has_a_reading():
    chance = random.Random(801)
    letters = "0123456789:.,-+ '\"msthDNFQSpk*?–−\u00a0\n\x00é٣㍘🏃/()[]=@T"
    for _ in range(20_000):
        text = "".join(chance.choices(letters, k=chance.randrange(12)))
        for reading in (read_time(text), read_gap(text), read_clock(text)):
            assert (reading.kind in (Kind.TIME, Kind.CLOCK, Kind.GAP)) is (reading.ms is not None), text
            assert bool(reading.doubt) is (reading.kind is Kind.QUESTION), text
        assert read_time(text).ms != 0 or read_time(text).kind is Kind.GAP, text
