"""Whose lines they are, and what a person looks at before they are written."""

import dataclasses

import pytest

from events.domain.ranking import Status
from events.domain.timesheet import open_timesheet
from events.domain.timesheet_lines import Line, Remark
from events.domain.timesheet_look import look
from events.domain.timesheet_match import Entrant, Fate, Rule, match
from events.domain.timesheet_places import differing_rows
from tests import result_files as files
from tests.domain.test_timesheet_times import at

GRETA = Entrant(
    key="g", names=("Greta Lø-Ås",), bib="7", guest_key="V-GRETA", email="Greta@Fjell.example", birth_year=1980
)
HENRIK = Entrant(key="h", names=("Henrik Østrem",), bib="8", email="par@fjell.example", race_class="M40-44")
INES = Entrant(key="i", names=("Ines Kvamme",), email="par@fjell.example")
NAMESAKE = Entrant(key="n", names=("Henrik Østrem",), race_class="M20-34", birth_year=1999)
EVERYBODY = (GRETA, HENRIK, INES)


def line(number=2, *, time_ms=754_000, status=Status.OK, **facts):
    return Line(number=number, status=status, time_ms=time_ms if status is Status.OK else None, **facts)


def matched(*lines, entrants=EVERYBODY, answers=None):
    return match(lines, entrants, answers)


def only(matches):
    """(key or candidates, fate, rule) of the one line there is."""
    found = [(each.key, each.fate, each.by) for each in matches.found.values()]
    return (found + [(each.candidates, each.fate, each.by) for each in matches.asked])[0]


@pytest.mark.parametrize(
    ("facts", "key", "rule"),
    [
        ({"guest_key": "v-greta", "bib": "8", "name": "Somebody Else"}, "g", Rule.GUEST_KEY),
        ({"bib": "7"}, "g", Rule.BIB),
        ({"bib": "7", "name": "LØ-ÅS Greta"}, "g", Rule.BIB),
        ({"bib": "7", "name": "Greta L"}, "g", Rule.BIB),
        ({"bib": "99", "email": "greta@fjell.example"}, "g", Rule.EMAIL),
        ({"email": "par@fjell.example", "name": "Ines Kvamme"}, "i", Rule.EMAIL),
        ({"name": "Kvamme Ines"}, "i", Rule.NAME),
        ({"name": "greta lo-as"}, "g", Rule.NAME),
    ],
)
def test_line_is_matched_by_the_strongest_rule(facts, key, rule):
    assert only(matched(line(**facts))) == (key, Fate.MATCHED, rule)


def test_bibs_are_compared_as_numbers():
    timesheet = open_timesheet(b"Startnr;Tid\n007;12:34\n8;13:00\n")
    entrants = (dataclasses.replace(GRETA, bib="0007"), dataclasses.replace(HENRIK, bib=" 08"))

    assert set(match(timesheet.lines, entrants).found) == {"g", "h"}


@pytest.mark.parametrize(
    ("facts", "candidates", "fate"),
    [
        ({"email": "par@fjell.example"}, ("h", "i"), Fate.SEVERAL_FIT),
        ({"bib": "7", "name": "Fremmed Person"}, ("g",), Fate.NOT_SURE),
        ({"email": "greta@fjell.example", "name": "Fremmed Person"}, ("g",), Fate.NOT_SURE),
        ({"name": "Greta Lø-Ås", "birth_year": 1950}, ("g",), Fate.NOT_SURE),
    ],
)
def test_line_is_asked_about_when_it_is_not_certain(facts, candidates, fate):
    matches = matched(line(**facts))

    assert only(matches)[:2] == (candidates, fate)
    assert matches.found == {}


def test_two_of_one_name_are_told_apart_by_class_or_year_or_else_asked_about():
    entrants = (HENRIK, NAMESAKE)

    assert only(matched(line(name="Henrik Østrem", race_class="m40-44"), entrants=entrants))[0] == "h"
    assert only(matched(line(name="Henrik Østrem", birth_year=1999), entrants=entrants))[0] == "n"
    assert only(matched(line(name="Henrik Østrem"), entrants=entrants))[:2] == (("h", "n"), Fate.SEVERAL_FIT)


def test_two_lines_for_one_entrant_are_asked_about_and_neither_is_kept():
    first, second = line(2, bib="7"), line(9, bib="7", time_ms=at(13))

    matches = matched(first, second)

    assert matches.found == {}
    assert [(each.line.number, each.fate, each.candidates) for each in matches.asked] == [
        (2, Fate.CONTESTED, ("g",)),
        (9, Fate.CONTESTED, ("g",)),
    ]
    assert "g" not in matches.missing


def test_same_result_twice_is_one():
    matches = matched(line(2, bib="7"), line(9, bib="7"))

    assert matches.found["g"].line.number == 2
    assert matches.repeated == (9,)


def test_answer_decides_and_leaves_the_other_lines_out():
    contested = line(2, bib="7"), line(9, bib="7", time_ms=at(13)), line(10, name="Fremmed Person")

    matches = matched(*contested, answers={9: "g", 10: "i"})
    left_out = matched(*contested, answers={9: None})

    assert {key: (each.line.number, each.by) for key, each in matches.found.items()} == {
        "g": (9, Rule.CHOSEN),
        "i": (10, Rule.CHOSEN),
    }
    assert matches.strangers == (2,)
    assert left_out.found["g"].line.number == 2
    assert left_out.strangers == (9, 10)


