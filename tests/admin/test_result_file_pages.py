"""A file of results comes in through the back office: file, columns, check, done, and back again."""

import re
import signal
import subprocess
import sys
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.actions import housekeeping, privacy, result_files, timing
from events.actions.timing import Mark
from events.domain.timing import Kind
from events.models import Entry, HeadingSet, History, Membership, Race, Result, ResultFile, TimingEvent
from tests import factories, racing
from tests import result_files as made
from tests.database import whole_database
from tests.result_files import SHAPES, plain

pytestmark = pytest.mark.django_db
State = ResultFile.State
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def office(cast, client):
    """The client of Otto, who organises the event, in English."""
    enter(client, cast.otto)
    return client


@pytest.fixture
def race(cast):
    return racing.make_race(cast.event)


def enter(client, user):
    client.force_login(user, backend=BACKEND)
    client.cookies["language"] = "en"


def runners_of(race, runners):
    return {each: racing.make_runner(race, each.name, bib=each.bib) for each in runners}


def page(event, name="in", *arguments):
    return reverse(f"admin:event_results_{name}", args=[event.pk, *arguments])


def text_of(response):
    body = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def bring(client, race, data, name="resultater.csv"):
    """The file after it was sent."""
    event = race.activity.event
    response = client.post(page(event), {"file": SimpleUploadedFile(name, data)})
    assert response.status_code == 302, text_of(response)
    return ResultFile.objects.latest("pk")


def read(client, race, data, **columns):
    """The file after its columns were confirmed."""
    file = bring(client, race, data)
    there = page(race.activity.event, "columns", file.pk)
    form = client.get(there).context["form"]
    choices = {field.html_name: field.value() or "" for field in form} | columns
    response = client.post(there, choices)
    assert response.status_code == 302, text_of(response)
    file.refresh_from_db()
    assert file.state == State.READY
    return file


def look(client, file, show=""):
    return client.get(page(file.race.activity.event, "check", file.pk) + (f"?show={show}" if show else ""))


def answer(client, file, show, **said):
    return client.post(page(file.race.activity.event, "answer", file.pk), {"show": show, **said})


def press_apply(client, file):
    seen = re.search(r'name="seen" value="(\w+)"', look(client, file).content.decode())
    response = client.post(
        page(file.race.activity.event, "apply", file.pk), {"seen": seen[1] if seen else ""}, follow=True
    )
    file.refresh_from_db()
    return response


