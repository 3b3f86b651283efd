"""Places, ties, bests and contests; what readers see adds up."""

import random
from fractions import Fraction

import pytest

from events.domain.ranking import (
    Best,
    Precision,
    Run,
    Standing,
    Status,
    TimeWithoutFinish,
    best_of,
    closed_up,
    companies,
    from_ambition_ms,
    gap_ms,
    ideal_time,
    in_order,
    most_improved,
    nearest_to_ambition,
    rounded_up,
    standings,
)

WHOLE, TENTH = Precision.SECOND, Precision.TENTH


def ran(key, time_ms, **fields):
    return Run(key=key, name=str(key), status=Status.OK, time_ms=time_ms, **fields)


def not_in(key, status):
    return Run(key=key, name=key, status=status)


def places(runs, precision=WHOLE, **scope):
    return {key: each.place for key, each in standings(runs, precision, **scope).items()}


@pytest.mark.parametrize(
    "time, precision, shown",
    [
        (754_000, WHOLE, 754_000),
        (754_001, WHOLE, 755_000),
        (754_410, TENTH, 754_500),
        (754_411, Precision.HUNDREDTH, 754_420),
    ],
)
def test_any_fraction_counts_as_the_next_longer_when_a_time_is_shown(time, precision, shown):
    assert rounded_up(time, precision) == shown


def test_two_share_a_place_and_the_next_is_left_out_when_they_are_shown_alike():
    runs = [ran("a", 700_000), ran("b", 710_200), ran("c", 710_900), ran("d", 712_000)]
    assert places(runs) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert places(runs, TENTH) == {"a": 1, "b": 2, "c": 3, "d": 4}


def test_nobody_without_a_finish_has_a_place_or_comes_before_who_has():
    runs = [not_in("dns", Status.DNS), not_in("dsq", Status.DSQ), ran("b", 900_000), not_in("nc", Status.NC)]
    runs += [not_in("unclear", Status.UNCLEAR), not_in("dnf", Status.DNF), ran("a", 800_000)]
    assert places(runs) == {"a": 1, "b": 2}
    assert [run.key for run in in_order(runs, WHOLE, str)] == ["a", "b", "nc", "dnf", "dsq", "dns", "unclear"]


@pytest.mark.parametrize("status, time", [(Status.DNF, 700_000), (Status.OK, None), (Status.OK, 0), (Status.DNS, 1)])
def test_a_time_belongs_to_a_finish_and_nought_is_none(status, time):
    with pytest.raises(TimeWithoutFinish):
        Run(key="a", name="a", status=status, time_ms=time)


def test_the_youngest_have_finished_without_a_place():
    runs = [ran("child", 600_000, age=12), ran("a", 700_000, age=13)]
    assert standings(runs, WHOLE) == {"a": Standing(1, 1)}
    assert [run.key for run in in_order(runs, WHOLE, str)] == ["child", "a"]


def test_places_are_within_the_scope_and_a_class_of_two_shows_none():
    classes = zip("abcdef", "KMKMKX", strict=True)
    runs = [ran(name, 700_000 + at * 1000, race_class=name_of) for at, (name, name_of) in enumerate(classes)]
    assert places(runs, scope=lambda run: run.race_class, fewest=3) == {"a": 1, "c": 2, "e": 3}
    assert places(runs, scope=lambda run: run.gender) == {}


def test_equal_times_stand_by_name_and_by_nothing_hidden():
    runs = [ran("Åse", 700_900), ran("Zoe", 700_800), ran("Ane", 700_999)]
    order = "AZÅ"
    names = [run.key for run in in_order(runs, WHOLE, lambda name: order.index(name[0]))]
    assert names == ["Ane", "Zoe", "Åse"]


def test_gaps_add_up_for_the_reader():
    """A timing system printed 1:08:43 behind 3:11:24 at 4:20:06."""
    assert gap_ms(ran("a", 15_605_100), 11_483_900, WHOLE) == 15_606_000 - 11_484_000


