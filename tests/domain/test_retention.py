"""What is forgotten from which day."""

from datetime import date, timedelta

import pytest

from events.domain.retention import Terms, days, invitable_until, last_day

HELD_ON = date(2027, 9, 24)
TERMS = Terms(food_days=7, silent_days=92, guests_days=365)
NO_OWN = {"food_days": None, "silent_days": None, "guests_days": None}


def test_each_goes_on_its_day():
    found = days(HELD_ON, TERMS)
    assert (found.food_on, found.silent_on, found.guests_on) == (
        date(2027, 10, 1),
        date(2027, 12, 25),
        date(2028, 9, 23),
    )
    assert found.forgotten_on(has_answered=True) == found.guests_on
    assert found.forgotten_on(has_answered=False) == found.silent_on


def test_an_event_may_shorten():
    own = TERMS.shortened(food_days=1, silent_days=0, guests_days=30)
    assert own == Terms(food_days=1, silent_days=0, guests_days=30)


def test_an_event_may_not_lengthen():
    assert TERMS.shortened(food_days=8, silent_days=93, guests_days=4000) == TERMS


def test_an_event_without_own_terms_has_those_of_the_site():
    assert TERMS.shortened(**NO_OWN) == TERMS


def test_nothing_outlives_the_guests():
    found = days(HELD_ON, Terms(food_days=7, silent_days=92, guests_days=3))
    assert found.food_on == found.silent_on == found.guests_on == HELD_ON + timedelta(days=3)


@pytest.mark.parametrize(
    ("ends_on", "last_on"),
    [((), HELD_ON), ((date(2027, 9, 23),), HELD_ON), ((HELD_ON, date(2027, 9, 26)), date(2027, 9, 26))],
)
def test_the_terms_count_from_the_last_day(ends_on, last_on):
    assert last_day(HELD_ON, ends_on) == last_on


def test_who_wants_to_be_invited_stays_one_term_longer():
    assert invitable_until(date(2028, 9, 23), TERMS) == date(2029, 9, 23)
