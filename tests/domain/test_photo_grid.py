"""Where photos stand in the rows of a phone."""

from random import Random

from events.domain.photo_grid import CLOSER, GAP, HIGHEST, RATIOS, ROW, on_phone


def rows_of(shapes):
    """[(shape, width)] a row, broken as the stylesheet breaks them."""
    rows, filled = [], 0
    for shape, place in zip(shapes, on_phone(shapes), strict=True):
        asked = shape * ROW * place.closer / 10_000
        if not rows or filled + GAP + asked > 100:
            rows.append([])
            filled = -GAP
        rows[-1].append((shape, place.width))
        filled += GAP + asked
    return rows


def test_one_left_over_stands_with_the_two_before_it():
    assert [[width for _shape, width in row] for row in rows_of([150] * 7)] == [[50, 50], [50, 50], [33, 33, 33]]


def test_two_rows_are_left_as_they_are_when_both_are_full():
    assert {place.closer for place in on_phone([150] * 4)} == {100}


def test_one_alone_fills_the_row_unless_it_would_be_too_high():
    assert [on_phone([shape])[0].width for shape in (150, 100, 67)] == [100, 75, 50]


def test_none_stand_nowhere():
    assert on_phone([]) == []


def test_each_row_is_filled_or_as_high_as_it_may_be_and_told_by_its_own_width():
    dice = Random(20270924)
    for _album in range(500):
        shapes = dice.choices(RATIOS, k=dice.randrange(1, 40))
        for row in rows_of(shapes):
            gaps = GAP * (len(row) - 1)
            highest = sum(shape for shape, _width in row) * HIGHEST / 100
            filled = sum(width for _shape, width in row)
            assert abs(filled - min(100 - gaps, highest)) <= len(row) / 2 + 0.1, (shapes, row)
        assert {place.closer for place in on_phone(shapes)} <= {100, *CLOSER}
