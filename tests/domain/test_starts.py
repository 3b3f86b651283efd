"""Bibs, waves and start times of any field: one each, no two alike, what is kept is kept."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from events.domain.ranges import Ranges
from events.domain.starts import (
    NotNumbers,
    Order,
    Pace,
    Runner,
    TooFewBibs,
    fill_waves,
    fits_class,
    give_bibs,
    give_slots,
    in_order,
    next_slot,
    read_numbers,
    shifted,
)

FOUR = datetime(2027, 9, 24, 14, tzinfo=UTC)
TEN = timedelta(seconds=10)


@pytest.fixture(params=range(60))
def dice(request):
    """Another field in each of sixty runs."""
    return Random(request.param)


def a_field(dice, most=30):
    """Runners in any order; those who have a bib have one of their own."""
    size = dice.randint(0, most)
    bibs = dice.sample(range(1, 61), size)
    keys = dice.sample(range(size), size)
    return [
        Runner(
            key=key, name=dice.choice("abc"), bib=dice.choice([None, bibs[key]]), ambition_ms=a_time(dice),
            best_ms=a_time(dice), last_bib=dice.choice([None, dice.randint(1, 60)]),
            race_class=dice.choice([None, 0, 1, 2, 3]),
        )
        for key in keys
    ]  # fmt: skip


def a_time(dice):
    return dice.choice([None, dice.randint(400_000, 2_000_000)])


def some_numbers(dice):
    return Ranges.of(dice.sample(range(1, 41), dice.randint(0, 10)))


@pytest.mark.parametrize("order", Order)
def test_a_row_holds_everybody_once_and_does_not_depend_on_who_came_first(dice, order):
    field, seed = a_field(dice), dice.randint(0, 99)
    row = in_order(field, order, seed)
    assert sorted(each.key for each in row) == sorted(each.key for each in field)
    assert in_order(field[::-1], order, seed) == row


def test_the_fastest_known_start_last_when_seeded_and_those_without_a_best_go_first():
    field = [Runner(key="fast", best_ms=8), Runner(key="new", ambition_ms=9), Runner(key="slow", best_ms=12)]
    assert [each.key for each in in_order(field, Order.SEEDED)] == ["new", "slow", "fast"]


@pytest.mark.parametrize(
    ("order", "first"), [(Order.SLOWEST, ["none", "slow", "fast"]), (Order.FASTEST, ["fast", "slow", "none"])]
)
def test_whoever_hopes_for_nothing_counts_as_the_slowest(order, first):
    field = [Runner(key="fast", ambition_ms=8), Runner(key="none"), Runner(key="slow", ambition_ms=12)]
    assert [each.key for each in in_order(field, order)] == first


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("without", [True, False])
def test_everybody_has_one_bib_of_their_own_and_reserved_ones_stay_free(dice, keeps, without):
    field, free, taken = a_field(dice), some_numbers(dice), set(dice.sample(range(61, 80), 5))
    first = dice.randint(1, 70)
    row = in_order(field, Order.NAME)
    given_out = give_bibs(row, first=first, kept_free=free, keeps_last=keeps, only_without=without, taken=taken)
    assert given_out.keys() == {each.key for each in field}
    assert len(set(given_out.values())) == len(field)
    kept = {each.key for each in field if each.bib and without}
    assert all(given_out[each.key] == each.bib for each in field if each.key in kept)
    assert not any(bib in free or bib in taken for key, bib in given_out.items() if key not in kept)


def test_last_years_bibs_are_kept_however_often_they_are_given_out(dice):
    row = in_order(a_field(dice), Order.NAME)
    once = give_bibs(row, keeps_last=True, only_without=False)
    again = [Runner(key=each.key, name=each.name, bib=once[each.key], last_bib=each.last_bib) for each in row]
    assert give_bibs(again, keeps_last=True, only_without=False) == once
    first_to_have = {}
    for each in row:
        first_to_have.setdefault(each.last_bib, each.key)
    assert all(once[key] == bib for bib, key in first_to_have.items() if bib)


def test_bibs_run_out_when_there_are_too_few():
    with pytest.raises(TooFewBibs):
        give_bibs([Runner(key=1), Runner(key=2)], first=99_999)


def test_starts_follow_each_other_in_the_order_of_the_row(dice):
    seconds = dice.randint(1, 60)
    pace = Pace(first_at=FOUR, seconds=seconds, pause_after=dice.randint(0, 5), pause_seconds=dice.randint(0, 300))
    row = in_order(a_field(dice), Order.SLOWEST)
    at = give_slots(row, pace)
    moments = [at[each.key] for each in row]
    assert all(later - before >= timedelta(seconds=seconds) for before, later in pairwise(moments))
    assert not moments or moments[0] == FOUR


def test_there_is_a_pause_after_every_second_starter_when_asked():
    pace = Pace(first_at=FOUR, seconds=10, pause_after=2, pause_seconds=120)
    assert [(pace.at(number) - FOUR).seconds for number in range(5)] == [0, 10, 140, 150, 280]


def test_who_has_a_start_keeps_it_and_the_others_follow_the_last():
    row = [Runner(key="new"), Runner(key="old", at=FOUR + 3 * TEN)]
    given_out = give_slots(row, Pace(first_at=FOUR, seconds=10), only_without=True)
    assert given_out == {"old": FOUR + 3 * TEN, "new": FOUR + 4 * TEN}


@pytest.mark.parametrize(
    ("taken", "late", "seconds"),
    [([], -60, 0), ([0, 10], -60, 20), ([0, 10], 15, 20), ([0, 10], 20, 30), ([], 95, 100)],
)
def test_one_more_starts_behind_the_last_and_not_in_the_past(taken, late, seconds):
    moments = [FOUR + timedelta(seconds=each) for each in taken]
    found = next_slot(moments, first_at=FOUR, seconds=10, now=FOUR + timedelta(seconds=late))
    assert found == FOUR + timedelta(seconds=seconds)


def test_moving_one_keeps_all_moments_and_the_order_of_the_others(dice):
    size, place = dice.randint(1, 12), dice.randint(-3, 20)
    at = {key: FOUR + key * TEN for key in range(size)}
    who = dice.randrange(size)
    after = at | shifted(at, who, place)
    assert sorted(after.values()) == sorted(at.values())
    row = sorted(after, key=after.get)
    assert row.index(who) == min(max(place, 1), size) - 1
    assert [each for each in row if each != who] == [each for each in range(size) if each != who]


@pytest.mark.parametrize("by_class", [True, False])
def test_waves_take_no_more_than_they_hold_and_leave_nobody_out_while_there_is_room(dice, by_class):
    field = a_field(dice)
    most = dice.choice([[None] * 3, [dice.choice([None, dice.randint(0, 12)]) for _wave in range(dice.randint(1, 4))]])
    waves = list(enumerate(most))
    row = in_order(field, Order.SLOWEST)
    placed = fill_waves(row, waves, by_class=by_class)
    heads = [sum(wave == number for wave in placed.values()) for number in range(len(waves))]
    assert all(limit is None or count <= limit for count, limit in zip(heads, most, strict=True))
    room = len(field) if None in most else sum(most)
    assert len(placed) == min(len(field), room)
    if not by_class and None in most and set(most) == {None}:
        assert max(heads) - min(heads) <= 1
        waves_in_row = [placed[each.key] for each in row]
        assert waves_in_row == sorted(waves_in_row)


def test_a_class_starts_together_when_waves_are_filled_by_class():
    field = [Runner(key=key, race_class=key % 2) for key in range(6)]
    placed = fill_waves(field, [("first", None), ("second", None)], by_class=True)
    assert {placed[key] for key in (0, 2, 4)} == {"first"}
    assert {placed[key] for key in (1, 3, 5)} == {"second"}


def test_stretches_are_read_as_people_write_them():
    assert str(read_numbers("13; 100 – 120,7")) == "7,13,100-120"
    with pytest.raises(NotNumbers) as wrong:
        read_numbers("13, ti")
    assert wrong.value.word == "ti"


@pytest.mark.parametrize(
    ("gender", "age", "of_class", "fits"),
    [
        ("K", 40, ("K", 35, 44), True), ("M", 40, ("K", 35, 44), False), ("K", 45, ("K", 35, 44), False),
        ("", 40, ("K", None, None), False), ("K", None, ("", 35, None), False), ("", 80, ("", 60, None), True),
        ("", None, ("", None, None), True), ("M", 10, ("", None, 12), True),
    ],
)  # fmt: skip
def test_a_class_fits_only_by_what_is_known(gender, age, of_class, fits):
    assert fits_class(gender=gender, age=age, of_class=of_class) is fits