def test_answer_for_somebody_who_is_not_entered_leaves_the_line_out():
    assert matched(line(bib="7"), answers={2: "zoe"}).strangers == (2,)


def test_bib_of_a_stranger_is_no_question_when_our_guest_is_found_by_name():
    matches = matched(line(2, bib="7", name="Fremmed Person"), line(3, bib="4711", name="Greta Lø-Ås"))

    assert matches.found["g"].line.number == 3
    assert (matches.asked, matches.strangers) == ((), (2,))


def test_bibs_are_not_used_when_most_belong_to_people_with_other_names():
    entrants = [Entrant(key=n, names=(f"Gjest Nummer{n}",), bib=str(n)) for n in range(1, 9)]
    strangers = [line(n, bib=str(n), name=f"Fremmed Løper{n}") for n in range(1, 8)]

    matches = matched(*strangers, line(20, bib="55", name="Gjest Nummer3"), entrants=entrants)

    assert not matches.are_bibs_ours
    assert (list(matches.found), matches.asked) == ([3], ())
    assert len(matches.strangers) == 7


def test_of_strangers_nothing_is_kept_but_their_rows():
    matches = matched(line(2, bib="7"), line(3, bib="4711", name="Zoe Annensteds", email="zoe@annet.example"))

    assert matches.strangers == (3,)
    assert "Zoe" not in repr(matches)
    assert matches.missing == ("h", "i")


# The look


def look_at(field, entrants, **options):
    timesheet = open_timesheet(files.eq_list_a(field))
    return look(timesheet, match(timesheet.lines, entrants), **options)


def entrants_of(field):
    return [Entrant(key=each.bib, names=(each.name,), bib=str(each.bib)) for each in field]


def test_look_counts_every_row_once():
    field = files.runners(10)
    ours = field[2:5] + field[10:12]
    earlier = {field[2].bib: (Status.OK, field[2].seconds * 1000), field[3].bib: (Status.DNF, None)}

    counts = look_at(field, [*entrants_of(ours), GRETA], earlier=earlier).counts

    assert counts.rows == counts.matched + counts.asked + counts.strangers + counts.repeated + counts.skipped == 14
    assert (counts.matched, counts.new, counts.changed, counts.unchanged) == (5, 3, 1, 1)
    assert (counts.finished, counts.unclear, dict(counts.not_finished), counts.missing) == (3, 2, {}, 1)


def test_first_and_last_are_of_our_own_people():
    field = files.runners(10)

    seen = look_at(field, entrants_of(field[2:5]))

    assert (seen.winner.key, seen.last.key) == (field[2].bib, field[4].bib)


def test_look_tells_by_what_people_were_matched():
    timesheet = open_timesheet(b"Startnr;Navn;Tid\n7;;12:34\n;Ines Kvamme;13:00\n;Henrik \xc3\x98strem;14:00\n")

    assert look(timesheet, match(timesheet.lines, EVERYBODY)).rules == {Rule.BIB: 1, Rule.NAME: 2}


def test_first_is_nobody_when_nobody_has_finished():
    field = files.runners(3)

    assert look_at(field, entrants_of(field[3:])).winner is None


def test_odd_cells_are_those_of_our_people_only():
    timesheet = open_timesheet(b"Startnr;Navn;Tid\n7;Greta;50:l4\n8;Henrik;2:34\n99;Zoe Annensteds;kaffe\n")

    odd = look(timesheet, match(timesheet.lines, EVERYBODY)).odd

    assert [(cell.row, cell.key, cell.code, cell.value, cell.readings) for cell in odd] == [
        (2, "g", Remark.TIME_REFUSED, "50:l4", (at(50, 14),)),
        (3, "h", Remark.TIME_IMPLAUSIBLE, "2:34", (at(2, 34),)),
    ]


def test_places_are_compared_in_the_scope_the_file_counts_them_in():
    def finisher(number, seconds, place, race_class):
        return line(number, time_ms=at(10, seconds), source_place=place, race_class=race_class)

    by_class = [finisher(1, 1, 1, "K"), finisher(2, 2, 1, "M"), finisher(3, 3, 2, "K"), finisher(4, 3, 2, "M")]

    assert differing_rows(by_class) == ("class", frozenset())
    assert differing_rows([*by_class, finisher(5, 4, 7, "K")]) == ("class", frozenset({5}))
    assert differing_rows([line(1), line(2)]) == ("", frozenset())
    assert differing_rows([finisher(n, n, n + 40, "K") for n in range(1, 5)]) == ("", frozenset())


def test_other_place_of_one_of_ours_is_told_with_its_row():
    rows = [f"{place};{place + 6};Løper {place};{time}" for place, time in ((1, "12:00"), (2, "12:10"), (4, "12:20"))]
    timesheet = open_timesheet("\n".join(["Plass;Startnr;Navn;Tid", *rows]).encode())
    entrants = [Entrant(key="a", names=("Løper 4",), bib="10"), Entrant(key="b", names=("Løper 1",), bib="7")]

    seen = look(timesheet, match(timesheet.lines, entrants))

    assert (seen.place_scope, seen.place_rows) == ("all", (4,))
    assert look(timesheet, match(timesheet.lines, entrants[1:])).place_rows == ()
