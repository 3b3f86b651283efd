"""The count of a go of photos: whatever comes however often and in whatever order, it equals what was chosen."""

import random

import pytest

from events.domain.photo_ledger import ADDED, DUPLICATE, REFUSED, ZIP, Line, ident_of, lines_of, noted, settled, tally


def line(ident, outcome, **facts):
    return Line(
        ident=ident, name=f"{ident}.jpg", outcome=outcome, code="gif" if outcome == REFUSED else "", facts=facts
    )


def after(*lines, chosen=0):
    ledger = []
    for each in lines:
        ledger = noted(ledger, settled(ledger, [each]))
    return tally(ledger, chosen)


@pytest.mark.parametrize("chosen", [0, 3, 9])
def test_parts_sum_up_to_what_was_chosen(chosen):
    count = after(line("1", ADDED, photo=1), line("2", DUPLICATE), line("3", REFUSED), chosen=chosen)
    assert (count.added, count.duplicates, count.refused) == (1, 1, 1)
    assert count.chosen == max(3, chosen) == 3 + count.missing


def test_a_file_that_comes_again_counts_once():
    first, again = line("1", ADDED, photo=1), line("1", DUPLICATE, photo=1)
    count = after(first, again, again)
    assert (count.chosen, count.added, count.duplicates) == (1, 1, 0)


def test_of_two_files_with_the_same_photo_one_adds_it_whichever_is_noted_first():
    for lines in ([line("1", ADDED, photo=7), line("2", DUPLICATE, photo=7)],
                  [line("2", DUPLICATE, photo=7), line("1", ADDED, photo=7)]):  # fmt: skip
        count = after(*lines, *lines)
        assert (count.added, count.duplicates) == (1, 1)


def test_what_was_refused_is_added_when_it_is_sent_again_and_taken():
    count = after(line("1", REFUSED), line("1", ADDED, photo=1))
    assert (count.chosen, count.added, count.refused) == (1, 1, 0)


def test_a_zip_counts_by_what_is_in_it():
    count = after(line("z/0", ADDED, photo=1), line("z/1", REFUSED), line("z", ZIP), chosen=1)
    assert (count.chosen, count.added, count.refused, count.missing) == (2, 1, 1, 0)


def test_any_order_and_any_repetition_give_the_same_count():
    chance = random.Random(7)
    lines = [line(str(n), chance.choice([DUPLICATE, REFUSED])) for n in range(20)]
    lines += [line(f"a{n}", ADDED, photo=n) for n in range(20)] + [line(f"b{n}", DUPLICATE, photo=n) for n in range(5)]
    counts = {after(*chance.sample(lines, len(lines)), *chance.choices(lines, k=30)) for _try in range(50)}
    assert len(counts) == 1
    (count,) = counts
    assert (count.chosen, count.added, count.missing) == (45, 20, 0)


def test_lines_come_back_as_they_came():
    ledger = noted([], [line("b", ADDED, photo=1), line("a", REFUSED)])
    assert [each.ident for each in lines_of(noted(ledger, [line("b", ADDED, photo=1)]))] == ["b", "a"]


def test_an_ident_is_made_where_none_was_given_and_never_too_long():
    assert ident_of("", "a.jpg", 12) == "12-a.jpg"
    assert len(ident_of("x" * 999, "a.jpg", 12)) == 220
