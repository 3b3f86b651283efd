import random
import time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from events.domain.guestlist import as_answered, open_guest_list
from events.domain.guestlist_cells import two_people, without_companion
from events.domain.guestlist_rows import (
    Doubt,
    Duplicate,
    NoHeadings,
    NoNameColumn,
    Notice,
    Question,
    Refusal,
    Refused,
    Remark,
    Row,
)
from events.domain.tabular import FileIsEmpty, Limits, NoSuchSheet, TableError, TooManyRows
from events.domain.tabular_base import OnlyHeadings, UnknownColumn, UnknownField
from tests.domain.workbooks import raw_xlsx, saved, text_cell, xlsx

FILES = Path(__file__).parent.parent / "data" / "guest-lists"


def read(name, **options):
    return open_guest_list((FILES / name).read_bytes(), **options)


def csv(*rows, heading="Navn;Firma;E-post"):
    return "\n".join((heading, *rows)).encode()


def outcomes(*rows, heading="Navn;Firma;E-post", **options):
    return list(open_guest_list(csv(*rows, heading=heading), **options).outcomes())


def only(*rows, **options):
    (outcome,) = outcomes(*rows, **options)
    return outcome


def problems(outcome):
    return [(problem.field, problem.code) for problem in outcome.problems]


def notices(row):
    return [notice.code for notice in row.notices]


# The files organisers have


def test_crm_export_gives_forty_guests():
    guest_list = read("crm-eksport.csv")

    rows = list(guest_list.outcomes())

    assert guest_list.count == len(rows) == 40
    assert {type(row) for row in rows} == {Row}
    assert rows[10] == Row(
        number=12,
        name="Jørgen d'Aulaire",
        first_name="Jørgen",
        company="Vågsbunnen Regnskap; Avd. Bergen",
        email="jorgen.d-aulaire@vagsbunnen.example",
        phone="96762565",
        host="Kjetil Moe",
        language="nb",
    )
    assert [(c.heading, c.why_ignored) for c in guest_list.ignored] == [
        ("Kundenr", "company_number"),
        ("Deltok 2025", "not_recognised"),
    ]


def test_salespersons_sheet_gives_twenty_four_guests_and_refuses_the_sum():
    guest_list = read("selgerliste.xlsx")

    *rows, total = guest_list.outcomes()

    assert guest_list.count == 25
    assert [row.number for row in rows] == list(range(5, 29))
    assert {type(row) for row in rows} == {Row}
    assert [row.name for row in rows if not row.email] == [
        "Per Østrem-Li",
        "Kari Håland",
        "Ragnhild Sandviken",
        "Ingrid Kvamme",
    ]
    assert all((Remark.NO_EMAIL in notices(row)) is (not row.email) for row in rows)
    assert (rows[0].name, rows[0].first_name, rows[0].email) == (
        "Ragnhild Berge",
        "Ragnhild",
        "ragnhild.berge@fjellvag.example",
    )
    assert rows[6].email == "MALFRID.BRUVIK@ulriken.example"
    assert [row.companions for row in rows].count(1) == 5
    assert [row.companions for row in rows].count(0) == 19
    assert (rows[5].note, rows[5].host, rows[5].company) == ("ringer selv", "Even Strand", "Ulriken Data AS")
    assert (total.number, problems(total)) == (30, [("name", Refusal.SUM_ROW)])
    assert guest_list.titles == ((1, "Stoltzen 2026 – hvem inviterer vi?"), (2, "Oppdatert av Marte 14.08"))
    assert guest_list.table.other_sheets == ("Ikke inviter",)


def test_other_sheet_is_read_when_asked_for():
    assert [row.name for row in read("selgerliste.xlsx", sheet="Ikke inviter").outcomes()] == ["Helge Hemmelig"]


def test_shared_addresses_give_six_guests_a_duplicate_and_a_question():
    question, *rows = read("felles-adresser.csv").outcomes()

    assert (question.number, question.code, question.value) == (2, Doubt.TWO_PEOPLE, "Kari & Ola Nordås")
    assert [(row.name, row.email, row.companions) for row in question.proposal] == [
        ("Kari Nordås", "familien@nordas.example", 0),
        ("Ola Nordås", "familien@nordas.example", 0),
    ]
    assert question.as_written.name == "Kari & Ola Nordås"
    assert rows.pop(3) == Duplicate(number=6, name="BJØRN BERGE", first_row=5)
    assert [(row.number, row.name, row.companions) for row in rows] == [
        (3, "Kari Nordås", 0),
        (4, "Ola Nordås", 0),
        (5, 'Bjørn "Bjossi" Berge', 2),
        (7, "Åse Vågen", None),
        (8, "Pekka Mäkelä 🏃", 1),
        (9, "Siv, Målfrid d'Aulaire", 0),
    ]


