import codecs
import datetime
import random
import subprocess
import sys
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from events.domain.tabular import (
    FileIsEmpty,
    FileIsTooBig,
    Formula,
    Limits,
    Line,
    NoSuchSheet,
    NotATable,
    TableError,
    TooManyColumns,
    TooManyRows,
    open_table,
)
from tests.domain.workbooks import raw_xlsx, saved, text_cell, xlsx, zipped

FILES = Path(__file__).parent.parent / "data" / "guest-lists"
ROWS = [
    ["Navn", "Firma", "By"],
    ["Åse Vågen", "Fjellvåg Rør AS", "Bergen"],
    ["Päivi Öhman", "Satama Oy", "Åbo"],
]
BOMS = {"utf-8-sig": b"", "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


def cells(data, **options):
    return [line.cells for line in open_table(data, **options)]


def numbers(data, **options):
    return [line.number for line in open_table(data, **options)]


def joined(rows, delimiter=";", newline="\r\n"):
    return newline.join(delimiter.join(row) for row in rows) + newline


# Text: encodings, delimiters, line ends


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16-le", "utf-16-be", "mac_roman", "cp850"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_cells_are_the_same_whatever_delimiter_encoding_and_line_end(delimiter, encoding, newline):
    text = joined(ROWS, delimiter, newline)

    data = BOMS.get(encoding, b"") + text.encode(encoding)

    assert cells(data) == ROWS
    assert open_table(data).delimiter == delimiter


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_when_its_mark_is_missing(encoding):
    assert cells(joined(ROWS).encode(encoding)) == ROWS
    assert open_table(joined(ROWS).encode(encoding)).encoding == encoding


def test_utf_32_is_recognised_when_it_has_its_mark():
    assert cells(codecs.BOM_UTF32_LE + joined(ROWS).encode("utf-32-le")) == ROWS


def test_one_cut_letter_does_not_spoil_the_others_when_the_file_is_utf_8():
    data = ("Navn;By\n" + "Åse Vågen;Bergen\n" * 5).encode() + b"Bj\xc3;Oslo\n"

    assert cells(data)[1] == ["Åse Vågen", "Bergen"]
    assert cells(data)[-1] == ["Bj\ufffd", "Oslo"]


def test_typographic_apostrophe_survives_when_it_is_the_only_special_letter_of_cp1252():
    assert cells("Name;Firm\nO’Brien;X – Y\n".encode("cp1252"))[1] == ["O’Brien", "X – Y"]


def test_bytes_that_cp1252_leaves_out_become_control_characters():
    assert cells(b"Navn;By\n\xc5se\x90;Bergen\n")[1] == ["Åse\x90", "Bergen"]


def test_separator_line_of_excel_decides_and_is_not_counted():
    table = open_table(b"sep=,\r\nNavn,Firma\r\nKari,A;B;C;D\r\nOla,A;B;C;D\r\n")

    assert list(table) == [
        Line(1, ["Navn", "Firma"]),
        Line(2, ["Kari", "A;B;C;D"]),
        Line(3, ["Ola", "A;B;C;D"]),
    ]


def test_semicolon_wins_when_every_name_has_a_comma():
    data = b"Navn;Firma;E-post\nBerge, Kari;X;k@x.example\nMoe, Per;Y;p@y.example\n"

    assert cells(data)[1] == ["Berge, Kari", "X", "k@x.example"]


def test_delimiter_is_found_when_titles_stand_above_and_rows_are_ragged():
    data = b"Gjesteliste, oppdatert av Marte, 14.08\n\nNavn;Firma;By\nKari;X\nOla;Y;Bergen;ekstra\nPer;Z;Voss\n"

    assert open_table(data).delimiter == ";"
    assert cells(data)[2:] == [["Kari", "X"], ["Ola", "Y", "Bergen", "ekstra"], ["Per", "Z", "Voss"]]


def test_comma_is_no_delimiter_when_one_column_holds_last_and_first_name():
    assert cells(b"Navn\nBerge, Kari\nMoe, Per\n") == [["Navn"], ["Berge, Kari"], ["Moe, Per"]]


def test_comma_and_space_delimit_when_the_heading_has_them_too():
    assert cells(b"Navn, Firma\nKari, X\n") == [["Navn", " Firma"], ["Kari", " X"]]


def test_one_column_is_a_table():
    assert cells(b"Navn\nKari Berge\nPer Moe\n") == [["Navn"], ["Kari Berge"], ["Per Moe"]]


@pytest.mark.parametrize(
    "data",
    [
        b'"Navn,Firma,By"\n"Kari,X,Bergen"\n"Ola,Y,Voss"\n',
        xlsx([["Navn,Firma,By"], ["Kari,X,Bergen"], ["Ola,Y,Voss"]]),
        xlsx([["Navn;Firma;By"], ["Kari;X;Bergen"], ["Ola;Y;Voss"]]),
    ],
)
def test_cells_are_cut_when_a_file_was_opened_wrongly_and_saved_in_one_column(data):
    assert list(open_table(data)) == [
        Line(1, ["Navn", "Firma", "By"]),
        Line(2, ["Kari", "X", "Bergen"]),
        Line(3, ["Ola", "Y", "Voss"]),
    ]


# Text, where quotes come in


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks():
    data = b'Navn;Firma;Notat\r\n"Bj\xc3\xb8rn ""Bjossi"" Berge";"X; Avd. Bergen";"en\r\nto"\r\nPer;Y;Z\r\n'

    assert list(open_table(data)) == [
        Line(1, ["Navn", "Firma", "Notat"]),
        Line(2, ['Bjørn "Bjossi" Berge', "X; Avd. Bergen", "en\r\nto"]),
        Line(3, ["Per", "Y", "Z"]),
    ]


def test_unclosed_quote_costs_only_its_own_row():
    data = b'Navn;Firma;By\n"Kari;X;Bergen\nOla;Y;Voss\nPer;"Z";Oslo\n'

    assert cells(data)[1:] == [['"Kari', "X", "Bergen"], ["Ola", "Y", "Voss"], ["Per", "Z", "Oslo"]]


def test_quote_is_a_letter_when_taking_it_as_one_would_swallow_whole_rows():
    data = b'Navn;Firma;By;Notat\n"Kari;X;Bergen;\nOla;Y;Voss;\nPer;Z;Oslo;slutt"\nLiv;W;Moss;\n'

    assert [row[0] for row in cells(data)] == ["Navn", '"Kari', "Ola", "Per", "Liv"]


def test_quotes_inside_an_unquoted_cell_are_kept():
    assert cells(b'Navn;By\nBj "Bjossi" B;Bergen\n"Bo" Li;Voss\n')[1:] == [
        ['Bj "Bjossi" B', "Bergen"],
        ['"Bo" Li', "Voss"],
    ]


def test_nul_survives_as_a_character():
    assert cells(b"Navn;By\nTegn\x00;Bergen\n")[1] == ["Tegn\x00", "Bergen"]


def test_end_mark_of_dos_is_no_cell():
    assert cells(b"Navn;By\r\nKari;Voss\r\n\x1a") == [["Navn", "By"], ["Kari", "Voss"]]


def test_row_number_is_the_spreadsheets_when_rows_are_blank_or_have_line_breaks():
    data = b'Navn;By\n;\n\n"Kari\nBerge";Voss\nOla;Oslo\n'

    assert numbers(data) == [1, 4, 5]


def test_quotes_without_end_are_one_cell():
    assert [len(row) for row in cells(b"Navn;By\n" + b'"' * 200_000 + b"\nKari;Voss\n")] == [2, 1, 2]


def test_blank_lines_without_end_are_refused():
    with pytest.raises(TooManyRows):
        list(open_table(b"Navn;By\n" + b"\n" * 1_048_576))


def test_a_quote_at_every_line_start_is_read_in_linear_time():
    data = b"a;b\n" + b'"x;""y\n' * 20_000

    assert sum(1 for _ in open_table(data, limits=Limits(max_rows=30_000))) == 20_001


# Workbooks


def test_numbers_are_shown_as_people_write_them():
    rows = [[47, 47.0, 4799513358, 1.5, "007", True, None, "x"]]

    assert cells(xlsx(rows)) == [["47", "47", "4799513358", "1.5", "007", "TRUE", "", "x"]]


def test_dates_are_iso_and_durations_are_clocks():
    book = Workbook()
    book.active.append([datetime.date(2026, 9, 18), datetime.datetime(2026, 9, 18, 17, 5), datetime.time(0, 12, 34)])
    book.active.append([datetime.timedelta(hours=25, minutes=10), datetime.date(1900, 1, 1), 0.25])
    book.active["C2"].number_format = "mm:ss.0"

    assert cells(saved(book)) == [
        ["2026-09-18", "2026-09-18 17:05:00", "00:12:34"],
        ["25:10:00", "1900-01-01", "06:00:00"],
    ]


def test_leading_zeros_are_kept_when_the_number_format_shows_them():
    book = Workbook()
    book.active.append([401234567, 9951335.0])
    book.active["A1"].number_format = "0000000000"

    assert cells(saved(book)) == [["0401234567", "9951335"]]


def test_scientific_notation_and_dates_since_1904_are_understood():
    sheet = '<row><c><v>9.9513358E7</v></c><c s="1"><v>0</v></c><c s="1"><v>366</v></c></row>'
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'

    data = raw_xlsx(sheet, styles=styles, head='<workbookPr date1904="1"/>')

    assert cells(data) == [["99513358", "00:00:00", "1905-01-01"]]


def test_formula_keeps_its_stored_value_and_itself():
    sheet = (
        '<row r="1"><c r="A1" t="str"><f>B1&amp;" "&amp;C1</f><v>Kari Berge</v></c>'
        '<c r="B1"><f>SUM(B2:B9)</f><v/></c><c r="C1" t="e"><f>X()</f><v>#NAME?</v></c>'
        '<c r="D1"><f>1+1</f><v>2</v></c><c r="E1"><v>2</v></c></row>'
    )

    row = cells(raw_xlsx(sheet))[0]

    assert row == ["Kari Berge", "", "", "2", "2"]
    formulas = [cell.formula if isinstance(cell, Formula) else None for cell in row]
    assert formulas == ['=B1&" "&C1', "=SUM(B2:B9)", "=X()", "=1+1", None]


def test_formulas_of_arrays_and_shared_ones_are_kept():
    sheet = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">SUM(B1:B9*2)</f><v>4</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0" ref="A2:A3">SUM(B2:C2)</f><v>5</v></c></row>'
        '<row r="3"><c r="A3"><f t="shared" si="0"/><v>6</v></c></row>'
        '<row r="4"><c r="A4"><f t="dataTable" ref="A4:A5" dt2D="0" dtr="0" r1="B1"/><v>7</v></c></row>'
    )

    found = [row[0] for row in cells(raw_xlsx(sheet))]

    assert found == ["4", "5", "6", "7"]
    assert [cell.formula for cell in found] == ["=SUM(B1:B9*2)", "=SUM(B2:C2)", "=SUM(B3:C3)", "="]


