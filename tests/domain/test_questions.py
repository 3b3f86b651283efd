"""Choices written one a line in each language, and the keys that replies hang on."""

import pytest

from events.domain.questions import NotANumber, Row, UnequalLines, matched, options_after, read_number, rows_of


def options(*texts):
    return [{"key": str(number), "texts": {"nb": text}} for number, text in enumerate(texts, start=1)]


def after(text, known, said=()):
    """[(key, Norwegian text, is gone)]"""
    found = options_after(rows_of({"nb": text}), known, said)
    return [(each["key"], each["texts"]["nb"], each.get("is_gone", False)) for each in found]


def test_lines_are_matched_across_languages_and_empty_ones_do_not_count():
    rows = rows_of({"nb": "Buss\r\n\r\n  På egen   hånd ", "en": "Bus\nOn my own", "fi": " \n"})
    assert rows == [Row({"nb": "Buss", "en": "Bus"}), Row({"nb": "På egen hånd", "en": "On my own"})]
    assert rows_of({}) == []


def test_languages_with_unequal_lines_are_refused_with_their_counts():
    with pytest.raises(UnequalLines) as refused:
        rows_of({"nb": "a\nb\nc", "en": "a\nb"})
    assert refused.value.counts == {"nb": 3, "en": 2}


def test_keys_stay_when_lines_are_moved_corrected_or_translated():
    known = options("Buss kl. 22", "Buss kl. 23", "Taxi")
    assert after("Taxi\nBuss kl. 23\nBuss kl. 22", known) == [
        ("3", "Taxi", False), ("2", "Buss kl. 23", False), ("1", "Buss kl. 22", False),
    ]  # fmt: skip
    assert after("Buss kl. 22.15\nBuss kl. 23\nTAXI", known) == [
        ("1", "Buss kl. 22.15", False), ("2", "Buss kl. 23", False), ("3", "TAXI", False),
    ]  # fmt: skip
    translated = matched(
        rows_of({"nb": "Drosje\nBuss", "en": "Taxi\nBus"}),
        [Row({"nb": "Skyss", "en": "Taxi"}, "1"), Row({"nb": "Buss"}, "2")],
    )
    assert [row.key for row in translated] == ["1", "2"]


def test_another_choice_in_the_same_place_is_a_new_one():
    assert after("Buss\nTog", options("Buss", "Taxi")) == [("1", "Buss", False), ("3", "Tog", False)]


def test_choice_taken_away_stays_readable_where_somebody_made_it_and_comes_back_with_its_key():
    gone = options_after(rows_of({"nb": "Buss"}), options("Buss", "Taxi", "Til fots"), {"2"})
    assert [(each["key"], each.get("is_gone", False)) for each in gone] == [("1", False), ("2", True)]
    assert after("Tog\nTaxi\nBuss", gone, {"2"}) == [("3", "Tog", False), ("2", "Taxi", False), ("1", "Buss", False)]


def test_no_key_is_given_twice_when_two_lines_are_alike():
    keys = [key for key, _text, _gone in after("Ja\nJa\nJa", options("Ja", "Nei"))]
    assert keys == ["1", "3", "4"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        (" 42 ", 42),
        ("2,5", 2.5),
        ("2.50", 2.5),
        ("1 200", 1200),
        ("-4", -4),
        ("−4", -4),
        ("3,00", 3),
        ("0", 0),
    ],
)
def test_number_is_read_as_people_type_it(text, number):
    assert read_number(text) == number
    assert type(read_number(text)) is type(number)


@pytest.mark.parametrize("text", ["", "tre", "1,234", "1e9", "9" * 10, "--1", "1,2,3", "²", "٣", "nan", "inf"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(NotANumber) as refused:
        read_number(text)
    assert refused.value.text == text
