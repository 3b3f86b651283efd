import pytest

from events.domain.heading_words import WORDS
from events.domain.headings import FIELDS, find_heading_row, fingerprint, meaning, recognise
from events.domain.tabular import Line


def fields(headings, mapping=()):
    return [column.field for column in recognise(headings, mapping)]


@pytest.mark.parametrize(
    "headings",
    [
        ["Fornavn", "Etternavn", "Firma", "E-post", "Mobil", "Kundeansvarlig", "Språk", "Følge", "Merknad"],
        [
            "Förnamn",
            "Efternamn",
            "Företag",
            "E-postadress",
            "Telefon",
            "Värd",
            "Språk",
            "Sällskap",
            "Anteckning",
        ],
        ["Etunimi", "Sukunimi", "Yritys", "Sähköposti", "Puhelin", "Kutsuja", "Kieli", "Avec", "Huomautus"],
        ["First name", "Last name", "Company", "E-mail", "Phone", "Host", "Language", "Plus ones", "Notes"],
        [
            "FIRST NAME",
            " last  name ",
            "company:",
            "E-Mail Address",
            "Mobile Phone",
            "Owner",
            "lang.",
            "+1",
            "Remarks*",
        ],
    ],
)
def test_headings_are_recognised_in_every_language(headings):
    expected = [
        "first_name",
        "last_name",
        "company",
        "email",
        "phone",
        "host",
        "language",
        "companions",
        "note",
    ]

    assert fields(headings) == expected


@pytest.mark.parametrize(
    "heading", ["Navn", "Namn", "Nimi", "Name", "Fullt navn", "Gjest", "Gäst", "Vieras", "Guest name"]
)
def test_one_name_column_is_recognised(heading):
    assert fields([heading]) == ["name"]


@pytest.mark.parametrize("heading", ["Nr", "Deltok 2025", "", "Dato", "Postnummer", "Sum"])
def test_other_columns_are_ignored_and_say_so(heading):
    (column,) = recognise([heading])

    assert (column.field, column.why_ignored) == ("", "not_recognised")


@pytest.mark.parametrize(
    ("heading", "field"), [("E-post (jobb)", "email"), ("Telefon 2", "phone"), ("Navn [etter ID]", "name")]
)
def test_brackets_and_numbers_after_a_heading_do_not_matter(heading, field):
    assert fields([heading]) == [field]


def test_antall_counts_the_guest_and_plus_ones_do_not():
    columns = recognise(["Navn", "Antall", "Plus ones"])

    assert [(column.field, column.counts_guest) for column in columns[1:]] == [
        ("companions", True),
        ("companions", False),
    ]


@pytest.mark.parametrize("heading", ["Kontaktperson", "Contact", "Yhteyshenkilö"])
def test_contact_person_is_the_host_when_there_is_another_name_and_else_the_guest(heading):
    assert fields(["Etternavn", heading]) == ["last_name", "host"]
    assert fields(["Kunde", heading]) == ["company", "name"]


def test_mapping_overrules_and_may_ignore_a_column():
    columns = recognise(["Navn", "Firma", "Hvem", "Kontaktperson"], {"hvem ": "name", "NAVN": "", "Firma": "note"})

    assert [column.field for column in columns] == ["", "note", "name", "host"]
    assert columns[0].why_ignored == "chosen"


def test_column_mapped_to_companions_still_counts_the_guest_when_its_heading_does():
    assert recognise(["Antall"], {"Antall": "companions"})[0].counts_guest
    assert not recognise(["Ekstra"], {"Ekstra": "companions"})[0].counts_guest


def test_every_word_has_one_meaning_and_every_meaning_leads_to_a_field():
    pseudo = {"heads", "contact", "customer_number", "some_number"}

    assert set(WORDS) - pseudo == set(FIELDS)
    for expected, words in WORDS.items():
        for line in words.strip().splitlines():
            for word in line.strip().split("|"):
                assert (word, meaning(word)) == (word, expected)


def lines(*rows):
    return [Line(number, list(row)) for number, row in enumerate(rows, 1)]


def test_heading_row_is_the_one_with_most_recognised_headings():
    head = lines(["Gjester"], ["Oppdatert", "14.08"], ["Nr", "Navn", "E-post"], ["1", "Kari", "k@x.example"])

    assert find_heading_row(head) == 2


def test_first_heading_row_wins_when_it_is_repeated():
    assert find_heading_row(lines(["Navn", "By"], ["Kari", "Voss"], ["Navn", "By"])) == 0


def test_there_is_no_heading_row_when_neither_name_nor_address_is_recognised():
    assert find_heading_row(lines(["Firma", "Telefon"], ["X AS", "99"])) is None
    assert find_heading_row(lines(["Firma", "Telefon", "Hvem"]), {"Hvem": "name"}) == 0


def test_heading_row_is_looked_for_in_the_first_twenty_rows():
    titles = [[f"tittel {number}"] for number in range(19)]

    assert find_heading_row(lines(*titles, ["Navn"])) == 19
    assert find_heading_row(lines(*titles, ["tittel"], ["Navn"])) is None


def test_fingerprint_is_the_same_whatever_order_case_and_punctuation():
    one = fingerprint(["Navn", "E-post", "Firma", ""])

    assert one == fingerprint(["FIRMA:", "epost", "navn"])
    assert one != fingerprint(["Navn", "E-post"])
    assert len(one) == 32


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR"), (701, "ZZ"), (702, "AAA")])
def test_column_without_a_heading_is_known_by_its_letter(index, letter):
    assert recognise([""] * (index + 1))[index].letter == letter