def told(entry):
    result = Result.objects.filter(entry=entry).first()
    return (result.status, result.time_ms) if result else None


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def strangers_in_the_database(runners):
    traces = [trace for each in runners for trace in (each.name, each.email)]
    rows = [(table, row) for table, rows in whole_database().items() for row in rows]
    return [(table, row) for table, row in rows if any(trace in row for trace in traces)]


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "own_start_list"])
def test_each_shape_comes_in_step_by_step_and_leaves_no_stranger(race, office, own_media, shape):
    write, *_rest = SHAPES[shape]
    field = made.runners()
    ours = runners_of(race, field[::2])
    file = read(office, race, write(field))
    assert [path.name.count("resultater") for path in files(own_media)] == [0]
    assert strangers_in_the_database(field[1::2]) == []
    for show in ("ours", "unclear", "missing", "warning", "refused", "unmatched", "question"):
        assert look(office, file, show).status_code == 200
    assert field[1].name in text_of(look(office, file, "unmatched"))
    assert not TimingEvent.objects.exists()
    if "First: how is the file" in text_of(look(office, file)):
        readings = look(office, file).context["readings"]
        answer(office, file, "readings", **{field.html_name: field.value() for field in readings})
        file.refresh_from_db()
    response = press_apply(office, file)
    assert (file.state, file.file.name, files(own_media)) == (State.APPLIED, "", []), text_of(response)
    for each, entry in ours.items():
        status, time_ms = made.written(each, shape)
        assert told(entry) == (status, -(-time_ms // 1000) * 1000 if time_ms else None), each
    assert strangers_in_the_database(field[1::2]) == []
    assert f"{len(ours)} of our runners" in text_of(response)
    assert History.objects.get(what="results").facts == {"file": file.pk, "count": len(ours)}


def test_the_look_tells_counts_first_and_last_and_what_each_line_does(race, office):
    field = made.runners()
    ours = runners_of(race, field[:3])
    timing.record(
        race,
        [Mark(kind=Kind.TYPED, entry=ours[field[1]], time_ms=600_000)],
        by=None,
        channel="system",
        now=timezone.now(),
    )
    file = read(office, race, made.hand_csv(field))
    shown = text_of(look(office, file))
    assert "3 ours 13 nobody of ours 12 finished 2 DNF 1 DNS 1 DSQ" in shown
    assert f"First of ours {field[0].name}" in shown and f"Last of ours {field[2].name}" in shown
    assert "Apply: 2 new results" in shown
    assert "10:00 stands: it was written by hand." in text_of(look(office, file, "warning"))
    press_apply(office, file)
    assert told(ours[field[1]]) == ("OK", 600_000)


def test_how_a_column_is_read_is_asked_once_and_nothing_applied_before(race, office):
    kari, ola = racing.make_runner(race, "Kari Nordås", bib=1), racing.make_runner(race, "Ola Berge", bib=2)
    data = plain([["Startnr", "Tid"], [1, "12,34"], [2, "13,45"], [3, "14,05"]])
    file = read(office, race, data)
    shown = text_of(look(office, file))
    assert "Times are written with a comma, like 12,34. What does it mean?" in shown
    assert "minutes and seconds: 12:34 – 12 min 34 s" in shown
    assert "Apply" not in shown
    press_apply(office, file)
    assert told(kari) is None
    answer(office, file, "readings", **{"topic-comma": "decimal"})
    assert "12:20.4 – 12 min 20.4 s" in text_of(look(office, file))
    answer(office, file, "readings", **{"topic-comma": "clock"})
    press_apply(office, file)
    assert (told(kari), told(ola)) == (("OK", 754_000), ("OK", 825_000))


def test_a_workbooks_hours_are_told_to_be_minutes(race, office):
    field = made.runners()
    runners_of(race, field)
    file = read(office, race, made.hand_sheet(field))
    shown = text_of(look(office, file))
    assert "How the file is read Excel has read" in shown
    assert "Apply: 16 new results" in shown


def test_two_of_one_name_are_chosen_between_or_left_out(race, office, cast):
    one = racing.make_runner(race, "Kari Nordås", bib=1)
    two = racing.enter(race, factories.make_guest(
        cast.event, "Kari Nordås", email="kari2@kunde.example", answers={"race": "coming"}
    ), bib=2)  # fmt: skip
    racing.make_runner(race, "Ola Berge", bib=3)
    data = plain([["Navn", "Tid"], ["Kari Nordås", "12:34"], ["Ola Berge", "13:00"]])
    file = read(office, race, data)
    assert "Several guests fit. Whose time is it?" in text_of(look(office, file))
    assert "1 line that waits for you is left out" in text_of(look(office, file))
    answer(office, file, "question", **{"row-2": str(cast.zoe.pk)})  # none of those who fit
    assert "Apply: 1 new result" in text_of(look(office, file))
    answer(office, file, "question", **{"row-2": str(two.guest_id)})
    assert "Apply: 2 new results" in text_of(look(office, file))
    answer(office, file, "question", reset="1")
    assert "Apply: 1 new result" in text_of(look(office, file))
    answer(office, file, "question", **{"row-2": str(two.guest_id)})
    file.refresh_from_db()
    press_apply(office, file)
    assert (told(one), told(two)) == (None, ("OK", 754_000))


def test_the_unclear_are_decided_one_by_one_or_all_at_once(race, office):
    field = made.runners()
    ours = runners_of(race, field)
    file = read(office, race, made.eq_list_a(field))
    shown = text_of(look(office, file, "unclear"))
    assert "The file has the time 2:54 – 2 min 54 s, but nothing of a finish" in shown
    assert "There is no time, and no word why." in shown
    quitter, other, starter, disqualified = field[12:]
    answer(office, file, "unclear", **{"unclear-14": "174000", "unclear-16": "DNS", "rest": "DNF"})
    press_apply(office, file)
    assert [told(ours[each]) for each in (quitter, other, starter, disqualified)] == [
        ("OK", 174_000), ("DNF", None), ("DNS", None), ("DNF", None),
    ]  # fmt: skip


def test_what_stays_unclear_is_in_the_results_as_unclear_and_what_is_left_out_is_not(race, office):
    field = made.runners()
    ours = runners_of(race, field)
    file = read(office, race, made.eq_list_a(field))
    answer(office, file, "unclear", **{"unclear-14": "out"})
    press_apply(office, file)
    assert (told(ours[field[12]]), told(ours[field[13]])) == (None, ("unclear", None))


def test_an_unreadable_time_of_ours_can_be_decided(race, office):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    ola = racing.make_runner(race, "Ola Berge", bib=2)
    file = read(office, race, plain([["Startnr", "Tid"], [1, "50:l4"], [2, "12:34"], [9, "99:99"]]))
    refused = text_of(look(office, file, "refused"))
    assert "Row 2 50:l4 “50:l4” is no time. Did somebody mean 50:14 – 50 min 14 s?" in refused
    assert "Row 4 99:99" in refused
    assert "Left out, as it cannot be read" in text_of(look(office, file, "unclear"))
    assert "Apply: 1 new result" in text_of(look(office, file))
    answer(office, file, "unclear", **{"unclear-2": "3014000"})
    press_apply(office, file)
    assert (told(kari), told(ola)) == (("OK", 3_014_000), ("OK", 754_000))


def test_a_newer_file_comes_before_runner_by_runner_and_can_be_taken_back(race, office):
    kari, ola = racing.make_runner(race, "Kari Nordås", bib=1), racing.make_runner(race, "Ola Berge", bib=2)
    first = read(office, race, plain([["Startnr", "Tid"], [1, "12:34"], [2, "13:00"]]))
    press_apply(office, first)
    second = read(office, race, plain([["Startnr", "Tid"], [1, "12:30"]]))
    shown = text_of(look(office, second))
    assert "before: 12:34 changed" in shown and "Apply: 1 changed" in shown
    assert "Ola Berge" in text_of(look(office, second, "missing"))
    press_apply(office, second)
    assert (told(kari), told(ola)) == (("OK", 750_000), ("OK", 780_000))
    said = text_of(office.get(page(race.activity.event, "said", first.pk)))
    assert "Kari Nordås by bib 12:34 – 12 min 34 s 12:30" in said and "13 min 0 s the same" in said
    there = page(race.activity.event, "undo", second.pk)
    assert "is taken back" in text_of(office.post(there, follow=True))
    assert (told(kari), told(ola)) == (("OK", 754_000), ("OK", 780_000))
    before = whole_database()
    assert office.post(there).status_code == 302
    assert {k: v for k, v in whole_database().items() if k.startswith("events_")} == {
        k: v for k, v in before.items() if k.startswith("events_")
    }
    second.refresh_from_db()
    assert second.state == State.UNDONE
    assert "Kari Nordås" in text_of(office.get(page(race.activity.event, "said", second.pk)))
    assert "Taken back" in text_of(office.get(page(race.activity.event)))


def test_the_same_bytes_again_say_so_and_may_come_again_when_taken_back(race, office, own_media):
    racing.make_runner(race, "Kari Nordås", bib=1)
    data = plain([["Startnr", "Tid"], [1, "12:34"]])
    file = read(office, race, data)
    press_apply(office, file)
    before = {k: v for k, v in whole_database().items() if k.startswith("events_")}
    response = office.post(page(race.activity.event), {"file": SimpleUploadedFile("x.csv", data)}, follow=True)
    assert "This very file is applied already" in text_of(response)
    assert ({k: v for k, v in whole_database().items() if k.startswith("events_")}, files(own_media)) == (before, [])
    office.post(page(race.activity.event, "undo", file.pk))
    press_apply(office, read(office, race, data))
    assert Result.objects.count() == 1


@pytest.mark.parametrize("what", ["another file", "a typed time", "a guest who cannot come"])
def test_what_changed_between_look_and_apply_is_asked_again(race, office, what):
    kari, ola = racing.make_runner(race, "Kari Nordås", bib=1), racing.make_runner(race, "Ola Berge", bib=2)
    file = read(office, race, plain([["Startnr", "Tid"], [1, "12:34"], [2, "13:00"]]))
    seen = look(office, file).context["plan"].digest
    if what == "another file":
        result_files.apply(
            race.activity, plain([["Startnr", "Tid"], [1, "12:00"]]), result_files.Choices(), by=None,
            channel="command", now=timezone.now(),
        )  # fmt: skip
    elif what == "a typed time":
        timing.record(
            race, [Mark(kind=Kind.TYPED, entry=ola, time_ms=700_000)], by=None, channel="system", now=timezone.now()
        )
    else:
        ola.guest.answer_set.filter(activity=race.activity).update(state="not_coming")
    before = {k: v for k, v in whole_database().items() if k.startswith("events_")}
    response = office.post(page(race.activity.event, "apply", file.pk), {"seen": seen}, follow=True)
    assert "Something has changed meanwhile" in text_of(response)
    assert {k: v for k, v in whole_database().items() if k.startswith("events_")} == before
    assert "is in" not in text_of(response)
    press_apply(office, file)
    assert file.state == State.APPLIED
    assert told(kari) == ("OK", 754_000)


def test_two_presses_apply_once(race, office):
    racing.make_runner(race, "Kari Nordås", bib=1)
    file = read(office, race, plain([["Startnr", "Tid"], [1, "12:34"]]))
    seen = look(office, file).context["plan"].digest
    for _press in range(2):
        office.post(page(race.activity.event, "apply", file.pk), {"seen": seen})
    assert TimingEvent.objects.count() == 1


def test_corrected_columns_are_remembered_for_the_same_headings_apart_from_guest_lists(race, office):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    data = plain([["Startnr", "Oppover", "Tid"], [1, "12:34", "99"], [2, "13:00", "99"]])
    file = read(office, race, data, **{"column-1": "time", "column-2": ""})
    press_apply(office, file)
    assert told(kari) == ("OK", 754_000)
    assert HeadingSet.objects.get().fingerprint.startswith("results-")
    again = bring(office, race, plain([["STARTNR", "oppover:", "Tid"], [1, "12:30", "98"]]))
    form = office.get(page(race.activity.event, "columns", again.pk)).context["form"]
    assert {field.html_name: field.value() for field in form} == {
        "column-0": "bib", "column-1": "time", "column-2": "",
    }  # fmt: skip


def test_columns_without_headings_are_chosen_by_letter(race, office):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    data = plain([["x", 1, "12:34", "y"], ["x", 2, "13:00", "y"]])
    file = bring(office, race, data)
    there = page(race.activity.event, "columns", file.pk)
    assert "We found no headings" in text_of(office.get(there))
    assert office.post(there, {"column-1": "bib"}).status_code == 422
    assert "Say which column holds the time." in text_of(office.post(there, {"column-1": "bib"}))
    assert "bib or the name" in text_of(office.post(there, {"column-2": "time"}))
    office.post(there, {"column-0": "", "column-1": "bib", "column-2": "time", "column-3": ""})
    file.refresh_from_db()
    press_apply(office, file)
    assert told(kari) == ("OK", 754_000)


@pytest.mark.parametrize("data", [b"", b"\x00\x01" * 99, b"%PDF-1.4", b"<html></html>", b"{]", b"PK\x03\x04"])
def test_any_bytes_are_refused_kindly(race, office, own_media, data):
    response = office.post(page(race.activity.event), {"file": SimpleUploadedFile("r.csv", data)})
    assert response.status_code == 422
    assert "Almost there" in text_of(response)
    assert (ResultFile.objects.count(), files(own_media)) == (0, [])


def test_limits_of_size_and_rows_are_told(race, office, settings):
    settings.GUEST_LIST_MAX_BYTES = 1000
    response = office.post(page(race.activity.event), {"file": SimpleUploadedFile("r.csv", b"a;b\n" * 400)})
    assert "a file of results can be up to 1000 bytes" in text_of(response).replace("\xa0", " ")
    settings.GUEST_LIST_MAX_BYTES, settings.GUEST_LIST_MAX_ROWS = 100_000, 20
    data = plain([["Startnr", "Tid"], *[[n, "12:34"] for n in range(60)]])
    response = office.post(page(race.activity.event), {"file": SimpleUploadedFile("r.csv", data)}, follow=True)
    assert "There are more than 20 rows" in text_of(response)


def test_imported_text_is_text_on_every_page(race, office):
    racing.make_runner(race, "Kari Nordås", bib=1)
    racing.make_runner(race, "Ola Berge", bib=5)
    bad = "<script>alert(1)</script>"
    rows = [[1, "Kari Nordås", "12:34"], [2, bad, bad], [1, "Kari", "13:00"], [5, "Ola Berge", "14:00"]]
    data = plain([["Startnr", "Navn", "Tid", bad], *([*row, bad] for row in rows)])
    file = bring(office, race, data, f"{bad}.csv")
    event = race.activity.event
    pages = [office.get(page(event, "columns", file.pk))]
    office.post(page(event, "columns", file.pk), {f.html_name: f.value() or "" for f in pages[0].context["form"]})
    pages += [look(office, file, show) for show in ("ours", "question", "unclear", "refused", "unmatched")]
    file.refresh_from_db()
    press_apply(office, file)
    pages += [office.get(page(event, "said", file.pk)), office.get(page(event))]
    assert [response.status_code for response in pages] == [200] * 8
    assert not [response for response in pages if "<script>alert" in response.content.decode()]


def test_a_file_is_put_away_by_hand_or_after_a_day(race, office, own_media, clock):
    racing.make_runner(race, "Kari Nordås", bib=1)
    file = read(office, race, plain([["Startnr", "Tid"], [1, "12:34"]]))
    office.post(page(race.activity.event, "put_away", file.pk))
    assert (ResultFile.objects.count(), files(own_media)) == (0, [])
    applied = read(office, race, plain([["Startnr", "Tid"], [1, "12:35"]]))
    press_apply(office, applied)
    read(office, race, plain([["Startnr", "Tid"], [1, "12:36"]]))
    assert housekeeping.put_away_lists(now=clock.move(hours=23)) == 0
    assert housekeeping.put_away_lists(now=clock.move(hours=2)) == 1
    assert (list(ResultFile.objects.all()), files(own_media)) == ([applied], [])
    assert office.post(page(race.activity.event, "put_away", applied.pk)).status_code == 302
    assert ResultFile.objects.count() == 1


def test_a_file_on_its_way_is_its_bringers_alone_and_an_applied_one_of_all_who_organise(race, office, cast, client):
    racing.make_runner(race, "Kari Nordås", bib=1)
    file = read(office, race, plain([["Startnr", "Tid"], [1, "12:34"]]))
    event = cast.event
    colleague = factories.make_organiser(event, "oda")
    host = factories.make_host_login(event, cast.host)
    starter = factories.make_organiser(event, "stina", Membership.Role.STARTER)
    names = ("columns", "check", "said")
    enter(client, colleague)
    assert [client.get(page(event, name, file.pk)).status_code for name in names] == [404] * 3
    enter(client, cast.otto)
    press_apply(client, file)
    for user, status in ((colleague, 200), (cast.olga, 404), (host, 404), (starter, 404)):
        enter(client, user)
        assert client.get(page(event, "said", file.pk)).status_code == status
        assert client.get(page(event)).status_code == status
        if status == 404:
            assert client.post(page(event, "undo", file.pk)).status_code == 404
    enter(client, cast.olga)
    assert client.get(page(cast.other_event, "said", file.pk)).status_code == 404
    file.refresh_from_db()
    assert file.state == State.APPLIED


def test_looking_writes_nothing(race, office):
    field = made.runners()
    runners_of(race, field[:4])
    file = read(office, race, made.eq_list_a(field, other_race=3))
    event = race.activity.event
    before = whole_database()
    for there in (page(event), page(event, "columns", file.pk), page(event, "check", file.pk)):
        for show in ("", "?show=ours", "?show=unmatched", "?show=unclear&page=2", "?show=tull"):
            assert office.get(there + show).status_code == 200
    for name in ("answer", "apply", "put_away", "undo"):
        assert office.get(page(event, name, file.pk)).status_code == 405
    assert whole_database() == before


def test_the_look_says_what_guests_will_see(race, office):
    racing.make_runner(race, "Kari Nordås", bib=1)
    file = read(office, race, plain([["Startnr", "Tid"], [1, "12:34"]]))
    assert "Guests see nothing before you show the results." in text_of(look(office, file))
    Race.objects.filter(pk=race.pk).update(state="provisional", published_at=timezone.now())
    assert "The results are shown, so guests see this at once." in text_of(look(office, file))
    Race.objects.filter(pk=race.pk).update(state="final")
    assert "These results are final. A change makes them provisional again." in text_of(look(office, file))
    press_apply(office, file)
    assert Race.objects.get(pk=race.pk).state == Race.State.PROVISIONAL


def test_whoever_comes_without_an_entry_gets_one(race, office, cast):
    guest = factories.make_guest(cast.event, "Åse Øvrebø", answers={"race": "coming"})
    press_apply(office, read(office, race, plain([["Navn", "Tid"], ["Øvrebø, Åse", "12:34"]])))
    assert told(Entry.objects.get(guest=guest)) == ("OK", 754_000)


def test_who_is_forgotten_is_in_no_file_on_its_way(race, office, cast):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    racing.make_runner(race, "Ola Berge", bib=2)
    other = read(office, race, plain([["Startnr", "Tid"], [2, "12:34"]]))
    mine = read(office, race, plain([["Startnr", "Navn", "Tid"], [1, "Kari Nordås", "12:34"]]))
    privacy.forget_guest(kari.guest, by=cast.otto, channel="office", now=timezone.now())
    assert list(ResultFile.objects.all()) == [other]
    assert not ResultFile.objects.filter(pk=mine.pk).exists()


def test_five_thousand_rows_are_looked_at_in_a_few_seconds_and_queries(race, office):
    field = made.runners(4996)
    runners_of(race, field[:3])
    file = read(office, race, made.eq_list_a(field))
    started = time.process_time()
    with CaptureQueriesContext(connection) as caught:
        shown = text_of(look(office, file, "ours"))
    took = time.process_time() - started
    print(f"5,000 rows looked at in {took:.2f} s CPU, {len(caught)} queries")
    assert "5000 lines" in shown
    assert took < 5
    few = read(office, race, plain([["Startnr", "Tid"], *[[each.bib, "12:34"] for each in field[:3]]]))
    with CaptureQueriesContext(connection) as short:
        look(office, few, "ours")
    assert len(caught) == len(short)


CHILD = """
import os, django
django.setup()
from django.utils import timezone
from events.actions import result_files, timing
from events.models import Activity
rebuild = timing.rebuild
def die(race):
    rebuild(race)
    os.kill(os.getpid(), 9)
timing.rebuild = die
data = open({path!r}, "rb").read()
result_files.apply(
    Activity.objects.get(pk={activity}), data, result_files.Choices(), by=None, channel="command", now=timezone.now()
)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_while_applying_leaves_nothing(child_environment, tmp_path):
    race = racing.make_race(factories.make_event())
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    path = tmp_path / "r.csv"
    path.write_bytes(plain([["Startnr", "Tid"], [1, "12:34"]]))
    before = whole_database()
    code = CHILD.format(path=str(path), activity=race.activity_id)
    child = subprocess.run([sys.executable, "-c", code], env=child_environment, capture_output=True, timeout=120)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()[-2000:]
    assert whole_database() == before
    how = {"by": None, "channel": "command", "now": timezone.now()}
    assert result_files.apply(race.activity, path.read_bytes(), result_files.Choices(), **how).is_new
    assert told(kari) == ("OK", 754_000)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_files_taken_back_in_any_order_leave_nothing(race, office, order):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    both = [read(office, race, plain([["Startnr", "Tid"], [1, text]])) for text in ("12:34", "12:30")]
    for file in both:
        press_apply(office, file)
    for at in order:
        office.post(page(race.activity.event, "undo", both[at].pk))
    assert told(kari) is None
    assert Result.objects.count() == 0
    assert TimingEvent.objects.filter(kind="imported").count() == 2