def test_finnish_unicode_text_gives_four_guests():
    rows = list(read("asiakkaat-unicode.txt").outcomes())

    assert [(row.name, row.language, row.email) for row in rows] == [
        ("Päivi Hämäläinen", "fi", "paivi.hamalainen@satama.example"),
        ("Väinö Ylä-Outinen", "fi", "vaino.yla-outinen@satama.example"),
        ("Åsa Björklund", "sv", "asa.bjorklund@hamn.example"),
        ("Seppo Öhman", "sv", ""),
    ]
    assert [row.phone for row in rows] == ["+358 40 1234567", "0401234568", "", ""]
    assert {row.host for row in rows} == {"Even Strand", "Espen Bø"}


def test_hostile_file_gives_four_guests_and_six_reasons():
    rows = list(read("fiendtlig.csv").outcomes())

    assert [(row.number, row.name, row.email) for row in rows if isinstance(row, Row)] == [
        (2, '=HYPERLINK("http://x.example";"klikk") Formel', "formel@x.example"),
        (4, "<script>alert(1)</script> Skript", "skript@x.example"),
        (10, "Per God", "per.god@x.example"),
        (11, "Punycode Æøå", "post@blåbær.example"),
    ]
    refused = [problem for row in rows if isinstance(row, Refused) for problem in row.problems]
    assert [(p.row, p.field, p.code) for p in refused] == [
        (3, "email", Refusal.LINE_BREAK),
        (5, "name", Refusal.NAME_MISSING),
        (6, "email", Refusal.ADDRESS_WRONG),
        (7, "last_name", Refusal.TOO_LONG),
        (8, "last_name", Refusal.CONTROL_CHARACTER),
        (9, "email", Refusal.ADDRESS_WRONG),
    ]
    assert [p.value for p in refused] == [
        "ola@x.example↵Bcc: alle@x.example",
        "",
        "ikke en adresse",
        "N" * 79 + "…",
        "Tegn␀",
        "ola..punkt@x.example",
    ]
    assert [p.facts["column"] for p in refused] == [
        "E-post",
        "Fornavn",
        "E-post",
        "Etternavn",
        "Etternavn",
        "E-post",
    ]
    assert refused[3].facts | {"column": ""} == {"limit": 150, "length": 400, "column": ""}
    assert refused[4].facts["character"] == "U+0000"


def test_empty_file_and_heading_alone_are_told_apart():
    with pytest.raises(FileIsEmpty):
        read("tom.csv")
    with pytest.raises(OnlyHeadings) as caught:
        read("bare-overskrift.csv")
    assert caught.value.facts == {"row": 1}


# The heading


def test_file_is_refused_with_its_first_row_when_no_heading_is_known():
    with pytest.raises(NoHeadings) as caught:
        open_guest_list(b"Kari Berge;X AS;k@x.example\nPer Moe;Y AS;p@y.example\n")

    assert caught.value.facts == {"row": 1, "cells": ("Kari Berge", "X AS", "k@x.example")}
    assert str(caught.value) == "no_headings"


def test_file_is_refused_when_no_column_is_a_name():
    with pytest.raises(NoNameColumn) as caught:
        open_guest_list(csv("X AS;k@x.example", heading="Firma;E-post"))

    assert caught.value.facts == {"columns": ("Firma", "E-post")}


def test_correction_is_refused_when_it_names_a_column_or_a_field_that_is_not_there():
    with pytest.raises(UnknownColumn) as column:
        open_guest_list(csv("Kari;X;k@x.example"), mapping={"Hvem": "name"})
    with pytest.raises(UnknownField) as field:
        open_guest_list(csv("Kari;X;k@x.example"), mapping={"Navn": "nmae"})

    assert column.value.facts == {"column": "Hvem", "columns": ("Navn", "Firma", "E-post")}
    assert (field.value.field, "name" in field.value.fields) == ("nmae", True)


def test_corrected_columns_are_read_as_told():
    row = only("Kari Berge;Per Moe;k@x.example", mapping={"Firma": "host", "E-post": ""})

    assert (row.name, row.company, row.host, row.email) == ("Kari Berge", "", "Per Moe", "")


