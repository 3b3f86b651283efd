"""Result files of every shape: each runner's status and time as the shape can tell them, and what it asks."""

import datetime
import json
import random
import time

import pytest

from events.domain.ranking import Status
from events.domain.tabular import FileIsTooBig, Limits, NotATable, TableError, TooManyColumns, TooManyRows
from events.domain.tabular_base import UnknownColumn, UnknownField
from events.domain.timesheet import open_timesheet
from events.domain.timesheet_columns import NoRunnerColumn, NoTimeColumn, NoTimeHeadings
from events.domain.timesheet_findings import Topic
from events.domain.timesheet_layout import look_at_columns, open_layout
from events.domain.timesheet_lines import Remark, SkipReason, decided
from events.domain.timesheet_match import Entrant, match
from tests import result_files as files
from tests.domain.test_timesheet_times import at

FIELD = files.runners()


def read(*rows, heading="Startnr;Navn;Tid", **options):
    return open_timesheet("\r\n".join([heading, *rows]).encode(), **options)


def statuses(timesheet):
    return [line.status for line in timesheet.lines]


def times(timesheet):
    return [line.time_ms for line in timesheet.lines]


def codes(line):
    return [notice.code for notice in line.notices]


def topics(timesheet):
    return {found.topic: (found.chosen, found.is_asked) for found in timesheet.findings}


# The shapes


@pytest.mark.parametrize("shape", files.SHAPES)
def test_every_runner_is_read_whatever_the_shape(shape):
    timesheet = open_timesheet(files.SHAPES[shape][0](FIELD))

    lines = {line.bib or line.guest_key.removeprefix("g"): line for line in timesheet.lines}
    assert len(lines) == len(timesheet.lines) == len(FIELD)
    assert timesheet.asked == ()
    for runner in FIELD:
        line = lines[str(runner.bib)]
        assert (line.status, line.time_ms) == files.written(runner, shape), line
        if line.name:
            assert line.name == runner.name
        assert not line.race_class or line.race_class in (runner.race_class, "Åpen")
        assert not line.club or line.club == runner.club
        assert not line.gender or line.gender == runner.gender
        assert not line.birth_year or line.birth_year == runner.year


@pytest.mark.parametrize("shape", files.SHAPES)
def test_nobody_wins_who_has_not_finished(shape):
    timesheet = open_timesheet(files.SHAPES[shape][0](FIELD))

    fastest = min((line for line in timesheet.lines if line.time_ms), key=lambda line: line.time_ms)
    assert str(FIELD[0].bib) in (fastest.bib, fastest.guest_key[1:])


@pytest.mark.parametrize("shape", files.SHAPES)
def test_reading_stays_total_when_a_file_is_damaged(shape):
    chance, whole = random.Random(shape), files.SHAPES[shape][0](FIELD)
    for _ in range(8):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 30)):
            at_byte = chance.randrange(len(data))
            data[at_byte : at_byte + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        try:
            open_timesheet(bytes(data))
        except TableError:
            pass


@pytest.mark.parametrize(
    "start", [b"", b"{", b"[", b"<", b"<?xml", b"PK\x03\x04", b"\xff\xfe", b"Startnr;Tid\n", b"1\t"]
)
def test_any_bytes_are_read_or_refused_kindly(start):
    chance = random.Random(start)
    for _ in range(40):
        try:
            open_timesheet(start + chance.randbytes(chance.randrange(300)))
        except TableError:
            pass


def test_nested_json_is_refused_when_it_is_endless():
    for data in (b"[" * 100_000, b'{"a":' * 50_000, b'[{"a":1}', b"{}", b"[]", b"[1,2]", b'{"status":"NOT MODIFIED"}'):
        with pytest.raises(NotATable) as refused:
            open_timesheet(data)
        assert refused.value.kind == "json"


def test_xml_is_refused_when_it_has_entities_of_its_own():
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ResultList>&b;</ResultList>'
    outside = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><ResultList>&x;</ResultList>'

    for data in (bomb, outside):
        with pytest.raises(NotATable) as refused:
            open_timesheet(data)
        assert refused.value.kind == "damaged"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "xls"),
        (b"<!DOCTYPE html><html><table></table></html>", "html"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "html"),
        (b'<?xml version="1.0"?><html xmlns="x"><p>1</p></html>', "html"),
        (b'<?xml version="1.0"?><gpx><trk/></gpx>', "track"),
        (b"<TrainingCenterDatabase><Activities/></TrainingCenterDatabase>", "track"),
        (b"\x0e\x10\x00\x00\x10\x00\x00\x00.FIT" + b"\0" * 20, "track"),
        (b'<?xml version="1.0"?><rss><item/></rss>', "xml"),
        (b"%PDF-1.7 x", "pdf"),
    ],
)
def test_file_of_another_kind_is_refused_with_its_kind(data, kind):
    with pytest.raises(NotATable) as refused:
        open_timesheet(data)

    assert refused.value.kind == kind


