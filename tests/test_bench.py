"""When a figure of `make bench` holds."""

import pytest

from tests.bench.table import Row


@pytest.mark.parametrize(
    "figure, noise, is_floor, holds",
    [
        (1.3, 0, False, True),
        (1.31, 0, False, False),
        (1.35, 0.05, False, True),
        (1.40, 0.05, False, False),
        (1.60, 0.9, False, False),  # a noisy machine proves nothing
        (1.3, 0, True, True),
        (1.2, 0.05, True, False),
        (1.25, 0.05, True, True),
        (0.1, 0.9, True, False),
    ],
)
def test_a_figure_holds_within_the_noise_and_no_further(figure, noise, is_floor, holds):
    assert Row(what="a page", figure=figure, budget=1.3, noise=noise, is_floor=is_floor).holds is holds
