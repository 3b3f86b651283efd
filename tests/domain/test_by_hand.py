"""What is typed means one thing, or is asked; what stands is what was said last and not taken back."""

import pytest

from events.domain.by_hand import Said, Standing, read_typed, said_by, standings
from events.domain.ranking import Status
from events.domain.timesheet_times import Kind
from events.domain.timing import Event
from events.domain.timing import Kind as What

M, S = 60_000, 1000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12:34", Said(None, 12 * M + 34 * S)),
        ("12.34", Said(None, 12 * M + 34 * S)),
        (" 12:34,5 ", Said(None, 12 * M + 34 * S + 500)),
        ("1:02:03", Said(None, 62 * M + 3 * S)),
        ("12m34s", Said(None, 12 * M + 34 * S)),
        ("dnf", Said(Status.DNF)),
        ("Brøt", Said(Status.DNF)),
        ("ikke startet", Said(Status.DNS)),
        ("disket", Said(Status.DSQ)),
        ("nc", Said(Status.NC)),
        ("", Said()),
        ("  ", Said()),
        ("-", Said()),
        ("–", Said()),
    ],
)
def test_what_is_plain_is_said(text, said):
    reading = read_typed(text)
    assert reading.kind in (Kind.TIME, Kind.STATUS, Kind.NOTHING)
    assert said_by(reading) == said


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1234", (12 * M + 34 * S, 1234 * S)),
        ("754", (7 * M + 54 * S, 754 * S)),
        ("0754", (7 * M + 54 * S, 754 * S)),
        ("799", (799 * S,)),
        ("10203", (62 * M + 3 * S,)),
        ("12,34", (12 * M + 34 * S, 12 * M + 20_400)),
        ("12", (12 * M, 12 * S)),
        ("12:3", (12 * M + 30 * S, 12 * M + 3 * S)),
    ],
)
def test_what_may_mean_two_things_is_asked_with_the_likeliest_first(text, readings):
    reading = read_typed(text)
    assert (reading.kind, reading.readings) == (Kind.QUESTION, readings)


@pytest.mark.parametrize("text", ["99:99", "abc", "0:00", "+0:31", "fullført", "15:10:41 kl", "1" * 41, "999999"])
def test_what_is_no_time_is_refused_and_never_nothing(text):
    assert read_typed(text).kind in (Kind.REFUSED, Kind.QUESTION)
    assert not said_by(read_typed(text))


def event(number, kind, **fields):
    return Event(id=str(number), kind=kind, recorded_ms=number, **{"entry": "kari", **fields})


def test_the_last_word_stands_and_is_known_by_its_event():
    events = [event(1, What.TYPED, time_ms=M), event(2, What.STATUS, status=Status.DNF)]
    assert standings(events) == {"kari": Standing(Said(Status.DNF), "2")}
    events += [event(3, What.STATUS, status=Status.OK), event(4, What.TYPED, time_ms=2 * M)]
    assert standings(reversed(events)) == {"kari": Standing(Said(None, 2 * M), "4")}
    events.append(event(5, What.VOID, entry=None, ref="4"))
    assert standings(events) == {"kari": Standing(Said(None, M), "5")}
    events.append(event(6, What.TYPED, time_ms=None))
    assert standings(events) == {"kari": Standing(Said(), "6")}
    assert standings([]) == {}
