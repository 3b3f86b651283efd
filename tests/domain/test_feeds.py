"""What stands in a guest's private calendar, and when it is still the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from events.domain import feeds
from events.domain.calendars import calendar_feed
from tests.domain.test_calendars import DINNER, varied

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
WEEKS = timedelta(days=28)
RACE = replace(
    DINNER, uid="race", summary="Løpet", starts_at=DINNER.starts_at - timedelta(hours=3), ends_at=DINNER.starts_at
)


def shown(*kept, now=NOW):
    return feeds.entries(kept, cancelled_for=WEEKS, now=now)


def coming(entry=DINNER, **changes):
    return feeds.Kept(entry=replace(entry, **changes), is_coming=True)


def test_what_the_guest_comes_to_stands_in_order_of_time_and_rings_nowhere():
    dinner, race = replace(DINNER, alarm_minutes=None), replace(RACE, alarm_minutes=None)
    assert shown(coming(DINNER), coming(RACE)) == [race, dinner]


def test_it_stays_after_the_day_so_that_nobody_loses_a_memory():
    assert len(shown(coming(), now=NOW + timedelta(days=300))) == 1


@pytest.mark.parametrize(("days", "count"), [(0, 1), (27, 1), (28, 0), (90, 0)])
def test_what_is_called_off_stands_as_cancelled_for_some_weeks(days, count):
    called_off = coming(RACE, is_cancelled=True, stamped_at=NOW)
    found = shown(called_off, coming(DINNER), now=NOW + timedelta(days=days))
    assert [entry.is_cancelled for entry in found] == [True] * count + [False]


@pytest.mark.parametrize(("days", "count"), [(0, 1), (27, 1), (28, 0)])
def test_what_the_guest_no_longer_comes_to_stands_as_cancelled_for_some_weeks(days, count):
    left = feeds.Kept(entry=RACE, is_coming=False, left_at=NOW)
    found = shown(left, coming(DINNER), now=NOW + timedelta(days=days))
    assert [entry.is_cancelled for entry in found] == [True] * count + [False]


def test_what_was_cancelled_stays_where_nothing_else_is_left():
    left = feeds.Kept(entry=RACE, is_coming=False, left_at=NOW)
    called_off = coming(DINNER, is_cancelled=True, stamped_at=NOW)
    found = shown(left, called_off, now=NOW + timedelta(days=300))
    assert [(entry.summary, entry.is_cancelled) for entry in found] == [("Løpet", True), ("Middag på Bryggen", True)]


def test_what_the_guest_never_came_to_stands_nowhere():
    assert shown(feeds.Kept(entry=DINNER, is_coming=False)) == []


def test_the_same_calendar_has_the_same_mark_and_any_change_another():
    entries = shown(coming(DINNER), coming(RACE))
    mark = feeds.fingerprint("Stoltzen", entries)
    assert mark == feeds.fingerprint("Stoltzen", shown(coming(RACE), coming(DINNER)))
    others = [
        feeds.fingerprint("Stoltzen 2026", entries),
        feeds.fingerprint("Stoltzen", entries[:1]),
        *(
            feeds.fingerprint("Stoltzen", [replace(entries[0], **change), *entries[1:]])
            for change in (
                {"sequence": 9}, {"stamped_at": NOW}, {"summary": "X"}, {"location": "X"}, {"is_cancelled": True},
                {"description": "X"}, {"language": "fi"}, {"ends_at": DINNER.ends_at}, {"uid": "x"},
            )
        ),
    ]  # fmt: skip
    assert len({mark, *others}) == len(others) + 1


@pytest.mark.parametrize("name", ["Stoltzen", "Løp; hvil, spis", "To\nlinjer \\ n", "🏔️ Stoltzen i år " * 9])
def test_a_feed_holds_each_entry_as_its_file_does(name):
    """Same UID, times, texts; an own name; readable whatever the texts."""
    entries = [replace(entry, uid=name, sequence=number) for number, (name, entry) in enumerate(varied())]
    read = Calendar.from_ical(calendar_feed(name, entries, refresh=feeds.REFRESH))
    assert [(str(each["UID"]), int(each["SEQUENCE"]), each.start, each.end) for each in read.walk("VEVENT")] == [
        (entry.uid, entry.sequence, entry.starts_at.astimezone(UTC), entry.ends_at.astimezone(UTC)) for entry in entries
    ]
    assert "METHOD" not in read
    assert read["X-PUBLISHED-TTL"].to_ical() == read["REFRESH-INTERVAL"].to_ical() == b"PT4H"


def test_its_name_stands_on_one_line_with_its_signs_escaped():
    content = calendar_feed("Løp; hvil,\nspis \\n", [DINNER], refresh=feeds.REFRESH).decode()
    lines = content.split("\r\n")
    assert [line for line in lines if "NAME" in line] == [
        "NAME:Løp\\; hvil\\, spis \\\\n", "X-WR-CALNAME:Løp\\; hvil\\, spis \\\\n",
    ]  # fmt: skip
    assert max(map(lines.index, ("NAME:Løp\\; hvil\\, spis \\\\n", "CALSCALE:GREGORIAN"))) < lines.index("BEGIN:VEVENT")
