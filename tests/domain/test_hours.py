"""The hours at which people like a letter."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from events.domain import hours

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    ("text", "is_civil", "morning"),
    [
        ("2027-08-10T07:59", False, "2027-08-10T09:00"),
        ("2027-08-10T08:00", True, "2027-08-10T09:00"),
        ("2027-08-10T09:00", True, "2027-08-11T09:00"),
        ("2027-08-10T18:00", False, "2027-08-11T09:00"),
        ("2027-08-13T22:40", False, "2027-08-16T09:00"),  # Friday evening
        ("2027-08-15T12:00", False, "2027-08-16T09:00"),  # Sunday
        ("2027-10-30T12:00", False, "2027-11-01T09:00"),  # over the change of the clocks
    ],
)
def test_an_hour_is_civil_on_weekdays_between_eight_and_six(text, is_civil, morning):
    moment = datetime.fromisoformat(text).replace(tzinfo=OSLO)
    assert hours.is_civil(moment) is is_civil
    assert hours.next_morning(moment) == datetime.fromisoformat(morning).replace(tzinfo=OSLO)