def test_caps_hold_for_every_kind_of_file():
    field = FIELD[:9]
    for shape in ("phone", "eq_api", "iof3", "hand_sheet"):
        data = files.phone_list(field) if shape == "phone" else files.SHAPES[shape][0](field)
        with pytest.raises(TooManyRows):
            open_timesheet(data, limits=Limits(max_rows=5))
        with pytest.raises(FileIsTooBig):
            open_timesheet(data, limits=Limits(max_bytes=50))


def test_five_thousand_rows_are_read_and_matched_in_a_moment():
    field = [
        files.Runner(n, f"Fornavn{n}", f"Etternavn{n % 900}", "Klubb", "", "F", 1980, Status.OK, 700_000 + n)
        for n in range(1, 5001)
    ]
    data = files.eq_list_a(field)
    entrants = [Entrant(key=each.bib, names=(each.name,), bib=str(each.bib)) for each in field[:300]]

    started = time.process_time()
    matches = match(open_timesheet(data).lines, entrants)

    assert time.process_time() - started < 6  # the budget is 2 seconds on a quiet core
    assert (len(matches.found), len(matches.strangers)) == (300, 4700)


# Who has finished


def test_whole_plausible_time_is_unclear_when_neither_clock_nor_gap_is_there():
    rows = [f"{n};Løper {n};0:{n}0:00;+{n}:00;15:{n}0:00" for n in range(2, 6)]

    timesheet = read(
        *rows, "9;Brutt Løper;12:30:56;;", "10;Nok En;00:19:00;;", heading="Startnr;Navn;Tid;Diff;TimeOfDay"
    )

    assert statuses(timesheet) == [Status.OK] * 4 + [Status.UNCLEAR] * 2
    assert codes(timesheet.lines[4]) == [Remark.NO_FINISH_SEEN]
    assert timesheet.lines[5].notices[0].readings == (at(19),)


def test_winner_without_a_gap_is_told_from_a_split_without_a_gap():
    timesheet = read(
        "1;A;12:00;", "2;B;12:31;+0:31", "3;C;13:00;+1:00", "4;D;14:02;+2:01", "5;E;5:19;", heading="Nr;Navn;Tid;Diff"
    )

    assert statuses(timesheet) == [Status.OK] * 4 + [Status.UNCLEAR]


def test_blank_gaps_are_no_evidence_when_most_are_blank():
    timesheet = read("1;A;12:00;", "2;B;12:31;", "3;C;13:00;+1:00", heading="Nr;Navn;Tid;Diff")

    assert statuses(timesheet) == [Status.OK] * 3


def test_place_is_no_evidence():
    timesheet = read("1;7;A;12:00", "2;8;B;0:00", "3;9;C;", heading="Plass;Startnr;Navn;Tid")

    assert statuses(timesheet) == [Status.OK, Status.UNCLEAR, Status.UNCLEAR]
    assert [line.source_place for line in timesheet.lines] == [1, 2, 3]
    assert codes(timesheet.lines[1]) == [Remark.NO_TIME]