def test_number_that_is_no_date_has_no_value_when_it_is_formatted_as_one():
    book = Workbook()
    book.active.append(["Navn", 99513358])
    book.active["B1"].number_format = "dd.mm.yyyy"

    name, phone = cells(saved(book))[0]

    assert (name, phone, phone.formula) == ("Navn", "", "#VALUE!")


def test_shared_strings_are_joined_without_reading_aids_and_escapes_are_undone():
    strings = (
        '<si><r><t>Kari </t></r><r><t>Berge</t></r></si><si><t>李</t><rPh sb="0" eb="1"><t>り</t></rPh></si>'
        "<si><t>en_x000D_to</t></si><si><t>_xD83D_</t></si>"
    )
    sheet = "<row>" + "".join(f'<c t="s"><v>{n}</v></c>' for n in range(4)) + "</row>"

    assert cells(raw_xlsx(sheet, strings=strings)) == [["Kari Berge", "李", "en\rto", "\ufffd"]]


def test_prefixed_workbook_is_read():
    sheet = '<x:row r="3"><x:c r="B3"><x:v>5</x:v></x:c></x:row>'

    assert list(open_table(raw_xlsx(sheet, prefix="x"))) == [Line(3, ["", "5"])]


@pytest.mark.parametrize("claim", ["A1:XFD1048576", "A1:A1", "B2:B2"])
def test_claimed_dimensions_neither_widen_nor_cut(claim):
    sheet = (
        f'<row r="1">{text_cell("A1", "Navn")}{text_cell("B1", "By")}</row><row r="2">{text_cell("A2", "Kari")}</row>'
    )

    data = raw_xlsx(sheet, before=f'<dimension ref="{claim}"/>')

    assert list(open_table(data)) == [Line(1, ["Navn", "By"]), Line(2, ["Kari"])]