def test_guest_above_the_heading_is_refused_and_titles_are_told():
    guest_list = open_guest_list(b"Liste;;\nPer Moe;Y;p@y.example\nNavn;Firma;E-post\nKari;X;k@x.example\n")

    above, row = guest_list.outcomes()

    assert (above.number, problems(above)) == (2, [("", Refusal.ABOVE_HEADING)])
    assert above.problems[0].facts["heading_row"] == 3
    assert row.name == "Kari"
    assert guest_list.titles == ((1, "Liste"),)
    assert guest_list.count == 2


def test_repeated_heading_is_no_guest():
    rows = outcomes("Kari;X;k@x.example", "NAVN;Firma;E-post", "Per;Y;p@y.example")

    assert [type(row) for row in rows] == [Row, Refused, Row]
    assert problems(rows[1]) == [("name", Refusal.HEADING_AGAIN)]


def test_blank_rows_are_not_counted():
    guest_list = open_guest_list(csv("Kari;X;k@x.example", ";;", "", " ; ;", "Per;Y;p@y.example"))

    assert [row.number for row in guest_list.outcomes()] == [2, 6]
    assert guest_list.count == 2


# Names


@pytest.mark.parametrize(
    ("heading", "cells", "name", "first_name"),
    [
        ("Fornavn;Etternavn", "Anne Lise;Moe", "Anne Lise Moe", "Anne Lise"),
        ("Etternavn;Fornavn", "Moe;Anne", "Anne Moe", "Anne"),
        ("Fornavn;Firma", "Anne;X", "Anne", "Anne"),
        ("Etternavn;Firma", "Moe;X", "Moe", ""),
        ("Navn;Etternavn", "Anne;Moe", "Anne Moe", ""),
        ("Navn;Etternavn", "Anne Moe;Moe", "Anne Moe", ""),
        ("Navn;Fornavn", "Anne Moe;Anne", "Anne Moe", "Anne"),
        ("Navn;Fornavn", "Moe;Anne", "Anne Moe", "Anne"),
        ("Fullt navn;Fornavn;Etternavn", "A. Moe;Anne;Moe", "Anne Moe", "Anne"),
        ("Fullt navn;Fornavn;Etternavn", "Anne Moe;;", "Anne Moe", ""),
        ("Navn;Firma", "Moe, Anne;X", "Anne Moe", "Anne"),
        ("Navn;Firma", "Å;X", "Å", ""),
        ("Navn;Firma", "'-Ola;X", "-Ola", ""),
        ("Navn;Firma", "Null;X", "Null", ""),
    ],
)
def test_whole_name_is_put_together_from_its_columns(heading, cells, name, first_name):
    row = only(cells, heading=heading)

    assert (row.name, row.first_name) == (name, first_name)


def test_hosts_are_turned_when_their_column_is_last_name_first():
    rows = outcomes("Kari;Nes, Endre", "Per;Bø, Espen", heading="Navn;Vert")

    assert [row.host for row in rows] == ["Endre Nes", "Espen Bø"]


@pytest.mark.parametrize("cells", [";X;k@x.example", "-;X;k@x.example", " \u200b ;X;k@x.example", "...;X;k@x.example"])
def test_row_is_refused_when_it_has_no_name(cells):
    refused = only(cells)

    assert problems(refused) == [("name", Refusal.NAME_MISSING)]
    assert refused.problems[0].facts == {"column": "Navn"}


def test_every_problem_of_a_row_is_told():
    refused = only("Kari\ufffd;" + "X" * 151 + ";nei")

    assert problems(refused) == [
        ("name", Refusal.UNREADABLE_CHARACTER),
        ("company", Refusal.TOO_LONG),
        ("email", Refusal.ADDRESS_WRONG),
    ]


@pytest.mark.parametrize(
    ("field", "cells", "code"),
    [
        ("name", '"Kari\nBerge";X;k@x.example', Refusal.LINE_BREAK),
        ("name", "Kari\u2028Berge;X;k@x.example", Refusal.LINE_BREAK),
        ("name", "Kari\x85Berge;X;k@x.example", Refusal.LINE_BREAK),
        ("name", "Kari\x1bBerge;X;k@x.example", Refusal.CONTROL_CHARACTER),
        ("company", "Kari;X\x00;k@x.example", Refusal.CONTROL_CHARACTER),
        ("name", "N" * 151 + ";X;k@x.example", Refusal.TOO_LONG),
        ("email", "Kari;X;" + "k" * 300 + "@x.example", Refusal.TOO_LONG),
        ("email", "Kari;X;k@x.example / p@x.example", Refusal.ADDRESS_SEVERAL),
    ],
)
def test_row_is_refused_with_field_and_reason(field, cells, code):
    assert problems(only(cells)) == [(field, code)]


