"""Who sees what of a result: every wish, age and outcome together, and that nothing hidden shines through."""

import itertools
import random
from dataclasses import asdict, replace

import pytest

from events.domain.ranking import Status
from events.domain.shown_results import LISTED, Order, Outcome, shown

AGREES, HIDES, PLACE, AGES, PLACES = (False, True), (False, True), (None, False, True), (None, 12, 13), (False, True)
EVERY_WISH = list(itertools.product(AGREES, HIDES, PLACE, AGES, PLACES))
SECRETS = ("name", "company", "race_class")


def outcome(key, **fields):
    defaults = {
        "name": f"Navn {key}", "sort_key": f"{key:04}", "bib": key, "company": f"Firma {key}", "race_class": "Trim",
        "status": Status.OK, "time_ms": 700_000 + key * 1000, "place": key, "place_of": 9, "class_place": 2,
        "class_place_of": 3, "agrees_to_name": True,
    }  # fmt: skip
    given = {**defaults, **fields}
    if given["status"] is not Status.OK:
        given |= dict.fromkeys(("time_ms", "place", "place_of", "class_place", "class_place_of"))
    return Outcome(key=key, **given)


@pytest.mark.parametrize(("agrees", "hides", "place", "age", "places"), EVERY_WISH)
@pytest.mark.parametrize("status", [*Status, None])
def test_each_wish_is_kept_when_others_look(agrees, hides, place, age, places, status):
    one = outcome(7, agrees_to_name=agrees, hides_time=hides, shows_place=place, age=age, status=status)
    rows = shown([one], Order.TIME, places=places)
    is_child = age == 12
    if status in (None, Status.DNS, Status.UNCLEAR) or (status is not Status.OK and (hides or is_child)):
        assert rows == []
        return
    (row,) = rows
    named, timed = agrees and not is_child, status is Status.OK and not hides and not is_child
    ranked = timed and (places if place is None else place)
    assert (row.bib, row.status) == (7, status)
    assert (row.name, row.company, row.race_class) == (("Navn 7", "Firma 7", "Trim") if named else ("", "", ""))
    assert (row.time_ms, row.gap_ms) == ((707_000, 0) if timed else (None, None))
    assert (row.place, row.place_of) == ((7, 9) if ranked else (None, None))
    assert (row.class_place, row.class_place_of) == ((2, 3) if ranked and named else (None, None))


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("seed", range(20))
def test_nothing_hidden_shines_through_whatever_the_order(order, seed):
    """The list is the same, place for place, when what is hidden were different."""
    chance = random.Random(seed)
    field = [
        outcome(
            number, agrees_to_name=chance.random() < 0.5, hides_time=chance.random() < 0.3,
            age=chance.choice((None, 12, 40)), status=chance.choice((Status.OK, Status.OK, *Status)),
        )
        for number in range(1, 30)
    ]  # fmt: skip
    before = shown(field, order)
    other = []
    for one in field:
        row = next((row for row in before if row.key == one.key), None)
        if row is not None and not row.name:
            one = replace(one, name="X", sort_key=f"{chance.random():.9f}", company="Y", race_class="Z")
        if row is not None and row.time_ms is None and one.time_ms:
            one = replace(one, time_ms=chance.randrange(1, 10**7), place=chance.randrange(1, 30))
        other.append(one)
    chance.shuffle(other)
    assert shown(other, order) == before


@pytest.mark.parametrize("order", Order)
def test_those_who_did_not_finish_stand_below_in_the_order_of_the_sport(order):
    field = [outcome(number, status=status) for number, status in enumerate(Status, start=1)]
    assert [row.status for row in shown(field, order)] == list(LISTED)
    assert all(row.place is None and row.gap_ms is None for row in shown(field, order)[1:])


def test_who_hides_the_time_stands_behind_the_times_when_they_are_in_order():
    field = [outcome(1, hides_time=True), outcome(2), outcome(3)]
    rows = shown(field, Order.TIME)
    in_order = [(2, 702_000, 0), (3, 703_000, 1000), (1, None, None)]
    assert [(row.key, row.time_ms, row.gap_ms) for row in rows] == in_order


@pytest.mark.parametrize(("order", "keys"), [(Order.NAME, [3, 2, 1]), (Order.COMPANY, [2, 3, 1])])
def test_the_list_goes_by_name_or_company_when_the_race_says_so(order, keys):
    field = [
        outcome(1, agrees_to_name=False),
        outcome(2, sort_key="b", company="Alfa"),
        outcome(3, sort_key="a", company="Beta"),
    ]
    assert [row.key for row in shown(field, order)] == keys


def test_a_class_of_two_has_no_places_when_others_look():
    (row,) = shown([outcome(1, class_place=1, class_place_of=2)], Order.TIME)
    assert (row.class_place, row.class_place_of) == (None, None)


def test_those_on_the_way_are_there_when_they_are_asked_for_and_their_names_are_kept_alike():
    field = [outcome(1), outcome(2, status=None), outcome(3, status=None, agrees_to_name=False)]
    rows = shown(field, Order.TIME, with_those_on_the_way=True)
    assert [(row.key, row.name, row.status) for row in rows] == [
        (1, "Navn 1", Status.OK), (2, "Navn 2", None), (3, "", None),
    ]  # fmt: skip
    assert [asdict(row)[name] for row in rows[2:] for name in SECRETS] == ["", "", ""]
