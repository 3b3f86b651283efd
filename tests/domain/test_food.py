"""What a kitchen counts, and what it must hear again."""

import pytest

from events.domain.food import (
    Changes,
    Plate,
    changes,
    combinations,
    counts,
    emptied,
    fingerprint,
    from_store,
    to_store,
)

VEGAN, NUTS, BOTH = Plate(("vegan",)), Plate(("nuts",)), Plate(("vegan", "nuts"))
WORDS, NOTHING = Plate((), "no onions"), Plate()


def test_heads_count_at_each_need_and_once_in_their_combination():
    plates = [VEGAN, BOTH, BOTH, WORDS, NOTHING, NOTHING]
    assert counts(plates) == {"vegan": 3, "nuts": 2, "other": 1}
    assert list(counts(plates)) == ["vegan", "nuts", "other"]
    assert combinations(plates) == [(("vegan", "nuts"), 2), (("other",), 1), (("vegan",), 1)]


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ({1: VEGAN, 2: NOTHING}, {1: VEGAN, 2: NOTHING}, Changes()),
        ({1: NOTHING}, {1: VEGAN}, Changes(new=(1,))),
        ({}, {1: VEGAN}, Changes(new=(1,), more_portions=1)),
        ({}, {1: NOTHING}, Changes(more_portions=1)),
        ({1: VEGAN}, {1: BOTH}, Changes(changed=(1,))),
        ({1: None}, {1: VEGAN}, Changes(changed=(1,))),
        ({1: VEGAN}, {1: NOTHING}, Changes(gone=(1,))),
        ({1: None}, {1: NOTHING}, Changes(gone=(1,))),
        ({1: WORDS, 2: NOTHING}, {}, Changes(gone=(1,), more_portions=-2)),
        ({1: VEGAN, 2: NUTS}, {1: VEGAN, 3: NUTS}, Changes(new=(3,), gone=(2,))),
    ],
)
def test_the_kitchen_hears_what_is_new_what_is_other_and_what_is_gone(then, now, expected):
    assert changes(then, now) == expected
    assert changes(then, now).is_none == (expected == Changes())


def test_plates_come_back_from_the_store_as_they_were():
    plates = {17: BOTH, 4: WORDS, 5: NOTHING}
    assert from_store(to_store(plates)) == plates
    assert from_store({"3": None}) == {3: None}


def test_emptied_plates_tell_only_that_there_was_something():
    stored = to_store({1: VEGAN, 2: WORDS, 3: NOTHING, 4: NUTS})
    assert emptied(stored, [1, 2, 3]) == {"1": None, "2": None, "3": [[], ""], "4": [["nuts"], ""]}
    assert emptied(emptied(stored, [1]), [1])["1"] is None


def test_a_fingerprint_tells_lists_apart_whatever_their_order():
    assert fingerprint({1: VEGAN, 2: NUTS}) == fingerprint({2: NUTS, 1: VEGAN})
    others = [{1: VEGAN}, {1: NUTS, 2: VEGAN}, {1: VEGAN, 2: Plate(("nuts",), "x")}, {}]
    assert fingerprint({1: VEGAN, 2: NUTS}) not in map(fingerprint, others)
