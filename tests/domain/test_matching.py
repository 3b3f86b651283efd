from dataclasses import replace
from pathlib import Path

import pytest

from events.domain.guestlist import open_guest_list
from events.domain.guestlist_rows import Doubt, Notice, Question, Remark, Row
from events.domain.matching import Fate, Known, Matcher, People, Tally, changes

FILES = Path(__file__).parent.parent / "data" / "guest-lists"
STORED = (
    "name",
    "first_name",
    "company",
    "email",
    "phone",
    "host",
    "language",
    "companions",
    "external_id",
    "note",
)

KARI = Known("kari", "Kari Ås", company="X AS", email="kari@x.example", phone="99 51 33 58", host="Even Strand")


def match_all(guest_list, people):
    """(Outcome for each row as an iterator, the Matcher to ask for `missing()` when it is used up)."""
    matcher = Matcher(people, guest_list.present)
    return map(matcher.outcome, guest_list.outcomes()), matcher


def read(name):
    return open_guest_list((FILES / name).read_bytes())


def as_known(rows):
    """What an import would have stored of these rows."""
    return [Known(row.number, **{name: getattr(row, name) for name in STORED}) for row in rows]


def matched(row, *known, present=frozenset()):
    return Matcher(People(known), present).outcome(row)


def row(**cells):
    return Row(**{"number": 2, "name": "Kari Ås", "company": "X AS", "email": "kari@x.example"} | cells)


def fates(outcomes):
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    return tally


# Whole files


def test_second_export_changes_three_adds_two_and_names_the_missing():
    people = People(as_known(read("crm-eksport.csv").outcomes()))

    outcomes, matcher = match_all(read("crm-eksport-uke-2.csv"), people)
    outcomes = list(outcomes)

    tally = fates(outcomes)
    assert (tally[Fate.NEW], tally[Fate.CHANGED], tally[Fate.UNCHANGED]) == (2, 3, 36)
    assert tally.rows == 41
    assert [(o.line.name, o.changes) for o in outcomes if o.fate == Fate.CHANGED] == [
        ("Per Rønhovde", {"phone": ("93077052", "90000003")}),
        ("Bjørn Østrem-Li", {"host": ("Espen Bø", "Even Strand")}),
        ("Siv Ødegård", {"language": ("nb", "en")}),
    ]
    assert [o.line.name for o in outcomes if o.fate == Fate.NEW] == ["Nils Nyheim", "Tiril Ny-Ås"]
    assert [person.name for person in matcher.missing()] == ["Per Vågen"]


@pytest.mark.parametrize(
    ("name", "new", "refused", "duplicates", "questions"),
    [
        ("crm-eksport.csv", 40, 0, 0, 0),
        ("selgerliste.xlsx", 24, 1, 0, 0),
        ("felles-adresser.csv", 6, 0, 1, 1),
        ("asiakkaat-unicode.txt", 4, 0, 0, 0),
        ("fiendtlig.csv", 4, 6, 0, 0),
    ],
)
def test_first_import_is_new_and_the_second_unchanged(name, new, refused, duplicates, questions):
    first = list(match_all(read(name), People(()))[0])
    people = People(as_known(outcome.line for outcome in first if outcome.fate == Fate.NEW))
    second, matcher = match_all(read(name), people)

    for tally, fate in ((fates(first), Fate.NEW), (fates(second), Fate.UNCHANGED)):
        assert tally[fate] == new
        assert (tally[Fate.REFUSED], tally[Fate.DUPLICATE], tally[Fate.QUESTION]) == (
            refused,
            duplicates,
            questions,
        )
        assert tally.rows == new + refused + duplicates + questions
    assert matcher.missing() == []


def test_everybody_is_new_to_an_event_whose_people_are_known_from_another():
    known = [replace(person, is_guest=False) for person in as_known(read("crm-eksport.csv").outcomes())]

    outcomes, matcher = match_all(read("crm-eksport-uke-2.csv"), People(known))
    outcomes = list(outcomes)

    assert fates(outcomes)[Fate.NEW] == 41
    assert sum(outcome.known is not None for outcome in outcomes) == 39
    assert sum(bool(outcome.changes) for outcome in outcomes) == 3
    assert matcher.missing() == []


# Who is who