def test_first_sheet_is_read_and_the_others_are_named():
    table = open_table(xlsx([["Navn"], ["Kari"]], Hemmelig=[["Navn"], ["Helge"]], Tom=[]))

    assert (table.sheet, table.other_sheets) == ("Ark1", ("Hemmelig", "Tom"))
    assert [line.cells for line in table] == [["Navn"], ["Kari"]]


def test_first_visible_sheet_is_read_when_the_first_is_hidden():
    book = Workbook()
    book.active.title = "Skjult"
    book.active.append(["nei"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Synlig").append(["ja"])

    table = open_table(saved(book))

    assert (table.sheet, table.other_sheets, list(table)) == ("Synlig", ("Skjult",), [Line(1, ["ja"])])


@pytest.mark.parametrize("name", ["Gjester 2026", "  gjester 2026 "])
def test_named_sheet_is_read_in_any_case(name):
    data = xlsx([["nei"]], **{"Gjester 2026": [["ja"]]})

    assert cells(data, sheet=name) == [["ja"]]


def test_sheets_are_listed_when_the_named_one_is_missing():
    with pytest.raises(NoSuchSheet) as caught:
        open_table(xlsx([["x"]], Andre=[["y"]]), sheet="Tredje")

    assert caught.value.facts == {"name": "Tredje", "sheets": ("Ark1", "Andre")}


def test_text_has_no_sheets():
    with pytest.raises(NoSuchSheet):
        open_table(b"Navn;By\n", sheet="Ark1")


def test_rows_far_down_keep_their_number():
    sheet = f'<row r="1">{text_cell("A1", "Navn")}</row><row r="1048576">{text_cell("A1048576", "Kari")}</row>'

    assert list(open_table(raw_xlsx(sheet))) == [Line(1, ["Navn"]), Line(1048576, ["Kari"])]


# What is no table


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"  \r\n \n", b"\xff\xfe", b";;;\n;;\n", xlsx([])])
def test_file_is_empty_when_no_cell_has_anything(data):
    with pytest.raises(FileIsEmpty):
        open_table(data)