def test_time_of_who_has_not_finished_does_not_count_and_is_told():
    timesheet = read("7;A;12:00;Brøt", "8;B;13:00;TIME", "9;C;;TIME", "10;D;14:00;", heading="Startnr;Navn;Tid;Status")

    assert statuses(timesheet) == [Status.DNF, Status.OK, Status.UNCLEAR, Status.OK]
    assert codes(timesheet.lines[0]) == [Remark.STATUS_WITH_TIME]
    assert codes(timesheet.lines[2]) == [Remark.FINISHED_WITHOUT_TIME]


def test_word_we_do_not_know_makes_a_line_unclear_unless_most_have_it():
    heading = "Startnr;Navn;Tid;Status"

    one = read("1;A;12:00;Godkjent", "2;B;13:00;Kantarell", "3;C;14:00;Godkjent", heading=heading)
    most = read("1;A;12:00;Kantarell", "2;B;13:00;Kantarell", "3;C;;Kantarell", heading=heading)

    assert statuses(one) == [Status.OK, Status.UNCLEAR, Status.OK]
    assert codes(one.lines[1]) == [Remark.STATUS_UNKNOWN]
    assert statuses(most) == [Status.OK, Status.OK, Status.UNCLEAR]


def test_numbers_in_a_status_column_are_those_that_agree_with_the_times():
    heading = "bib,name,time,status"

    ours = open_timesheet(f"{heading}\n1,A,12:00,1\n2,B,0,2\n3,C,0,3\n".encode())
    theirs = open_timesheet(f"{heading}\n1,A,12:00,0\n2,B,13:00,2\n3,C,,1\n".encode())
    neither = open_timesheet(f"{heading}\n1,A,12:00,17\n2,B,13:00,18\n".encode())

    assert statuses(ours) == [Status.OK, Status.DNF, Status.DNS]
    assert statuses(theirs) == [Status.OK, Status.DNF, Status.DNS]
    assert statuses(neither) == [Status.UNCLEAR, Status.UNCLEAR]


def test_numbers_in_a_status_column_mean_nothing_when_a_time_speaks_against_it():
    timesheet = open_timesheet(b"bib,name,time,status\n1,A,12:00,1\n2,B,13:00,2\n3,C,0,3\n")

    assert statuses(timesheet) == [Status.UNCLEAR] * 3


def test_hardest_word_counts_when_cells_disagree():
    timesheet = read("1;A;DNF;DSQ", "2;B;DNS;TIME", heading="Startnr;Navn;Tid;Status")

    assert statuses(timesheet) == [Status.DSQ, Status.DNS]


def test_one_bad_row_holds_no_other_back():
    timesheet = read("1;A;12:34", "2;B;12:60", "3;C;50:l4", "4;D;12:3", "5;E;kaffe", "6;F;2:34", "7;G;12")

    assert statuses(timesheet) == [Status.OK, *[Status.UNCLEAR] * 4, Status.OK, Status.UNCLEAR]
    notices = [line.notices[0] if line.notices else None for line in timesheet.lines]
    assert [(each.code, each.value, each.readings) for each in notices[1:]] == [
        (Remark.TIME_REFUSED, "12:60", (at(13),)),
        (Remark.TIME_REFUSED, "50:l4", (at(50, 14),)),
        (Remark.TIME_REFUSED, "12:3", (at(12, 30), at(12, 3))),
        (Remark.TIME_REFUSED, "kaffe", ()),
        (Remark.TIME_IMPLAUSIBLE, "2:34", (at(2, 34),)),
        (Remark.TIME_DOUBTFUL, "12", (at(12), at(0, 12))),
    ]


def test_line_is_as_a_person_decides():
    timesheet = read("1;A;12:34", "2;B;50:l4", "3;C;")

    lines = decided(timesheet.lines, {3: at(50, 14), 4: Status.DNS})

    assert [(line.status, line.time_ms) for line in lines] == [
        (Status.OK, at(12, 34)),
        (Status.OK, at(50, 14)),
        (Status.DNS, None),
    ]