def test_name_of_two_columns_is_refused_when_together_it_is_too_long():
    refused = only("A" * 100 + ";" + "B" * 100, heading="Fornavn;Etternavn")

    assert problems(refused) == [("name", Refusal.TOO_LONG)]
    assert refused.problems[0].facts == {"limit": 150, "length": 201, "column": ""}


def test_name_of_a_hundred_and_fifty_letters_is_taken():
    assert only("N" * 150 + ";X;k@x.example").name == "N" * 150


def test_line_break_in_a_company_is_a_space_and_in_a_note_is_kept():
    row = only('Kari;"X AS\r\nAvd. Bergen";"en\r\n\r\n to "', heading="Navn;Firma;Notat")

    assert (row.company, row.note) == ("X AS Avd. Bergen", "en\nto")


def test_letters_are_composed_and_invisible_marks_left_out():
    row = only("A\u030ase\u00a0 Va\u030agen\u200b;X;k@x.example")

    assert row.name == "Åse Vågen"


# Two people, or a companion, in one cell


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Kari & Ola Nordås", ["Kari Nordås", "Ola Nordås"]),
        ("Kari og Ola", ["Kari", "Ola"]),
        ("Kari och Ola Ås", ["Kari Ås", "Ola Ås"]),
        ("Kari ja Ola Ås", ["Kari Ås", "Ola Ås"]),
        ("Kari and Ola Ås", ["Kari Ås", "Ola Ås"]),
        ("Kari Moe / Ola Ås", ["Kari Moe", "Ola Ås"]),
        ("Kari/Ola Ås", ["Kari Ås", "Ola Ås"]),
        ("Kari, Ola & Per Ås", ["Kari Ås", "Ola Ås", "Per Ås"]),
    ],
)
def test_question_proposes_the_people_when_a_name_holds_several(written, people):
    question = only(f"{written};X;k@x.example")

    assert (question.code, question.value, question.as_written.name) == (Doubt.TWO_PEOPLE, written, written)
    assert [row.name for row in question.proposal] == people
    assert [row.first_name for row in question.proposal] == [name.split()[0] for name in people]


def test_two_people_are_seen_when_the_last_name_has_its_own_column_or_comes_first():
    separate = only("Kari & Ola;Nordås", heading="Fornavn;Etternavn")
    turned = outcomes("Moe, Per;X;", "Nordås, Kari & Ola;X;")[1]

    for question in (separate, turned):
        assert [row.name for row in question.proposal] == ["Kari Nordås", "Ola Nordås"]


@pytest.mark.parametrize(
    "name", ["Siv, Målfrid d'Aulaire", "Anne-Lise Moe", "Og Jahansen", "Kari Jaand", "R2/D2", "a://b"]
)
def test_one_person_is_one_person(name):
    assert outcomes("Per Moe;X;", f"{name};X;k@x.example")[1].name == name


@pytest.mark.parametrize("cell", [" " * 30_000, "a " * 15_000, f"a{' ' * 100}" * 300, "& " * 15_000])
def test_people_are_looked_for_in_time_that_grows_with_the_cell_alone(cell):
    began = time.process_time()
    assert (two_people(cell), without_companion(f"{cell}x")) == ((), "")
    assert time.process_time() - began < 1  # measured: 0.02; squared time took seconds


@pytest.mark.parametrize(
    "written", ["Kari Ås +1", "Kari Ås med følge", "Kari Ås m/partner", "Kari Ås & gjest", "Kari Ås ja avec"]
)
def test_question_proposes_a_companion_when_a_name_mentions_one(written):
    question = only(f"{written};X;k@x.example")

    assert question.code == Doubt.WITH_COMPANION
    assert [(row.name, row.companions) for row in question.proposal] == [("Kari Ås", 1)]