@pytest.mark.parametrize(
    "now, earlier, state, difference",
    [
        (754_000, (), Best.DEBUT, None),
        (754_000, (0,), Best.DEBUT, None),
        (754_000, (778_000, 800_000), Best.PERS, -24_000),
        (753_100, (753_900,), Best.EQUAL, 0),
        (760_000, (754_000, 800_000), Best.NOT_THIS_TIME, 6_000),
    ],
)
def test_a_best_is_strictly_faster_than_all_before_as_shown(now, earlier, state, difference):
    assert best_of(ran("a", now, earlier_ms=earlier), WHOLE) == (state, difference)


def test_who_did_not_finish_has_no_best_and_no_difference():
    run = Run(key="a", name="a", status=Status.DNF, ambition_ms=700_000, earlier_ms=(700_000,))
    assert (best_of(run, WHOLE), from_ambition_ms(run, WHOLE)) == ((Best.NOT_FINISHED, None), None)


def test_over_and_under_the_ambition_count_alike_and_share_the_prize():
    runs = [ran("a", 714_000, ambition_ms=720_000), ran("b", 846_000, ambition_ms=840_000), ran("c", 600_000)]
    assert [(run.key, value) for run, value in nearest_to_ambition(runs, WHOLE)] == [("a", -6_000), ("b", 6_000)]
    assert nearest_to_ambition([ran("c", 600_000)], WHOLE) == []


def test_the_largest_share_of_the_time_before_improves_most():
    runs = [ran("fast", 540_000, earlier_ms=(600_000,)), ran("slow", 1_620_000, earlier_ms=(1_800_000,))]
    runs += [ran("less", 590_000, earlier_ms=(600_000,)), ran("worse", 700_000, earlier_ms=(600_000,))]
    assert most_improved(runs, WHOLE) == [(runs[1], Fraction(1, 10))]  # the same tenth, of more seconds
    assert most_improved(runs[3:], WHOLE) == []


def test_a_company_needs_enough_finishers_and_its_best_count():
    runs = [ran(f"x{n}", 700_000 + n * 1000, company="X") for n in range(4)]
    runs += [ran(f"y{n}", 701_000, company="Y") for n in range(3)] + [ran("z", 500_000, company="Z")]
    assert companies(runs, WHOLE) == [(1, "X", 701_000), (1, "Y", 701_000)]


def test_who_is_nearest_to_the_mean_of_all_has_the_ideal_time():
    mean, nearest = ideal_time([ran("a", 600_000), ran("b", 700_000), ran("c", 790_000)], WHOLE)
    assert (round(mean), [run.key for run, _difference in nearest]) == (696_667, ["b"])
    assert ideal_time([not_in("a", Status.DNS)], WHOLE) == (None, [])


@pytest.mark.parametrize("seed", range(30))
def test_places_obey_what_places_are(seed):
    """Whatever the order of the rows: a better time is a better place, and a place counts those before it."""
    dice = random.Random(seed)
    runs = [
        ran(n, dice.randint(1, 40) * 250 + 600_000, age=dice.choice([None, 11, 40])) for n in range(dice.randint(1, 60))
    ]
    precision = dice.choice(list(Precision))
    found = standings(runs, precision)
    shuffled = dice.sample(runs, len(runs))
    assert standings(shuffled, precision) == found
    ranked = {run.key: rounded_up(run.time_ms, precision) for run in runs if run.key in found}
    assert {run.key for run in runs if run.age != 11} == set(found)
    for key, time in ranked.items():
        assert found[key] == Standing(1 + sum(other < time for other in ranked.values()), len(ranked))


def test_who_hides_the_time_is_not_ranked_and_leaves_no_hole():
    runs = [ran("a", 700_000), ran("b", 710_000, hides_time=True), ran("c", 712_000)]
    assert standings(runs, WHOLE) == {"a": Standing(1, 2), "c": Standing(2, 2)}


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [
        ({"a": 1, "b": 2, "c": 2, "d": 4}, {"a": 1, "c": 2, "d": 3}),  # its own list: the places close up
        ({"a": 1, "b": 2, "c": 3, "d": 812}, {"a": 1, "c": 3, "d": 812}),  # strangers stand in between, and read it
        ({"a": 1, "c": 2}, {"a": 1, "c": 2}),
    ],
)
def test_the_sources_places_close_up_when_nobody_else_was_ranked(theirs, shown):
    assert closed_up(theirs, {"b"}) == shown