def test_empty_sheet_tells_the_names_of_the_others():
    with pytest.raises(FileIsEmpty) as caught:
        open_table(xlsx([], Gjester=[["Navn"]]))

    assert caught.value.facts == {"sheet": "Ark1", "other_sheets": ("Gjester",)}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "WordDocument".encode("utf-16-le"), "word"),
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf<html><table><tr><td>Navn</td></tr></table></html>", "html"),
        (b"\r\n<!DOCTYPE html><body>", "html"),
        (b"<table><tr><td>Navn", "html"),
        (b'<?xml version="1.0"?><Workbook/>', "xml"),
        (b"{\\rtf1 Navn}", "rtf"),
        (b"BEGIN:VCARD\r\nFN:Kari\r\n", "vcard"),
        (b"\x89PNG\r\n\x1a\n0000", "picture"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (bytes(range(32)) * 9, "binary"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
        (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), "word"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "xlsb"),
        (zipped({"Index/Document.iwa": ""}), "numbers"),
        (zipped({"bilde.jpg": "x"}), "archive"),
        (zipped({}), "archive"),
        (xlsx([["Navn"]])[:-200], "damaged"),
        (b"PK\x03\x04 and no more", "damaged"),
        (raw_xlsx('<row r="1"><c r="A1"><v>1</v></c>'), "damaged"),
        (raw_xlsx('<row r="99999999999"><c><v>1</v></c></row>'), "damaged"),
        (raw_xlsx('<row r="1e999"><c><v>1</v></c></row>'), "damaged"),
        (raw_xlsx('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'), "damaged"),
        (raw_xlsx('<row><c t="s"><v>7</v></c></row>'), "damaged"),
        (raw_xlsx('<row><c s="9"><v>7</v></c></row>'), "damaged"),
        (raw_xlsx("<row/>", styles="<fills><fill/></fills>"), "damaged"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<workbook/>"}), "damaged"),
        (raw_xlsx("", namespace="http://purl.oclc.org/ooxml/spreadsheetml/main"), "strict"),
    ],
)
def test_what_it_is_instead_is_told_when_it_is_no_table(data, kind):
    with pytest.raises(NotATable) as caught:
        list(open_table(data))

    assert caught.value.facts == {"kind": kind}