def test_answered_question_gives_the_rows_to_write():
    question = only("Kari & Ola;X;k@x.example;3", heading="Navn;Firma;E-post;Følge")

    assert [row.name for row in as_answered(question, is_split=False)] == ["Kari & Ola"]
    assert [(row.name, row.companions) for row in as_answered(question, is_split=True)] == [
        ("Kari", 2),
        ("Ola", 0),
    ]


# The other cells


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Norsk", "nb"),
        ("no", "nb"),
        ("nb", "nb"),
        ("nynorsk", "nb"),
        ("Norsk bokmål", "nb"),
        ("nb-NO", "nb"),
        ("nb_NO.UTF-8", "nb"),
        ("NORGE", "nb"),
        ("Svenska", "sv"),
        ("SE", "sv"),
        ("ruotsi", "sv"),
        ("FI", "fi"),
        ("suomi", "fi"),
        ("Finsk", "fi"),
        ("engelsk", "en"),
        ("en-GB", "en"),
        ("English (UK)", "en"),
        ("", ""),
    ],
)
def test_language_is_understood_in_any_spelling(written, code):
    row = only(f"Kari;k@x.example;{written}", heading="Navn;E-post;Språk")

    assert (row.language, row.notices) == (code, ())


def test_unknown_language_is_a_notice_and_no_refusal():
    row = only("Kari;k@x.example;Klingon", heading="Navn;E-post;Språk")

    assert row.language == ""
    assert row.notices == (Notice(Remark.LANGUAGE_UNKNOWN, "language", {"value": "Klingon"}),)


@pytest.mark.parametrize(
    ("heading", "written", "companions"),
    [
        ("Antall", "1", 0),
        ("Antall", "2", 1),
        ("Antall", "0", 0),
        ("Antall", "3 stk", 2),
        ("Antall", "", None),
        ("Plus ones", "0", 0),
        ("Plus ones", "2", 2),
        ("Plus ones", "+1", 1),
        ("Plus ones", "2.0", 2),
        ("Følge", "Ja", 1),
        ("Følge", "nei", 0),
        ("Avec", "x", 1),
        ("Avec", "-", None),
    ],
)
def test_companions_never_count_the_guest(heading, written, companions):
    row = only(f"Kari;k@x.example;{written}", heading=f"Navn;E-post;{heading}")

    assert (row.companions, row.notices) == (companions, ())


@pytest.mark.parametrize("written", ["noen", "1-2", "51", "99999999999", "Ola Ås"])
def test_unclear_companions_are_a_notice(written):
    row = only(f"Kari;k@x.example;{written}", heading="Navn;E-post;Følge")

    assert row.companions is None
    assert row.notices == (Notice(Remark.COMPANIONS_UNCLEAR, "companions", {"value": written}),)


@pytest.mark.parametrize("written", ["", "-", "ingen", "Mangler", "n/a"])
def test_guest_without_address_is_kept_and_marked(written):
    row = only(f"Kari;X;{written}")

    assert (row.email, notices(row)) == ("", [Remark.NO_EMAIL])


def test_first_column_that_says_something_counts_when_several_say_the_same():
    rows = outcomes("Kari;99;55;a;b", "Per;;56;;c", heading="Navn;Mobil;Telefon;Kommentar;Merknad")

    assert [(row.phone, row.note) for row in rows] == [("99", "a\nb"), ("56", "c")]


def test_spoilt_phone_number_is_kept_and_marked():
    row = only("Kari;k@x.example;9,95E+07", heading="Navn;E-post;Mobil")

    assert (row.phone, notices(row)) == ("9,95E+07", [Remark.PHONE_UNCLEAR])


def test_cell_longer_than_any_spreadsheet_allows_is_refused_in_every_field():
    refused = only("Kari;k@x.example;" + "x" * 40_000, heading="Navn;E-post;Notat")

    assert problems(refused) == [("note", Refusal.TOO_LONG)]


def test_long_note_is_shortened_and_marked():
    row = only("Kari;k@x.example;" + "x" * 2001, heading="Navn;E-post;Notat")

    assert (len(row.note), notices(row)) == (2000, [Remark.NOTE_SHORTENED])


def test_what_excel_and_our_own_exports_wrap_around_a_cell_is_taken_off():
    row = only('"=""0401234568""";\'+47 99;\'=X AS', heading="Navn;Mobil;Firma")

    assert (row.name, row.phone, row.company) == ("0401234568", "+47 99", "=X AS")


# Numbers of people, of companies, of rows


