"""`import_guests` on files as organisers have them: tests/data/README.md says what is expected of each."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from events.models import Contact, Event, Guest, Host
from tests import factories
from tests.database import whole_database
from tests.lists import LISTS, csv

pytestmark = pytest.mark.django_db
COUNTS = ("rows", "new", "changed", "unchanged", "refused", "duplicates")


@pytest.fixture
def event(clock):
    return factories.make_event("st")


def run(file, *arguments, slug="st"):
    """(exit code, what was printed, the sentence of a refusal)."""
    out = io.StringIO()
    path = LISTS / file if isinstance(file, str) else file
    try:
        call_command("import_guests", slug, str(path), *arguments, stdout=out)
        return 0, out.getvalue(), ""
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)


def summary(file, *arguments, code=0):
    """The --json object."""
    ended, printed, _sentence = run(file, *arguments, "--json")
    assert ended == code
    return json.loads(printed.splitlines()[-1])


def counted(said):
    """(rows, new, changed, unchanged, refused, duplicates, questions), which must add up."""
    counts = tuple(said[name] for name in COUNTS)
    assert counts[0] == sum(counts[1:]) + len(said["questions"])
    return (*counts, len(said["questions"]))


def test_a_crm_export_is_forty_new_guests(event):
    assert counted(summary("crm-eksport.csv")) == (40, 40, 0, 0, 0, 0, 0)
    assert Guest.objects.filter(event=event).count() == 40
    assert not Contact.objects.exclude(external_id="").exists()  # Kundenr is the company's


def test_the_week_after_two_are_new_three_changed_and_one_is_missing(event):
    summary("crm-eksport.csv")
    said = summary("crm-eksport-uke-2.csv")
    assert counted(said) == (41, 2, 3, 36, 0, 0, 0)
    assert said["missing"] == [
        {"name": "Per Vågen", "company": "Blåmanen Energi", "email": "per.vagen@blamanen.example"}
    ]
    assert Guest.objects.get(contact__name="Per Vågen").contact.email == "per.vagen@blamanen.example"
    facts = Guest.objects.filter(history__what="changed").values_list("history__facts", flat=True)
    assert sorted(fact["fields"] for fact in facts if fact) == [["host"], ["language"], ["phone"]]


def test_a_salespersons_sheet_is_twenty_four_guests_four_of_them_without_mail(event):
    said = summary("selgerliste.xlsx", code=1)
    assert counted(said) == (25, 24, 0, 0, 1, 0, 0)
    assert [(problem["row"], problem["code"]) for problem in said["problems"]] == [(30, "sum_row")]
    assert len(said["without_mail"]) == 4 == Guest.objects.without_mail().count()
    assert {entry["message"] for entry in said["without_mail"]} == {"Has no mail: call, or hand over the link."}
    berge = Guest.objects.get(contact__name="Ragnhild Berge")
    assert (berge.contact.first_name, berge.contact.email) == ("Ragnhild", "ragnhild.berge@fjellvag.example")
    kari = Guest.objects.get(contact__name="Kari Håland")
    assert (kari.companions_allowed, kari.note) == (1, "ringer selv")  # "Antall" 2 counts the guest
    assert {row.email for row in Host.objects.all()} == {""}


def test_the_second_sheet_is_read_only_when_asked_for(event):
    names = set(summary("selgerliste.xlsx", "--dry-run", code=1)["problems"][0])
    assert names == {"row", "field", "value", "code", "message"}
    code, _printed, sentence = run("selgerliste.xlsx", "--sheet", "Ark 9")
    assert (code, sentence) == (2, "There is no sheet Ark 9. There are: Invitasjoner, Ikke inviter.")
    other = summary("selgerliste.xlsx", "--sheet", "Ikke inviter", "--dry-run")
    assert 0 < other["rows"] < 24


def test_people_who_share_an_address_are_all_taken_and_the_same_man_once(event):
    said = summary("felles-adresser.csv", code=1)
    assert counted(said) == (8, 6, 0, 0, 0, 1, 1)
    (question,) = said["questions"]
    assert (question["row"], question["code"]) == (2, "two_people")
    assert question["proposal"] == ["Kari Nordås", "Ola Nordås"]
    assert not Contact.objects.filter(name__contains="Nordås").filter(name__contains="&").exists()
    assert Contact.objects.filter(name="Siv, Målfrid d'Aulaire").exists()


def test_a_finnish_list_in_utf_16_is_four_guests(event):
    said = summary("asiakkaat-unicode.txt")
    assert counted(said) == (4, 4, 0, 0, 0, 0, 0)
    assert [entry["name"] for entry in said["without_mail"]] == ["Seppo Öhman"]


def test_a_hostile_list_gives_four_guests_and_six_reasons(event):
    said = summary("fiendtlig.csv", code=1)
    assert counted(said) == (10, 4, 0, 0, 6, 0, 0)
    assert [(problem["row"], problem["field"], problem["code"]) for problem in said["problems"]] == [
        (3, "email", "line_break"),
        (5, "name", "name_missing"),
        (6, "email", "address_wrong"),
        (7, "last_name", "too_long"),
        (8, "last_name", "control_character"),
        (9, "email", "address_wrong"),
    ]
    assert all(problem["message"].endswith(".") for problem in said["problems"])
    assert Contact.objects.filter(email__endswith="@blåbær.example").exists()
    assert Contact.objects.filter(name__startswith="=").exists()  # a formula is a text


@pytest.mark.parametrize(
    ("file", "sentence", "code"),
    [
        ("tom.csv", "The file is empty. Save the list again, and choose that file.", "file_is_empty"),
        (
            "bare-overskrift.csv",
            "There are headings in row 1, but no guests below them. Is it the right file?",
            "only_headings",
        ),
    ],
)
def test_a_file_without_guests_is_refused_in_a_clear_sentence(event, file, sentence, code):
    assert run(file) == (1, "", sentence)
    (problem,) = summary(file, code=1)["problems"]
    assert (problem["code"], problem["message"], problem["row"]) == (code, sentence, None)


@pytest.mark.parametrize("file", [path.name for path in sorted(LISTS.iterdir()) if path.stat().st_size > 100])
def test_again_changes_nothing_and_a_dry_run_writes_nothing(event, file):
    before = whole_database()
    planned = json.loads(run(file, "--dry-run", "--json")[1])
    assert whole_database() == before
    done = json.loads(run(file, "--json")[1])
    assert counted(planned) == counted(done)
    before = whole_database()
    again = json.loads(run(file, "--json")[1])
    assert whole_database() == before
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, done["new"])


def test_columns_are_corrected_by_name_and_bad_corrections_are_bad_use(event, tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes(csv("Kari Li;Ola;x", heading="Deltaker x;Fadder;Navn"))
    said = summary(file, "--map", "Deltaker x=name", "--map", "Fadder=host", "--map", "Navn=")
    assert said["new"] == 1
    assert Guest.objects.get().host.name == "Ola"
    assert Contact.objects.get().name == "Kari Li"
    for wrong in ("Finnes ikke=name", "Navn=tull", "Navn", "=name"):
        code, _printed, sentence = run(file, "--map", wrong)
        assert code == 2
        assert sentence


def test_an_unknown_event_or_file_is_bad_use(event, tmp_path):
    assert run("crm-eksport.csv", slug="nope")[0] == 2
    assert run(tmp_path / "nope.csv")[0] == 2
    assert run(tmp_path)[0] == 2
    assert Event.objects.get().guest_set.count() == 0


def test_people_read_what_happened_and_what_waits_for_them(event):
    _code, printed, sentence = run("selgerliste.xlsx")
    lines = printed.splitlines()
    assert lines[0] == "25 rows: 24 new, 0 changed, 0 unchanged, 1 refused, 0 duplicates, 0 in question."
    assert lines[1] == "Row 30, name 'SUM': This looks like a row of sums, not like a guest. It is left out."
    assert sentence == "Some rows wait for you; the others are done."