def test_person_is_known_by_address_and_name():
    outcome = matched(row(name="KARI ÅS", company="Y AS", email="KARI@x.example"), KARI)

    assert (outcome.fate, outcome.known.key, outcome.changes) == (
        Fate.CHANGED,
        "kari",
        {"company": ("X AS", "Y AS")},
    )


@pytest.mark.parametrize("email", ["", "kari.ny@x.example"])
def test_person_is_known_by_name_and_company_when_the_address_is_missing_or_new(email):
    outcome = matched(row(email=email), KARI)

    assert outcome.known == KARI
    assert outcome.changes == ({"email": ("kari@x.example", email)} if email else {})


def test_address_is_added_when_the_known_person_had_none():
    outcome = matched(row(), replace(KARI, email=""))

    assert (outcome.fate, outcome.changes) == (Fate.CHANGED, {"email": ("", "kari@x.example")})


def test_person_is_known_by_personal_number_whatever_else_changed():
    known = replace(KARI, external_id="P7")

    married = matched(row(external_id="p7", name="Kari Moe"), known)
    moved = matched(row(external_id="P7", email="k@y.example", company="Y AS"), known)

    assert married.changes == {"name": ("Kari Ås", "Kari Moe")}
    assert moved.changes == {"company": ("X AS", "Y AS"), "email": ("kari@x.example", "k@y.example")}


def test_number_is_a_question_when_neither_name_nor_address_agrees():
    outcome = matched(row(external_id="P7", name="Per Moe", email="per@x.example"), replace(KARI, external_id="P7"))

    assert (outcome.fate, outcome.line.code) == (Fate.QUESTION, Doubt.NUMBER_OF_SOMEONE_ELSE)
    assert outcome.line.facts == {"key": "kari", "person": "Kari Ås, X AS"}


def test_namesakes_with_two_numbers_are_two_people():
    outcome = matched(row(external_id="P8", email=""), replace(KARI, external_id="P7"))

    assert (outcome.fate, outcome.known) == (Fate.NEW, None)


def test_same_name_elsewhere_is_new_and_marked():
    outcome = matched(row(company="Y AS", email="kari@y.example"), KARI)

    assert outcome.fate == Fate.NEW
    assert outcome.line.notices == (
        Notice(Remark.SAME_NAME_ELSEWHERE, "name", {"keys": ("kari",), "people": ("Kari Ås, X AS",)}),
    )


def test_another_person_with_a_known_address_is_new_and_marked():
    outcome = matched(row(name="Ola Ås"), KARI)

    assert outcome.fate == Fate.NEW
    assert [notice.code for notice in outcome.line.notices] == [Remark.SAME_ADDRESS_ELSEWHERE]


def test_namesakes_without_company_are_not_taken_for_one_when_their_addresses_differ():
    known = replace(KARI, company="")

    assert matched(row(company="", email="other@y.example"), known).fate == Fate.NEW
    assert matched(row(company="", email=""), known).fate == Fate.UNCHANGED


def test_row_is_a_question_when_two_known_people_fit():
    other = replace(KARI, key="kari2", email="kari2@x.example")

    outcome = matched(row(email=""), KARI, other)

    assert (outcome.fate, outcome.line.code) == (Fate.QUESTION, Doubt.SEVERAL_FIT)
    assert outcome.line.facts == {"keys": ("kari", "kari2"), "people": ("Kari Ås, X AS", "Kari Ås, X AS")}


def test_company_tells_when_two_known_people_have_one_address_and_one_name():
    other = replace(KARI, key="kari2", company="Y AS")

    assert matched(row(company="Y as"), KARI, other).known == other
    assert matched(row(company="Z"), KARI, other).line.code == Doubt.SEVERAL_FIT


def test_nobody_is_matched_twice():
    matcher = Matcher(People([KARI]))

    first, second = matcher.outcome(row()), matcher.outcome(row(number=3, email=""))

    assert first.fate == Fate.UNCHANGED
    assert (second.fate, second.line.code) == (Fate.QUESTION, Doubt.ALREADY_MATCHED)
    assert second.line.facts == {"first_row": 2, "key": "kari", "person": "Kari Ås, X AS"}


