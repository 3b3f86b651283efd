"""The columns of a file, for a person to check; and answers to questions, worked into the rows."""

import pytest

from events.domain.guestlist import open_guest_list
from events.domain.guestlist_answers import AS_WRITTEN, PROPOSAL
from events.domain.guestlist_decisions import decided
from events.domain.guestlist_look import look
from events.domain.guestlist_rows import Duplicate, NoHeadings, NoNameColumn, Question
from events.domain.tabular import FileIsEmpty
from events.domain.tabular_base import OnlyHeadings
from tests.lists import csv, real


def fields(seen):
    return {each.column.heading: each.column.field for each in seen.columns}


def test_columns_show_their_first_different_values_when_rows_repeat():
    seen = look(real("selgerliste.xlsx"))
    assert [(each.column.letter, each.samples) for each in seen.columns][4:] == [
        ("E", ("Endre Nes", "Kjetil Moe", "Even Strand")), ("F", ("1", "2")), ("G", ("ringer selv",)),
    ]  # fmt: skip
    assert (seen.sheet, seen.other_sheets, seen.count, seen.fault) == ("Invitasjoner", ("Ikke inviter",), 25, None)


def test_a_column_is_what_it_was_corrected_to():
    data = csv("Kari Li;Marte", heading="Navn;Fadder")
    assert fields(look(data)) == {"Navn": "name", "Fadder": ""}
    assert fields(look(data, mapping={"Fadder": "host"})) == {"Navn": "name", "Fadder": "host"}


@pytest.mark.parametrize(
    ("heading", "fault", "is_remembered"),
    [("Kari Li;Marte", NoHeadings, False), ("Hvem;E-post", NoNameColumn, True)],
)
def test_what_choosing_can_mend_is_shown_rather_than_refused(heading, fault, is_remembered):
    seen = look(csv("Per Bø;per@x.example", heading=heading))
    assert isinstance(seen.fault, fault)
    assert bool(seen.fingerprint) == is_remembered
    assert [each.samples for each in seen.columns] == [("Per Bø",), ("per@x.example",)]


@pytest.mark.parametrize(("data", "fault"), [(b"", FileIsEmpty), (csv(), OnlyHeadings)])
def test_what_no_choice_can_mend_is_refused(data, fault):
    with pytest.raises(fault):
        look(data)


def lines(data, answers):
    return list(decided(open_guest_list(data).outcomes(), answers))


def test_an_answer_gives_the_rows_that_were_chosen():
    data = csv("K1;Kari & Ola Li;x@li.example", "K2;Per +1;per@li.example", heading="Person-ID;Navn;E-post")
    assert [type(line) for line in lines(data, {})] == [Question, Question]
    kari, ola, per = lines(data, {2: PROPOSAL, 3: PROPOSAL})
    assert [(row.name, row.number, row.external_id) for row in (kari, ola)] == [("Kari Li", 2, "K1"), ("Ola Li", 2, "")]
    assert (per.name, per.companions) == ("Per", 1)
    assert [row.name for row in lines(data, {2: AS_WRITTEN, 3: AS_WRITTEN})] == ["Kari & Ola Li", "Per +1"]


def test_a_later_row_is_a_duplicate_of_somebody_out_of_an_answer():
    data = csv("Kari & Ola Li;;x@li.example", "Ola Li;;x@li.example", "Per;;per@x.example")
    *_two, again, per = lines(data, {2: PROPOSAL})
    assert (again, per.name) == (Duplicate(3, "Ola Li", 2), "Per")


def test_an_answer_to_a_row_that_asked_nothing_changes_nothing():
    data = csv("Kari Li;;x@li.example")
    assert lines(data, {2: PROPOSAL, 99: AS_WRITTEN}) == lines(data, {})
