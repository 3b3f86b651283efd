"""The export command writes what the back office offers."""

import csv
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from pypdf import PdfReader

from events.models import Answer, Entry, History
from tests import factories, racing


def test_guests_are_written_as_csv_and_it_stands_in_the_history(cast, tmp_path, capsys):
    file = tmp_path / "guests.csv"
    call_command("export", "stoltzen", "guests", "--format", "csv", "--out", str(file))
    heading, *rows = csv.reader(file.read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert heading[0] == "name"
    assert sorted(row[0] for row in rows) == ["Greta Åsen", "Henrik Sørli", "Ines Öberg"]
    row = History.objects.get(what="exported")
    assert (row.channel, row.facts) == ("command", {"list": "guests", "form": "csv"})


def test_answers_are_written_as_xlsx(cast, tmp_path):
    file = tmp_path / "answers.xlsx"
    call_command("export", "stoltzen", "answers", "--format", "xlsx", "--out", str(file))
    names = [cell.value for cell in load_workbook(file).active["A"]]
    assert sorted(names[1:]) == ["Greta Åsen", "Henrik Sørli", "Ines Öberg"]


def test_start_list_is_written_with_our_own_id_and_in_the_order_of_the_starts(cast, now, tmp_path):
    race = cast.activity("race")
    for number, guest in enumerate((cast.henrik, cast.ines)):
        Answer.objects.filter(guest=guest, activity=race).update(state="coming", answered_at=now)
        at = race.starts_at + timedelta(seconds=10 * (1 - number))
        Entry.objects.create(guest=guest, activity=race, bib=7 + number, slot_at=at, changed_at=now)
    file = tmp_path / "starts.xlsx"
    call_command("export", "stoltzen", "start-list", "--format", "xlsx", "--out", str(file))
    heading, *rows = load_workbook(file).active.iter_rows(values_only=True)
    assert heading[0] == "Vertskap-id"
    assert [(row[0], row[2], row[3], row[6]) for row in rows] == [
        (str(cast.ines.pk), "8", "Ines Öberg", "16:00:00"), (str(cast.henrik.pk), "7", "Henrik Sørli", "16:00:10")
    ]  # fmt: skip


@pytest.mark.parametrize(("slug", "out"), [("nowhere", "x.csv"), ("stoltzen", "no/such/folder/x.csv")])
def test_bad_use_ends_with_two_and_leaves_no_trace(cast, tmp_path, slug, out):
    with pytest.raises(CommandError) as refused:
        call_command("export", slug, "guests", "--out", str(tmp_path / out))
    assert refused.value.returncode == 2
    assert not History.objects.filter(what="exported").exists()


@pytest.mark.parametrize("what", ["start-list", "results", "bibs", "diplomas"])
def test_what_is_printed_is_written_as_pdf_in_the_sites_language(cast, tmp_path, what):
    race = racing.make_race(cast.event)
    racing.record(race, {racing.make_runner(race, "Kari Nordås", bib=1): 12})
    file = tmp_path / "list.pdf"
    call_command("export", "stoltzen", what, "--format", "pdf", "--out", str(file))
    (page,) = PdfReader(file).pages
    assert "Kari Nordås" in " ".join(page.extract_text().split())
    word = {"start-list": "Startliste", "results": "Resultater", "bibs": "Stoltzen", "diplomas": "Diplom"}[what]
    assert word in page.extract_text()
    assert History.objects.get(what="exported").facts == {"list": what, "form": "pdf"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("guests", "--format", "pdf"), 1),  # a table, not a page
        (("diplomas", "--format", "csv"), 1),
        (("diplomas", "--format", "pdf"), 1),  # nobody has run
        (("results", "--format", "pdf", "--race", "dinner"), 2),
    ],
)
def test_what_cannot_be_printed_is_said(cast, tmp_path, arguments, code):
    with pytest.raises(CommandError) as refused:
        call_command("export", "stoltzen", *arguments, "--out", str(tmp_path / "x"))
    assert refused.value.returncode == code
    assert not (tmp_path / "x").exists()


def test_the_race_is_named_where_there_are_several(cast, tmp_path):
    factories.make_activity(cast.event, "night", kind="race")
    with pytest.raises(CommandError, match=r"There are: race, night|There are: night, race"):
        call_command("export", "stoltzen", "start-list", "--format", "pdf", "--out", str(tmp_path / "x"))
    call_command("export", "stoltzen", "start-list", "--format", "pdf", "--race", "night", "--out", str(tmp_path / "x"))
    assert (tmp_path / "x").read_bytes().startswith(b"%PDF")