def test_gap_in_the_column_of_times_is_no_time():
    timesheet = read("1;A;12:34", "2;B;+0:31")

    assert statuses(timesheet) == [Status.OK, Status.UNCLEAR]


# What the whole file asks


def test_race_is_asked_for_when_the_file_holds_several():
    data = files.eq_list_a(FIELD, other_race=5)

    asked = open_timesheet(data)
    chosen = open_timesheet(data, answers={Topic.RACE: "Stoltzekleiven Opp"})

    assert topics(asked) == {Topic.RACE: ("Stoltzekleiven Opp", True)}
    assert asked.races == {"Stoltzekleiven Opp": 16, "Barneløpet": 5}
    assert len(asked.lines) == 21
    assert {line.race for line in chosen.lines} == {"Stoltzekleiven Opp"}
    assert chosen.asked == ()
    assert [skipped.reason for skipped in chosen.skipped] == [SkipReason.OTHER_RACE] * 5


def test_net_or_gross_is_asked_when_they_differ_and_both_are_kept():
    rows, heading = ("1;A;12:10;12:34", "2;B;;13:40"), "Startnr;Navn;Nettotid;Bruttotid"

    gross = read(*rows, heading=heading)
    net = read(*rows, heading=heading, answers={Topic.OFFICIAL: "net_time"})

    assert topics(gross) == {Topic.OFFICIAL: ("gross_time", True)}
    assert times(gross) == [at(12, 34), at(13, 40)]
    assert times(net) == [at(12, 10), at(13, 40)]
    assert codes(net.lines[1]) == [Remark.OTHER_TIME]
    assert (net.lines[0].net_ms, net.lines[0].gross_ms) == (at(12, 10), at(12, 34))


def test_net_and_gross_are_not_asked_about_when_they_are_the_same():
    assert topics(read("1;A;12:34;12:34", heading="Startnr;Navn;Nettotid;Bruttotid")) == {}


def test_commas_are_confirmed_once_for_the_column():
    rows = ("1;A;12,34", "2;B;13,5", "3;C;14,05", "4;D;15")

    asked = read(*rows)
    decimal = read(*rows, answers={Topic.COMMA: "decimal"})

    assert topics(asked) == {Topic.COMMA: ("clock", True)}
    assert asked.findings[0].facts["readings"] == {"clock": at(12, 34), "decimal": at(12, 20, 400)}
    assert times(asked) == [at(12, 34), at(13, 50), at(14, 5), at(15)]
    assert times(decimal) == [at(12, 20, 400), at(13, 30), at(14, 3), at(15)]


def test_bare_numbers_are_whole_minutes_when_the_column_has_commas():
    timesheet = read("1;A;12,34", "2;B;13", "3;C;14", "4;D;15")

    assert list(topics(timesheet)) == [Topic.COMMA]
    assert times(timesheet)[1:] == [at(13), at(14), at(15)]


def test_lone_figure_after_a_comma_is_a_question_of_its_row():
    timesheet = read("1;A;12:34", "2;B;13,5", "3;C;14:00")

    assert topics(timesheet) == {}
    assert [(notice.code, notice.readings) for notice in timesheet.lines[1].notices] == [
        (Remark.TIME_DOUBTFUL, (at(13, 50), at(13, 30))),
    ]


def test_commas_are_minutes_with_decimals_when_one_cannot_be_seconds():
    assert topics(read("1;A;12,34", "2;B;12,75")) == {Topic.COMMA: ("decimal", True)}


def test_hundredths_stay_hundredths_when_a_slow_one_looks_like_thousandths():
    timesheet = read("1;A;75400", "2;B;81200", "3;C;420000")

    assert topics(timesheet) == {Topic.HUNDREDTHS: ("hundredths", True)}
    assert times(timesheet) == [at(12, 34), at(13, 32), at(70)]
    assert times(read("1;A;734700", "2;B;812000")) == [at(12, 14, 700), at(13, 32)]


def test_bare_numbers_are_asked_about_once_when_most_cells_are():
    assert topics(read("1;A;12", "2;B;15", "3;C;21")) == {Topic.BARE: ("minutes", True)}
    assert topics(read("1;A;12:00", "2;B;15:10", "3;C;21")) == {}


