"""`import_results` and `results`: every shape of file, what is counted, asked and written; and of strangers nothing."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from events.domain.ranking import Status
from events.models import History, Race, Result, ResultFile, TimingEvent
from events.reports import starts
from tests import factories, racing, result_files
from tests.database import whole_database
from tests.result_files import SHAPES, plain

pytestmark = pytest.mark.django_db
COUNTS = ("rows", "matched", "unmatched", "ambiguous", "finishers", "dns", "dnf", "dsq", "nc", "unclear", "refused")


@pytest.fixture
def race(cast):
    return racing.make_race(cast.event)


@pytest.fixture
def bring(tmp_path, race):
    """bring(data, …) → (exit code, summary) of the command."""

    def bring(data, *options):
        file = tmp_path / "resultater.dat"
        file.write_bytes(data)
        out = StringIO()
        try:
            call_command("import_results", race.activity.event.slug, str(file), *options, "--json", stdout=out)
            code = 0
        except CommandError as error:
            code = error.returncode
        return code, json.loads(out.getvalue().splitlines()[-1]) if out.getvalue() else None

    return bring


def enter(race, runners):
    """{runner: entry} with the runner's bib."""
    return {each: racing.make_runner(race, each.name, bib=each.bib) for each in runners}


def told(entry):
    result = Result.objects.filter(entry=entry).first()
    return (result.status, result.time_ms) if result else None


def counts(summary):
    return {name: summary[name] for name in COUNTS}


