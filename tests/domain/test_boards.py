"""Rows of a board: chosen, looked for, and told apart by their version."""

import json

import pytest

from events.domain import boards
from events.domain.boards import Line, Row, Show

BJORN = Row(number=1, bib=7, name="Bjørn Åsen", company="Fjord Regnskap AS", race_class=3, status="OK", time_ms=725_000)
KARI = Row(number=2, bib=17, name="Kari Öberg", company="Vestkraft AS", start="16:00:10")
NAMELESS = Row(number=3, bib=70, status="DNF")
ROWS = [BJORN, KARI, NAMELESS]


@pytest.mark.parametrize(("show", "expected"), [("all", ROWS), ("on-the-way", [KARI]), ("in-goal", [BJORN])])
def test_rows_are_chosen_by_how_far_they_have_come(show, expected):
    assert boards.chosen(ROWS, Show(show)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bjorn asen", [BJORN]),
        ("BJÖRN", [BJORN]),
        ("oberg", [KARI]),
        ("vestkraft kari", [KARI]),
        ("7", [BJORN]),  # a bib is meant whole
        ("kvinner", [BJORN]),
        ("kari bjorn", []),
        ("  ", ROWS),
    ],
)
def test_a_search_finds_names_however_they_are_written(words, expected):
    assert boards.chosen(ROWS, looked_for=words, classes={3: "Kvinner 35–39"}) == expected


def test_the_counts_say_what_each_choice_would_show():
    assert boards.counts(ROWS) == {Show.ALL: 3, Show.ON_THE_WAY: 1, Show.IN_GOAL: 1}


def test_the_version_is_the_same_for_the_same_and_another_for_every_other():
    whole = {"final": False}, ROWS, [Line(number=1, text="Heia!")]
    version, body = boards.written(*whole)
    assert boards.written(*whole) == (version, body)
    others = [
        boards.written({"final": True}, ROWS, whole[2]),
        boards.written({"final": False}, ROWS[::-1], whole[2]),
        boards.written({"final": False}, ROWS, []),
    ]
    assert len({version, *(other for other, _body in others)}) == 4
    told = json.loads(body)
    assert told["version"] == version
    assert dict(zip(told["columns"], told["rows"][1], strict=True))["name"] == "Kari Öberg"