def test_entities_are_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    source = zipfile.ZipFile(BytesIO(raw_xlsx("")))
    parts = {name: source.read(name) for name in source.namelist()} | {"xl/worksheets/sheet1.xml": bomb}

    with pytest.raises(NotATable):
        open_table(zipped(parts))


# Limits


def test_file_is_too_big_when_it_has_a_byte_more_than_allowed():
    limits = Limits(max_bytes=10)

    assert cells(b"Navn\nKari\n", limits=limits) == [["Navn"], ["Kari"]]
    with pytest.raises(FileIsTooBig) as caught:
        open_table(b"Navn\nKari\n\n", limits=limits)
    assert caught.value.facts == {"size_bytes": 11, "limit_bytes": 10, "is_unpacked": False}


def test_zip_bomb_is_refused_before_it_unfolds():
    row = '<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    data = raw_xlsx(row + " " * 5_000_000)
    assert len(data) < 50_000

    with pytest.raises(FileIsTooBig) as caught:
        open_table(data, limits=Limits(max_unpacked_bytes=1_000_000))
    assert (caught.value.is_unpacked, caught.value.limit_bytes) == (True, 1_000_000)
    assert 5_000_000 < caught.value.size_bytes < 5_010_000


@pytest.mark.parametrize(
    "parts",
    [
        {"sheet_data": "<row>" + "<c/>" * 100_001 + "</row>"},
        {"sheet_data": "<a>" * 100_010 + "</a>" * 100_010},
        {"sheet_data": "", "strings": "<si/>" * 1_200_001},
        {"sheet_data": "", "styles": "<cellXfs>" + "<xf/>" * 250_001 + "</cellXfs>"},
    ],
)
def test_sheet_that_would_swell_in_memory_is_refused(parts):
    with pytest.raises(NotATable) as caught:
        open_table(raw_xlsx(**parts))

    assert caught.value.kind == "damaged"


def test_rows_of_a_workbook_are_not_held():
    table = open_table(xlsx([["Navn", "E-post"]] + [[f"Gjest {n}", f"g{n}@x.example"] for n in range(2000)]))

    tracemalloc.start()
    try:
        assert sum(1 for _ in table) == 2001
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak_bytes < 1_300_000


