"""Numbers as stretches: what is written is read again, and nothing a stranger writes costs much."""

import random

import pytest

from events.domain.ranges import Ranges


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([7], "7"), ([3, 1, 2], "1-3"), ([1, 3, 4, 9], "1,3-4,9"), ([5, 5, 6], "5-6")],
)
def test_numbers_are_written_as_stretches(numbers, text):
    assert str(Ranges.of(numbers)) == text
    assert len(Ranges.of(numbers)) == len(set(numbers))


def test_the_same_numbers_are_read_again_whatever_they_were():
    dice = random.Random(4)
    for _time in range(50):
        numbers = set(dice.sample(range(1, 300), dice.randint(0, 120)))
        read = Ranges(str(Ranges.of(numbers)))
        assert {number for number in range(310) if number in read} == numbers
        assert (len(read), bool(read)) == (len(numbers), bool(numbers))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x,2", "2"),
        ("9-3,4", "4"),
        ("-5", ""),
        ("1-", "1"),
        ("٣", ""),
        ("9" * 40, ""),
        (" 1 , 2-3 ", "1-3"),
        ("4-9,1-5", "1-9"),
    ],
)
def test_only_what_is_a_number_is_read(text, kept):
    assert str(Ranges(text)) == kept


def test_an_endless_stretch_costs_nothing():
    all_of_them = Ranges("1-999999999999999999")
    assert 10**15 in all_of_them
    assert len(all_of_them) == 999999999999999999