@pytest.mark.parametrize("turned", [False, True])
def test_colleague_of_the_same_name_takes_nobodys_place_whichever_row_comes_first(turned):
    lines = ["Kari Ås;X AS;kari@x.example", "Kari Ås;X AS;kari.b@x.example"]
    text = "\n".join(["Navn;Firma;E-post", *(reversed(lines) if turned else lines)])

    outcomes, matcher = match_all(open_guest_list(text.encode()), People([KARI]))

    found = {outcome.line.email: outcome.fate for outcome in outcomes}
    assert found == {"kari@x.example": Fate.UNCHANGED, "kari.b@x.example": Fate.NEW}
    assert matcher.missing() == []


def test_nobody_is_missing_whose_row_was_refused_a_duplicate_or_a_question():
    ola = replace(KARI, key="ola", name="Ola Ås", email="ola@x.example")
    per = replace(KARI, key="per", name="Per Moe", email="per@x.example")
    lines = [
        "Navn;Firma;E-post;Vert",
        "Ås, Kari;X AS;kari@@x.example;",
        "Ås, Ola;X AS;ola@x.example;a\x00b",
        "Bø, Eva;X;;",
    ]

    outcomes, matcher = match_all(open_guest_list("\n".join(lines).encode()), People([KARI, ola, per]))

    assert [outcome.fate for outcome in outcomes] == [Fate.REFUSED, Fate.REFUSED, Fate.NEW]
    assert matcher.missing() == [per]


def test_question_of_the_reader_stays_a_question():
    question = Question(2, Doubt.TWO_PEOPLE, "Kari & Ola", row(name="Kari & Ola"))

    assert matched(question, KARI) == matched(question)
    assert (matched(question).fate, matched(question).line) == (Fate.QUESTION, question)


# What changed


FULL = Known(
    "k",
    "Bjørn Ås",
    first_name="Bjørn",
    company="X AS",
    email="b@x.example",
    phone="+47 99 51 33 58",
    host="Espen Bø",
    language="nb",
    companions=1,
    external_id="P7",
    note="ringer selv",
)


def test_empty_cells_blank_nothing():
    assert changes(Row(2, "Bjørn Ås"), FULL) == {}


@pytest.mark.parametrize(
    "cells",
    [
        {"name": "BJØRN ÅS"},
        {"name": "Bjorn As"},
        {"name": 'Bjørn "Bjossi" Ås'},
        {"first_name": "BJØRN"},
        {"company": "x as"},
        {"email": "B@x.example"},
        {"phone": "99513358"},
        {"phone": "0047 995 13 358"},
        {"host": "ESPEN BØ"},
        {"external_id": "p7"},
        {"note": " ringer\nselv"},
        {"language": ""},
        {"companions": None},
    ],
)
def test_other_spelling_is_no_change(cells):
    assert changes(replace(Row(2, "Bjørn Ås"), **cells), FULL) == {}


@pytest.mark.parametrize(
    ("field", "new"),
    [
        ("name", "Björn Ås"),
        ("first_name", "Bjørn Ola"),
        ("company", "Y AS"),
        ("email", "bjorn@x.example"),
        ("phone", "99513359"),
        ("host", "Even Strand"),
        ("language", "sv"),
        ("companions", 0),
        ("external_id", "P8"),
        ("note", "ring først"),
    ],
)
def test_change_tells_old_and_new(field, new):
    assert changes(replace(Row(2, "Bjørn Ås"), **{field: new}), FULL) == {field: (getattr(FULL, field), new)}


def test_first_name_goes_with_a_new_name_and_is_not_compared_with_nothing():
    assert changes(Row(2, "Ola Ås", first_name="Ola"), FULL) == {
        "name": ("Bjørn Ås", "Ola Ås"),
        "first_name": ("Bjørn", "Ola"),
    }
    assert changes(Row(2, "Bjørn Ås", first_name="Bjørn"), replace(FULL, first_name="")) == {}


def test_no_companions_is_no_change_when_none_were_known():
    nobody = replace(FULL, companions=None)

    assert changes(Row(2, "Bjørn Ås", companions=0), nobody) == {}
    assert changes(Row(2, "Bjørn Ås", companions=2), nobody) == {"companions": (None, 2)}


def test_phone_is_added_when_none_was_known():
    assert changes(Row(2, "Bjørn Ås", phone="99"), replace(FULL, phone="")) == {"phone": ("", "99")}