def test_workbook_tells_what_it_did_to_the_times_when_nine_in_ten_agree():
    timesheet = open_timesheet(files.hand_sheet(FIELD))

    found = timesheet.findings[0]
    assert (found.topic, found.chosen, found.is_asked) == (Topic.EXCEL, "minutes", False)
    assert (found.facts["as_minutes"], found.facts["as_hours"], found.facts["count"]) == (12, 0, 12)


def test_workbook_is_asked_about_when_its_times_fit_neither_way():
    data = files.hand_sheet(FIELD, lambda seconds: datetime.time(3, seconds % 60))

    assert topics(open_timesheet(data)) == {Topic.EXCEL: ("hours", True)}
    assert open_timesheet(data, answers={Topic.EXCEL: "minutes"}).asked == ()


def test_csv_that_a_workbook_saved_is_read_back_as_minutes():
    assert topics(read("1;A;12:34:00", "2;B;13:10:00")) == {Topic.EXCEL: ("minutes", False)}


def test_numbers_and_dates_of_a_norwegian_workbook_are_confirmed():
    cells = {0: 12.34, 1: 12.3, 2: datetime.datetime(2026, 10, 12), 3: "12.34", 4: 12}
    rows = [["Startnr", "Tid"], *([number, cell] for number, cell in cells.items())]

    timesheet = open_timesheet(files.workbook(rows))

    assert topics(timesheet) == {Topic.COMMA: ("clock", True), Topic.DAY_MONTH: ("clock", True)}
    assert times(timesheet) == [at(12, 34), at(12, 30), at(12, 10), at(12, 34), at(12)]


def test_times_of_day_are_asked_about_when_they_stand_where_times_should():
    rows = ("1;A;15:10:41", "2;B;15:12:07", "3;C;15:20:33")

    asked = read(*rows)
    as_times = read(*rows, answers={Topic.CLOCKS: "time"})

    assert topics(asked) == {Topic.CLOCKS: ("clock", True)}
    assert statuses(asked) == [Status.UNCLEAR] * 3
    assert asked.lines[0].finish_clock_ms == at(10, 41, hours=15)
    assert times(as_times)[0] == at(10, 41, hours=15)


def test_few_times_of_day_are_only_out_of_the_ordinary():
    timesheet = read("1;A;15:10:41", "2;B;15:12:07", "3;C;12:34", "4;D;13:00")

    assert topics(timesheet) == {}
    assert codes(timesheet.lines[0]) == [Remark.TIME_IMPLAUSIBLE]


def test_time_is_worked_out_when_the_file_has_only_its_two_clocks():
    timesheet = read(
        "1;A;15:00:10;15:12:44", "2;B;23:59:50;00:11:00", "3;C;15:00:30;", heading="Startnr;Navn;Start;Mål"
    )

    assert times(timesheet) == [at(12, 34), at(11, 10), None]
    assert codes(timesheet.lines[0]) == [Remark.TIME_FROM_CLOCKS]


def test_letters_that_were_encoded_twice_are_mended_unless_somebody_says_no():
    data = "Startnr;Navn;Tid\n1;Bjørn Østrem;12:34\n".encode().decode("cp1252").encode()

    mended = open_timesheet(data)

    assert topics(mended) == {Topic.TWICE_ENCODED: ("mended", True)}
    assert mended.lines[0].name == "Bjørn Østrem"
    assert open_timesheet(data, answers={Topic.TWICE_ENCODED: "as_written"}).lines[0].name == "BjÃ¸rn Ã˜strem"


# Columns


def test_phone_list_without_headings_is_numbers_and_times():
    timesheet = open_timesheet(files.phone_list(FIELD))

    assert timesheet.heading_row == 0
    assert [column.field for column in timesheet.columns] == ["bib", "time"]
    assert times(timesheet)[:-1] == [runner.seconds * 1000 for runner in FIELD if runner.ms]
    assert (timesheet.lines[-1].bib, codes(timesheet.lines[-1])) == ("", [Remark.BIB_UNKNOWN])