def results(race, *options):
    out = StringIO()
    call_command("results", race.activity.event.slug, *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_comes_in_with_its_counts(race, bring, shape):
    """Half of the runners are ours; of the others, who are named in the file, the database knows nothing."""
    write, *_rest = SHAPES[shape]
    field = result_files.runners()
    ours = enter(race, field[::2])
    if shape == "own_start_list":  # which knows ours by our own number, and the bib stood for it
        rows = [["Vertskap-id", "Navn", "Tid"]]
        for each, entry in ours.items():
            rows.append([entry.guest_id, "", result_files.clock(each.seconds) if each.ms else each.status])
        rows += [
            [f"{each.bib}000", "", result_files.clock(each.seconds) if each.ms else each.status] for each in field[1::2]
        ]
        data = plain(rows)
    else:
        data = write(field)
    code, summary = bring(data, "--yes")
    expected = [result_files.written(each, shape)[0] for each in field]
    assert counts(summary) == {
        "rows": len(field), "matched": len(ours), "unmatched": len(field) - len(ours), "ambiguous": 0,
        "finishers": expected.count(Status.OK), "dns": expected.count(Status.DNS), "dnf": expected.count(Status.DNF),
        "dsq": expected.count(Status.DSQ), "nc": 0, "unclear": expected.count(Status.UNCLEAR), "refused": 0,
    }  # fmt: skip
    assert (code, summary["applied"], summary["problems"]) == (0, True, [])
    for each, entry in ours.items():
        status, time_ms = result_files.written(each, shape)
        assert told(entry) == (status, -(-time_ms // 1000) * 1000 if time_ms else None), each
    assert strangers_in_the_database(field[1::2]) == []
    assert strangers_in_the_database(field[::2]) != []  # else the search could not fail


def strangers_in_the_database(runners):
    """[(table, row)] that tell of one of these."""
    traces = [trace for each in runners for trace in (each.name, each.email, f"{each.last}, {each.first}")]
    rows = [(table, row) for table, rows in whole_database().items() for row in rows]
    return [(table, row) for table, row in rows if any(trace in row for trace in traces)]


def test_a_file_from_the_command_line_that_opens_a_final_race_says_where_it_came_from(race, bring):
    first, other = result_files.runners()[:2]
    entries = enter(race, [first, other])
    racing.record(race, {entries[other]: 12})
    racing.publish(race, Race.State.FINAL)
    code, _summary = bring(plain([["Startnr", "Tid"], [first.bib, result_files.clock(first.seconds)]]))
    assert code == 0
    opened = History.objects.get(what="not_final")
    assert (opened.channel, opened.by) == ("command", None)


def test_an_open_question_writes_nothing_until_the_reading_is_accepted(race, bring):
    field = result_files.runners()
    ours = enter(race, field[:3] + field[-1:])
    before = whole_database()
    code, summary = bring(result_files.eq_list_a(field))
    assert (code, summary["applied"], whole_database()) == (1, False, before)
    assert [(each["row"], each["code"]) for each in summary["questions"]] == [(17, "no_time")]
    code, summary = bring(result_files.eq_list_a(field), "--yes")
    assert (code, summary["applied"]) == (0, True)
    assert told(ours[field[-1]]) == ("unclear", None)
    assert told(ours[field[0]])[0] == "OK"


def test_a_dry_run_writes_nothing(race, bring):
    field = result_files.runners()
    enter(race, field)
    before = whole_database()
    code, summary = bring(result_files.hand_csv(field), "--dry-run", "--yes")
    assert (code, summary["matched"], whole_database()) == (0, len(field), before)


def test_the_same_bytes_again_change_nothing(race, bring):
    field = result_files.runners()
    enter(race, field)
    data = result_files.racedays(field)
    bring(data, "--yes")
    before = whole_database()
    code, summary = bring(data, "--yes")
    assert (code, summary["applied"], summary["known"]) == (0, False, True)
    assert whole_database() == before


def test_bibs_are_numbers_and_names_come_in_either_order(race, bring):
    kari = racing.make_runner(race, "Kari Nordås", bib=7)
    ola = racing.make_runner(race, "Bjørn Ærlig Øvrebø")
    _code, summary = bring(
        plain([["Startnr", "Navn", "Tid"], ["007", "Nordås, Kari", "12:34"], ["", "OVREBO BJORN AERLIG", "13:00"]])
    )
    assert (summary["matched"], told(kari), told(ola)) == (2, ("OK", 754_000), ("OK", 780_000))


@pytest.mark.parametrize("language", ["nb", "en", "fi"])
def test_our_own_start_list_comes_back_with_times(race, bring, cast, language):
    """By our number in it, even where somebody has written the name and the bib in another way."""
    kari, ola = racing.make_runner(race, "Kari Nordås", bib=1), racing.make_runner(race, "Ola Berge", bib=2)
    with translation.override(language):
        headings, rows = starts.table(cast.event)
    rows = [
        [row[0], *row[1:2], "", "Kari gift Lie" if row[0] == str(kari.guest_id) else row[3], *row[4:]] for row in rows
    ]
    data = plain([[*headings, "Tid"], *([*row, f"12:3{at}"] for at, row in enumerate(rows))])
    code, summary = bring(data)
    assert (code, summary["matched"], summary["questions"]) == (0, 2, [])
    assert (told(kari), told(ola)) == (("OK", 750_000), ("OK", 751_000))


def test_two_of_one_name_are_asked_about_and_left_out(race, bring):
    one = racing.make_runner(race, "Kari Nordås", company=factories.make_company("Nordnes Shipping ASA"), bib=7)
    two = racing.enter(race, factories.make_guest(
        race.activity.event, "Kari Nordås", email="kari2@kunde.example", answers={"race": "coming"}
    ))  # fmt: skip
    ola = racing.make_runner(race, "Ola Berge")
    data = plain([["Navn", "Tid"], ["Kari Nordås", "12:34"], ["Ola Berge", "13:00"]])
    code, summary = bring(data)
    assert (code, summary["ambiguous"], summary["applied"]) == (1, 1, False)
    assert [each["code"] for each in summary["questions"]] == ["several_fit"]
    assert sorted(summary["questions"][0]["choices"]) == [
        "Kari Nordås, Fjord Regnskap AS", "Kari Nordås, Nordnes Shipping ASA, bib 7"
    ]  # fmt: skip
    assert told(ola) is None
    code, summary = bring(data, "--yes")
    assert (code, summary["applied"]) == (1, True)
    assert (told(one), told(two), told(ola)) == (None, None, ("OK", 780_000))


def test_a_row_that_cannot_be_read_is_named_and_the_others_are_written(race, bring):
    kari, ola = racing.make_runner(race, "Kari Nordås", bib=1), racing.make_runner(race, "Ola Berge", bib=2)
    rows = [["Startnr", "Navn", "Tid"], [1, "Kari Nordås", "50:l4"], [2, "Ola Berge", "13:00"], [3, "Fremmed", "99:99"]]
    code, summary = bring(plain(rows))
    assert code == 1
    assert [(each["row"], each["value"], each["code"]) for each in summary["problems"]] == [
        (2, "50:l4", "time_refused"), (4, "99:99", "time_refused"),
    ]  # fmt: skip
    assert summary["problems"][0]["readings"] == ["50:14"]
    assert (summary["refused"], told(kari), told(ola)) == (2, None, ("OK", 780_000))


def test_a_file_of_several_races_proposes_the_one_with_our_runners(race, bring):
    field = result_files.runners()
    enter(race, field[:2])
    rows = [["Startnr", "Navn", "Løp", "Tid"]]
    rows += [[900 + n, f"Fremmed {n}", "Barneløpet", f"9:{n:02}"] for n in range(30)]
    rows += [[each.bib, each.name, "Stoltzen", "12:34"] for each in field[:2]]
    code, summary = bring(plain(rows))
    assert (code, [each["code"] for each in summary["questions"]]) == (1, ["race"])
    code, summary = bring(plain(rows), "--yes")
    assert (code, summary["rows"], summary["matched"]) == (0, 2, 2)


def test_both_kinds_of_time_are_kept_and_the_chosen_one_counts(race, bring):
    kari = racing.make_runner(race, "Kari Nordås", bib=1)
    data = plain([["Startnr", "Bruttotid", "Nettotid"], [1, "12:34", "12:30"], [2, "13:00", "12:50"]])
    code, summary = bring(data)
    assert (code, [each["code"] for each in summary["questions"]]) == (1, ["official"])
    assert bring(data, "--choose", "official=net_time")[0] == 0
    result = Result.objects.get(entry=kari)
    assert (result.time_ms, result.net_ms, result.gross_ms) == (750_000, 750_000, 754_000)


def test_columns_are_mapped_by_heading(race, bring):
    kari = racing.make_runner(race, "Kari Nordås")
    data = plain([["Hvem", "Oppover"], ["Kari Nordås", "12:34"]])
    code, summary = bring(data)
    assert (code, summary["problems"][0]["code"]) == (1, "no_time_headings")
    assert bring(data, "--map", "Hvem=name", "--map", "Oppover=time")[0] == 0
    assert told(kari) == ("OK", 754_000)
    assert bring(data, "--map", "Hvem=hatt")[0] == 2
    assert bring(data, "--map", "Hvem")[0] == 2
    assert bring(data, "--choose", "tull=1")[0] == 2


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02" * 50, b"%PDF-1.4", b"<html></html>", b"{", b"PK\x03\x04", b"\xff" * 99]
)
def test_any_bytes_are_refused_kindly(race, bring, data):
    before = whole_database()
    code, summary = bring(data)
    assert (code, counts(summary)) == (1, dict.fromkeys(COUNTS, 0))
    assert len(summary["problems"][0]["message"]) > 20
    assert whole_database() == before


def test_an_unknown_race_or_file_is_bad_use(race, bring, cast):
    assert bring(b"x", "--race", "middag")[0] == 2
    with pytest.raises(CommandError) as error:
        call_command("import_results", cast.event.slug, "finnes-ikke.csv")
    assert error.value.returncode == 2


def test_of_several_races_one_must_be_named(race, bring, cast):
    factories.make_activity(cast.event, "morgen", kind="race")
    data = plain([["Navn", "Tid"], ["Kari", "12:34"]])
    assert bring(data)[0] == 2
    assert bring(data, "--race", "race")[0] == 0


def test_places_of_the_file_are_kept_and_a_wrong_one_warned_of(race, bring):
    field = result_files.runners()[:4]
    ours = enter(race, field)
    rows = [["Plass", "Startnr", "Tid"], *([place, each.bib, result_files.clock(each.seconds)] for place, each in
            zip((1, 2, 3, 5), field, strict=True))]  # fmt: skip
    _code, summary = bring(plain(rows))
    assert [result.source_place for result in Result.objects.order_by("time_ms")] == [1, 2, 3, 5]
    assert [(each["row"], each["code"]) for each in summary["warnings"]] == [(5, "place_differs")]
    assert Result.objects.get(entry=ours[field[3]]).place == 4


def test_places_within_a_class_are_not_taken_for_places(race, bring):
    field = result_files.runners()
    enter(race, field)
    rows = [["Plass", "Startnr", "Klasse", "Tid"]]
    for number, each in enumerate(field[:12]):
        rows.append([number // 2 + 1, each.bib, "AB"[number % 2], result_files.clock(each.seconds)])
    bring(plain(rows))
    assert set(Result.objects.values_list("source_place", flat=True)) == {None}


def test_results_are_printed_as_the_interface_says(race, bring, cast):
    field = result_files.runners()
    for runner, entry in enter(race, field).items():
        entry.ambition_seconds = runner.seconds + 10 if runner.ms else None
        entry.save()
    bring(result_files.hand_csv(field))
    summary = json.loads(results(race, "--json"))
    assert (summary["race"], summary["state"]) == ("race", Race.State.PROVISIONAL)
    assert [row["status"] for row in summary["results"]] == ["OK"] * 12 + ["DNF", "DNF", "DSQ", "DNS"]
    first, last = summary["results"][0], summary["results"][-1]
    assert first == {
        "name": field[0].name, "bib": 100, "class": "", "status": "OK", "time": result_files.clock(field[0].seconds),
        "time_ms": field[0].seconds * 1000, "place": 1, "class_place": None, "pb": "debut", "ambition_diff_s": -10,
    }  # fmt: skip
    assert (last["time"], last["time_ms"], last["place"], last["ambition_diff_s"]) == ("", None, None, None)
    lines = results(race, "--csv").splitlines()
    assert lines[0] == "name,bib,class,status,time,time_ms,place,class_place,pb,ambition_diff_s"
    assert lines[1].startswith(f"{field[0].name},100,,OK,")
    assert "Greta" not in results(race)


def test_a_name_that_a_spreadsheet_would_run_is_defused_in_csv_only(race, bring):
    racing.make_runner(race, "=1+1", bib=7)
    bring(plain([["Startnr", "Navn", "Tid"], ["7", "=1+1", "12:34"]]))
    assert results(race, "--csv").splitlines()[1].startswith("'=1+1,7,,OK,12:34,")
    assert json.loads(results(race, "--json"))["results"][0]["name"] == "=1+1"


def test_what_the_file_said_is_kept_with_each_event(race, bring):
    field = result_files.runners()
    ours = enter(race, field)
    bring(result_files.eq_list_b(field))
    event = TimingEvent.objects.get(entry=ours[field[0]])
    assert event.file == ResultFile.objects.get()
    assert (event.facts["row"], event.facts["text"], event.facts["place"], event.facts["match"]) == (
        2, result_files.clock(field[0].seconds), 1, "bib",
    )  # fmt: skip
    assert event.facts["clock"] == field[0].start * 1000 + field[0].ms
    assert "place" not in TimingEvent.objects.get(entry=ours[field[-1]]).facts