def external_ids(heading, *values):
    companies = ("X", "X", "Y")
    rows = [f"{n}{value};Navn {n};{companies[n]}" for n, value in enumerate(values)]
    rows = [row[1:] for row in rows]
    return [row.external_id for row in outcomes(*rows, heading=f"{heading};Navn;Firma")]


def test_company_number_is_no_personal_number_when_colleagues_share_it():
    assert external_ids("Kundenr", "K1", "K1", "K2") == ["", "", ""]
    assert external_ids("ID", "K1", "K1", "K2") == ["", "", ""]


def test_customer_number_is_personal_only_when_colleagues_differ():
    assert external_ids("Kundenr", "K1", "K2", "K3") == ["K1", "K2", "K3"]
    assert external_ids("Kundenr", "K1", "", "K3") == ["", "", ""]


def test_unnamed_number_is_personal_when_nobody_shares_it_and_it_does_not_count_rows():
    assert external_ids("ID", "81", "", "17") == ["81", "", "17"]
    assert external_ids("ID", "1", "2", "3") == ["", "", ""]


def test_person_id_is_personal_and_a_question_when_two_people_have_it():
    first, second, third = outcomes("7;Kari;X", "7;Per;X", "1;Ola;X", heading="Person-ID;Navn;Firma")

    assert (first.external_id, third.external_id) == ("7", "1")
    assert (second.code, second.facts) == (Doubt.SAME_NUMBER, {"first_row": 2})


def test_number_is_personal_when_somebody_says_so():
    rows = outcomes("K1;Kari;X", "K2;Per;Y", heading="Kundenr;Navn;Firma", mapping={"Kundenr": "external_id"})

    assert [row.external_id for row in rows] == ["K1", "K2"]


# The same person twice


def test_same_address_and_name_is_a_duplicate_whatever_the_spelling():
    rows = outcomes("Åse Vågen;X;ase@x.example", "Per;X;ase@x.example", "ASE  VAGEN;Y;ASE@X.example")

    assert [type(row) for row in rows] == [Row, Row, Duplicate]
    assert rows[2] == Duplicate(4, "ASE VAGEN", first_row=2)


def test_same_name_and_company_is_a_duplicate_when_it_has_no_address():
    rows = outcomes("Kari;X AS;k@x.example", "KARI;x as;", "Kari;Y;", "Kari;Y;")

    assert [type(row) for row in rows] == [Row, Duplicate, Row, Duplicate]
    assert [rows[1].first_row, rows[3].first_row] == [2, 4]


def test_address_that_comes_later_is_a_question_so_that_it_is_not_lost():
    _, question = outcomes("Kari;X;", "Kari;X;k@x.example")

    assert (question.code, question.facts) == (Doubt.SAME_PERSON_WITH_ADDRESS, {"first_row": 2})


def test_namesakes_with_different_addresses_are_two_people_and_marked():
    _, second = outcomes("Kari;X;k1@x.example", "Kari;X;k2@x.example")

    assert second.notices == (Notice(Remark.SAME_NAME_IN_FILE, "name", {"first_row": 2}),)


def test_refused_row_makes_no_duplicate_of_the_good_one():
    rows = outcomes("Kari;X;nei", "Kari;X;k@x.example")

    assert [type(row) for row in rows] == [Refused, Row]


def test_outcomes_are_the_same_when_asked_again():
    guest_list = read("felles-adresser.csv")

    assert list(guest_list.outcomes()) == list(guest_list.outcomes())


# Sums and formulas


@pytest.mark.parametrize("cells", ["Sum;;", "Totalt:;;", "Yhteensä;;", ";SUM;", "TOTAL;;24"])
def test_sum_row_is_refused_in_text(cells):
    assert problems(only(cells)) == [("name", Refusal.SUM_ROW)]


def test_person_is_no_sum():
    assert only("Sum;X;sum@x.example").name == "Sum"
    assert only("Antall Hansen;X;").name == "Antall Hansen"
    assert only("Kari;Total;").company == "Total"


def formula_sheet(*rows):
    heading = "".join(
        text_cell(f"{letter}1", word) for letter, word in zip("ABC", ("Navn", "E-post", "Antall"), strict=True)
    )
    return raw_xlsx(f"<row r='1'>{heading}</row>" + "".join(f"<row>{row}</row>" for row in rows))