def test_list_without_headings_is_mapped_by_letter_when_it_is_not_plain():
    data = b"7;x;Kari;12:34\n8;y;Ola;13:10\n"

    with pytest.raises(NoTimeHeadings) as refused:
        open_timesheet(data)
    timesheet = open_timesheet(data, mapping={"A": "bib", "C": "name", "D": "time"})

    assert refused.value.cells == ("7", "x", "Kari", "12:34")
    assert [(line.bib, line.name, line.time_ms) for line in timesheet.lines] == [
        ("7", "Kari", at(12, 34)),
        ("8", "Ola", at(13, 10)),
    ]


def test_start_list_is_no_result_and_can_be_read_as_what_it_is():
    with pytest.raises(NoTimeColumn) as refused:
        open_timesheet(files.start_list(FIELD))
    timesheet = open_timesheet(files.start_list(FIELD), is_start_list=True)

    assert refused.value.is_start_list
    assert timesheet.titles == ((1, "Startliste Stoltzen"), (2, "Skrevet ut 24.09.2026"))
    line = timesheet.lines[3]
    assert (line.bib, line.birth_year, line.gender) == (str(FIELD[3].bib), FIELD[3].year, FIELD[3].gender)
    assert line.start_clock_ms == FIELD[3].start // 60 * 60_000
    assert line.notices == ()


def test_file_is_refused_when_it_does_not_say_whose_times_they_are():
    with pytest.raises(NoRunnerColumn):
        read("Fjellvåg;12:34", heading="Klubb;Tid")


@pytest.mark.parametrize(
    "heading",
    ["Startnummer;Namn;Sluttid", "Startnr;Navn;Løbstid", "Kilpailunumero;Nimi;Loppuaika", "Bib;Name;Finish",
     "Nr.;Deltaker;Resultat", "BIB NO;Athlete;Chip time", "startnr ;NAVN:;Tid (min:sek)"],
)  # fmt: skip
def test_headings_are_known_in_every_language(heading):
    timesheet = read("7;Kari Nordås;12:34", heading=heading)

    assert [(line.bib, line.name, line.time_ms) for line in timesheet.lines] == [("7", "Kari Nordås", at(12, 34))]


def test_column_is_what_the_organiser_says():
    rows, heading = ("7;Kari;3:10;12:34",), "Startnr;Navn;Tid;Bakken"

    timesheet = read(*rows, heading=heading, mapping={"Tid": "", "bakken": "time"})

    assert times(timesheet) == [at(12, 34)]
    assert [(column.heading, column.why_ignored) for column in timesheet.ignored] == [("Tid", "chosen")]
    with pytest.raises(UnknownField):
        read(*rows, heading=heading, mapping={"Tid": "shoe size"})
    with pytest.raises(UnknownColumn):
        read(*rows, heading=heading, mapping={"Sko": "time"})


def test_split_is_no_result_when_the_whole_time_is_there():
    timesheet = read("7;Kari;5:10;12:34", heading="Startnr;Navn;Tid 1;Tid")

    assert times(timesheet) == [at(12, 34)]


def test_time_of_day_under_a_heading_for_times_is_no_result_when_there_is_another():
    timesheet = read("7;Kari;15:00:10;15:12:44;12:34", heading="Startnr;Navn;Starttid;Sluttid;Tid")

    assert (times(timesheet), timesheet.lines[0].finish_clock_ms) == ([at(12, 34)], at(12, 44, hours=15))


def test_o_clock_or_class_is_told_by_the_cells():
    class_first = read("7;Kari;K35-39;12:34", heading="Startnr;Navn;Kl.;Tid")
    clock_first = read("7;Kari;0815;12:34", heading="Startnr;Navn;Kl.;Tid")

    assert class_first.lines[0].race_class == "K35-39"
    assert clock_first.lines[0].start_clock_ms == at(15, hours=8)


