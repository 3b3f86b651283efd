"""The chart of somebody's years: quicker is higher, and no time is struck out by the line."""

import pytest

from events.domain.year_chart import BOTTOM, LEFT, MOST_LABELS, RIGHT, TOP, chart

M = 60_000


def drawn(*minutes):
    return chart([(2020 + number, round(each * M), False) for number, each in enumerate(minutes)])


def test_there_is_no_chart_of_less_than_two_years():
    assert chart([]) is None
    assert drawn(12) is None


def test_the_quickest_stands_on_top_and_years_lie_as_far_apart_as_they_are():
    made = chart([(2026, 12 * M, False), (2020, 14 * M, True), (2023, 13 * M, False)])
    assert [(point.year, point.x, point.y) for point in made.points] == [
        (2020, LEFT, BOTTOM), (2023, (LEFT + RIGHT) // 2, (TOP + BOTTOM) // 2), (2026, RIGHT, TOP),
    ]  # fmt: skip
    assert [point.is_best for point in made.points] == [False, False, True]
    assert made.has_told
    assert made.path.split()[0] == f"{LEFT},{BOTTOM}"


@pytest.mark.parametrize(
    ("minutes", "below"),
    [
        ((14, 15, 13), [False, True, False]),  # a valley
        ((15, 15, 13), [False, True, False]),  # flat, and up from there
        ((13, 15, 15), [False, True, False]),
        ((13, 14), [False, True]),
        ((13, 13), [False, False]),
        ((15, 14, 13), [True, False, False]),
    ],
)
def test_a_time_stands_below_its_point_where_the_line_only_goes_up_from_it(minutes, below):
    assert [point.label_y > point.y for point in drawn(*minutes).points] == below


def test_only_the_first_the_best_and_the_last_are_labelled_of_many():
    made = drawn(*[15] * MOST_LABELS, 12, 14)
    assert [point.year for point in made.points if point.label_y is not None] == [2020, 2020 + MOST_LABELS, 2027]