def test_openpyxl_is_loaded_only_when_a_workbook_is_read():
    code = "import sys, events.domain.guestlist; print('openpyxl' in sys.modules)"

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "False"


@pytest.mark.parametrize("make", [lambda rows: joined(rows).encode(), xlsx])
def test_two_hundred_columns_are_read_and_one_more_is_refused(make):
    wide = make([[f"K{n}" for n in range(200)]])

    assert len(cells(wide)[0]) == 200
    with pytest.raises(TooManyColumns) as caught:
        list(open_table(make([["a", "b"], [f"K{n}" for n in range(201)]])))
    assert caught.value.facts == {"limit": 200, "row": 2}


def test_empty_cells_to_the_right_are_no_columns():
    assert cells(b"Navn;By" + b";" * 500 + b"\nKari;Voss" + b";" * 500 + b"\n") == [
        ["Navn", "By"],
        ["Kari", "Voss"],
    ]


def test_rows_are_limited_and_a_heading_with_titles_does_not_count():
    limits = Limits(max_rows=100)
    data = "\n".join(f"r{n};x" for n in range(120)).encode()

    assert len(cells(data, limits=limits)) == 120
    with pytest.raises(TooManyRows) as caught:
        list(open_table(data + b"\nen til;x", limits=limits))
    assert caught.value.facts == {"limit": 100}


def test_error_does_not_print_what_stood_in_the_file():
    assert str(NoSuchSheet("Kari Berge", ())) == "no_such_sheet"


# Anything at all


def test_only_our_own_errors_when_bytes_are_random():
    chance = random.Random(1)
    alphabet = b'\x00\r\n;,\t|"ab\xc3\xb8\xff\xfe='
    for _ in range(2000):
        size = chance.randrange(1, 300)
        data = chance.randbytes(size) if chance.random() < 0.5 else bytes(chance.choices(alphabet, k=size))
        _read_or_refuse(data)


def test_only_our_own_errors_when_a_workbook_is_scratched():
    chance = random.Random(2)
    whole = (FILES / "selgerliste.xlsx").read_bytes()
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        _read_or_refuse(bytes(data))


def test_only_our_own_errors_when_the_xml_of_a_sheet_is_scratched():
    chance = random.Random(3)
    sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>A1</f><v>4.5</v></c></row>'
    for _ in range(300):
        text = list(sheet)
        for _ in range(chance.randrange(1, 4)):
            text[chance.randrange(len(text))] = chance.choice('<>/"rcstvf019AZ= ')
        styles = '<cellXfs><xf/><xf numFmtId="14"/></cellXfs>'
        _read_or_refuse(raw_xlsx("".join(text), strings="<si><t>x</t></si>", styles=styles))


def _read_or_refuse(data):
    try:
        lines = list(open_table(data))
    except TableError as error:
        assert error.code
    else:
        assert all(line.number > 0 and line.cells for line in lines)


def test_cell_of_a_workbook_keeps_its_value_beside_its_text_when_it_is_more_than_text():
    line = next(iter(open_table(xlsx([["Kari", 754, 12.34, datetime.time(12, 34), datetime.timedelta(minutes=12)]]))))

    assert line.cells == ["Kari", "754", "12.34", "12:34:00", "00:12:00"]
    assert not hasattr(line.cells[0], "value")
    assert [cell.value for cell in line.cells[1:]] == [
        754, 12.34, datetime.time(12, 34), datetime.timedelta(minutes=12),
    ]  # fmt: skip


def test_computed_cell_keeps_its_last_value():
    cell = next(iter(open_table(raw_xlsx('<row r="1"><c r="A1"><f>B1-C1</f><v>0.5</v></c></row>')))).cells[0]

    assert (str(cell), cell.formula, cell.value) == ("0.5", "=B1-C1", 0.5)