def test_sum_row_is_refused_when_a_spreadsheet_has_stored_its_value():
    data = formula_sheet(
        text_cell("A2", "Kari") + '<c r="C2"><v>2</v></c>',
        '<c r="C3"><f>SUM(C2:C2)</f><v>2</v></c>',
        text_cell("A4", "I alt") + '<c r="C4"><f>C3</f><v>2</v></c>',
    )

    rows = list(open_guest_list(data).outcomes())

    assert [type(row) for row in rows] == [Row, Refused, Refused]
    assert [problems(row) for row in rows[1:]] == [[("name", Refusal.SUM_ROW)]] * 2
    assert [row.number for row in rows] == [2, 3, 4]


def test_value_of_a_formula_is_taken_and_a_missing_one_refused_or_marked():
    data = formula_sheet(
        '<c r="A2" t="str"><f>X1</f><v>Kari Ås</v></c><c r="B2" t="str"><f>X2</f><v>k@x.example</v></c>',
        '<c r="A3"><f>X1</f></c>' + text_cell("B3", "p@x.example"),
        text_cell("A4", "Ola") + text_cell("B4", "o@x.example") + '<c r="C4" t="e"><f>X3</f><v>#REF!</v></c>',
    )

    taken, refused, marked = open_guest_list(data).outcomes()

    assert (taken.name, taken.email) == ("Kari Ås", "k@x.example")
    assert [(p.field, p.value, p.code) for p in refused.problems] == [("name", "=X1", Refusal.FORMULA_WITHOUT_VALUE)]
    assert marked.notices == (Notice(Remark.FORMULA_WITHOUT_VALUE, "companions", {"value": "=X3"}),)


# Workbooks


def test_phone_numbers_have_no_decimals():
    book = Workbook()
    for row in (["Navn", "Mobil"], ["Kari", 99513358.0], ["Ola", 4799513358]):
        book.active.append(row)

    rows = list(open_guest_list(saved(book)).outcomes())

    assert [(row.name, row.phone) for row in rows] == [("Kari", "99513358"), ("Ola", "4799513358")]


def test_sheet_that_is_not_there_is_told_with_the_others():
    with pytest.raises(NoSuchSheet) as caught:
        read("selgerliste.xlsx", sheet="Gjester")

    assert caught.value.sheets == ("Invitasjoner", "Ikke inviter")


# Limits and speed


def test_twenty_thousand_rows_are_read_and_one_more_is_refused():
    rows = [f"Gjest {n};X;g{n}@x.example" for n in range(20_000)]

    assert open_guest_list(csv(*rows)).count == 20_000
    with pytest.raises(TooManyRows) as caught:
        open_guest_list(csv(*rows, "En til;X;"))
    assert caught.value.facts == {"limit": 20_000}


def test_row_limit_is_exact_below_title_rows():
    titles = "Liste\n\nOppdatert\n"
    data = titles.encode() + csv("a;b;", "c;d;")

    assert open_guest_list(data, limits=Limits(max_rows=2)).count == 2
    with pytest.raises(TooManyRows):
        open_guest_list(data + b"\ne;f;", limits=Limits(max_rows=2))


def test_one_column_of_names_is_a_guest_list():
    rows = open_guest_list(b"Navn\nBerge, Kari\nMoe, Per\n").outcomes()

    assert [row.name for row in rows] == ["Kari Berge", "Per Moe"]


def test_only_our_own_errors_and_every_row_accounted_for_when_cells_are_random():
    chance = random.Random(4)
    bits = [
        "Kari",
        "Ola & ",
        "@x.example",
        ";",
        ";",
        "\n",
        '"',
        "\x00",
        "å",
        "=SUM(",
        ", ",
        "1",
        "\ufffd",
        "\r",
        "🏃",
    ]
    for _ in range(1500):
        text = "".join(chance.choices(bits, k=chance.randrange(40)))
        try:
            guest_list = open_guest_list(f"Navn;Etternavn;E-post;Antall;ID\n{text}".encode())
        except TableError:
            continue
        rows = list(guest_list.outcomes())
        assert len(rows) == guest_list.count
        assert {type(row) for row in rows} <= {Row, Refused, Duplicate, Question}
        assert all(row.problems for row in rows if isinstance(row, Refused))


def test_workbook_written_by_openpyxl_is_read_like_text():
    rows = [["Navn", "Firma", "E-post"], ["Kari Ås", "X AS", "k@x.example"]]

    assert list(open_guest_list(xlsx(rows)).outcomes()) == outcomes("Kari Ås;X AS;k@x.example")
    assert BytesIO(xlsx(rows)).read(2) == b"PK"
