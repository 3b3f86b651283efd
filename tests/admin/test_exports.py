"""Lists to take along: who gets them, what they hold, and that no cell runs (S8, S15)."""

import csv
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from events.domain.cells import defused, restored
from events.models import History
from events.reports import exports
from tests import factories

DANGEROUS = ["=1+1", "+47 55 00 00 00", "-Ola", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_cell_that_would_run_is_defused_and_comes_back(text):
    assert defused(text) == "'" + text
    assert restored(defused(text)) == text


@pytest.mark.parametrize("text", ["Ola", "", "'quoted'", "O'Neil", "3-4", " =1"])
def test_other_text_stays_as_it_was(text):
    assert (defused(text), restored(text)) == (text, text)


def download(client, event, what, form):
    response = client.post(f"/admin/events/event/{event.pk}/export/{what}.{form}")
    assert response.status_code == 200
    return response, response.getvalue()


def rows_of(body):
    text = body.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_csv_is_what_nordic_spreadsheets_read(office, cast):
    response, body = download(office("otto"), cast.event, "guests", "csv")
    assert body.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="stoltzen-guests.csv"'
    assert response.streaming
    heading, *rows = rows_of(body)
    assert sorted(row[0] for row in rows) == ["Greta Åsen", "Henrik Sørli", "Ines Öberg"]
    assert len({len(row) for row in [heading, *rows]}) == 1


def test_name_that_begins_with_a_dash_survives_the_round_trip(office, cast):
    factories.make_guest(cast.event, "-Ola Nordmann")
    _response, body = download(office("otto"), cast.event, "guests", "csv")
    names = [row[0] for row in rows_of(body)]
    assert "'-Ola Nordmann" in names
    assert "-Ola Nordmann" in map(restored, names)


@pytest.mark.parametrize("name", ["=HYPERLINK(A1)", "-Ola Nordmann", "@ola"])
def test_xlsx_holds_text_and_no_formula(office, cast, name):
    factories.make_guest(cast.event, name)
    _response, body = download(office("otto"), cast.event, "guests", "xlsx")
    sheet = load_workbook(BytesIO(body)).active
    found = [cell for cell in sheet["A"] if cell.value == name]
    assert [cell.data_type for cell in found] == ["s"]


def test_answers_stand_under_their_activities(office, cast):
    _response, body = download(office("otto"), cast.event, "answers", "csv")
    heading, *rows = rows_of(body)
    greta = next(dict(zip(heading, row, strict=True)) for row in rows if row[0] == "Greta Åsen")
    labels = {state: str(label) for state, label in cast.greta.answer_set.model.State.choices}
    assert greta["Race"] == labels["not_coming"]
    assert greta["Dinner"] == labels["coming"]


@pytest.mark.parametrize("what", ["guests", "answers"])
def test_no_other_events_guest_is_in_the_file(office, cast, what):
    _response, body = download(office("otto"), cast.event, what, "csv")
    assert "Zoe" not in body.decode() and "Zeta" not in body.decode()


def test_download_stands_in_the_history(office, cast):
    download(office("otto"), cast.event, "guests", "xlsx")
    row = History.objects.get(event=cast.event, what="exported")
    assert (row.by, row.channel, row.facts) == (cast.otto, "office", {"list": "guests", "form": "xlsx"})


@pytest.mark.parametrize("address", ["kitchen.csv", "guests.pdf"])
def test_unknown_list_is_not_found(office, cast, address):
    assert office("otto").post(f"/admin/events/event/{cast.event.pk}/export/{address}").status_code == 404


@pytest.mark.parametrize("report", [exports.guests, exports.answers])
def test_report_asks_three_times_at_the_most_at_any_size(cast, report):
    counts = []
    for guests in (1, 30):
        event = factories.make_event(f"export-{guests}")
        for _number in range(guests):
            factories.make_guest(event, answers={"dinner": "coming"})
        with CaptureQueriesContext(connection) as asked:
            _headings, rows = report(event)
            assert len(list(rows)) == guests
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 3