def test_titles_and_headings_again_are_skipped_with_their_rows():
    timesheet = read(
        "1;Kari;F;12:34", "Menn 35-39;;;", "Startnr;Navn;Kjønn;Tid", "2;Ola;M;13:10", heading="Startnr;Navn;Kjønn;Tid"
    )

    assert [(each.number, each.reason) for each in timesheet.skipped] == [
        (3, SkipReason.NOT_A_RUNNER),
        (4, SkipReason.HEADING_AGAIN),
    ]
    assert [line.number for line in timesheet.lines] == [2, 5]


def test_title_is_skipped_when_it_stands_where_names_do():
    timesheet = read("Menn 35-39;;;", "Ola;2;M;13:10", heading="Navn;Startnr;Kjønn;Tid")

    assert [(each.number, each.reason) for each in timesheet.skipped] == [(2, SkipReason.NOT_A_RUNNER)]


def test_other_number_is_no_bib_when_the_bib_has_a_column():
    assert read("5;44;Kari;12:34", "9;3;Ola;13:00", heading="Nr;Startnr;Navn;Tid").lines[0].bib == "44"


def test_same_layout_has_the_same_fingerprint_whatever_the_rows():
    first, second = (open_layout(files.eq_list_a(field))[1] for field in (FIELD, FIELD[:3]))

    assert first.fingerprint == second.fingerprint != ""


def test_runner_in_two_groups_of_a_service_is_one():
    content = json.loads(files.webscorer_json(FIELD))

    assert sum(len(group["Racers"]) for group in content["Results"]) == 2 * len(FIELD)
    lines = open_timesheet(files.webscorer_json(FIELD)).lines
    assert [line.source_place for line in lines] == [*range(1, 13), None, None, None, None]


def test_list_typed_on_a_phone_is_cut_at_its_spaces():
    timesheet = open_timesheet(b"12 31:24\n7  28:10\n? 33:02\n101 DNF\n")

    assert [(line.bib, line.time_ms) for line in timesheet.lines] == [
        ("12", at(31, 24)), ("7", at(28, 10)), ("", at(33, 2)), ("101", None),
    ]  # fmt: skip
    assert timesheet.lines[-1].status is Status.DNF


def test_name_is_whole_when_a_column_has_only_its_half():
    timesheet = read("1;Kari;Nordås;12:34", "2;;Ola Vågen;13:00", heading="Startnr;Fornavn;Navn;Tid")

    assert [line.name for line in timesheet.lines] == ["Kari Nordås", "Ola Vågen"]


def test_wide_json_is_refused_before_it_is_a_table():
    records = [{f"felt{number}": 1} for number in range(20_000)]

    with pytest.raises(TooManyColumns):
        open_timesheet(json.dumps(records).encode())


def test_columns_are_looked_at_with_their_first_values():
    seen = look_at_columns(files.eq_list_a(FIELD))

    column = seen.columns[1]
    assert (column.column.heading, column.column.field, column.samples[0]) == ("Startnumber", "bib", str(FIELD[0].bib))
    assert (seen.heading_row, seen.fault) == (1, None)


def test_columns_can_be_chosen_by_letter_when_there_are_no_headings():
    data = b"7;x;Kari;12:34\n8;y;Ola;13:10\n"

    seen = look_at_columns(data)
    half = look_at_columns(data, mapping={"A": "bib"})

    assert isinstance(seen.fault, NoTimeHeadings)
    assert [(each.column.letter, each.samples) for each in seen.columns][2] == ("C", ("Kari", "Ola"))
    assert isinstance(half.fault, NoTimeColumn)
    assert half.columns[0].column.field == "bib"


def test_columns_are_shown_when_the_time_is_under_a_heading_of_its_own():
    seen = look_at_columns(b"Startnr;Navn;Hvor fort\n7;Kari;12:34\n")

    assert isinstance(seen.fault, NoTimeColumn)
    assert [each.column.field for each in seen.columns] == ["bib", "name", ""]


def test_title_in_brackets_is_no_json():
    assert times(open_timesheet(b"[Resultater]\nStartnr;Tid\n1;12:34\n")) == [at(12, 34)]
