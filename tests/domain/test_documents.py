"""Documents as they come from the press, read back by pypdf and Pillow: every word on its page, and no name that breaks
or leaves it.
"""

import random
import subprocess
import sys
import unicodedata
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from events.domain.colours import contrast
from events.domain.documents import typesetting
from events.domain.documents.bibs import Bib, Bibs, BibWords, bibs
from events.domain.documents.diplomas import Diploma, Diplomas, diplomas
from events.domain.documents.lists import Column, Group, List, ListWords, printed_list
from events.domain.documents.press import TEMPLATES, press
from events.domain.documents.shares import Shape, Share, share
from events.domain.documents.typesetting import Form, Frame, Look, NotTypeset, job_data, plain

LONG = "Maximilian-Alexander Østergård-Kristiansen"  # 42 letters
TYPED = '#panic("x") *b* _i_ $x$ @a <b> \\ // `c` = [d] {e}'
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="red"/></svg>'
A5, A4 = (595, 421), (595, 842)


def frame(language="nb", **look):
    usual = {"company": "Fjord Eiendom AS", "accent": "#0f5257", "on_accent": "#ffffff", "tint": "#e2f0ee"}
    return Frame(title="Stoltzen 2027", language=language, look=Look(**{**usual, **look}))


def bib_sheet(*worn, **more):
    return Bibs(event="Stoltzen 2027", bibs=worn, words=BibWords(start="Start", name="Navn"), **more)


def a_diploma(**more):
    usual = {
        "language": "nb", "heading": "Diplom", "event": "Stoltzen 2027", "name": "Kari Nordås",
        "did": "fullførte Stoltzekleiven på", "where": "Bergen, fredag 24. september 2027", "time": "13:07",
        "pill": "Ny pers! 1:25 raskere enn i 2024", "lines": ("Mål 13:00 – bare 0:07 unna", "Klasse: Damer 40–44"),
        "facts": "ca. 908 trinn, rundt 300 høydemeter", "signed_by": "Even Strand, daglig leder",
    }  # fmt: skip
    return Diploma(**{**usual, **more})


def a_list(rows, **more):
    columns = (Column(title="Nr."), Column(title="Navn", share=1), Column(title="Startet", ticks=True))
    usual = {
        "heading": "Startliste", "under": "Stoltzen", "foot": "Per 24.09.2027", "columns": columns,
        "groups": (Group(title="", rows=tuple(rows)),),
        "words": ListWords(page="Side {page} av {pages}", empty="Ingen"),
    }  # fmt: skip
    return List(**{**usual, **more})


def read(pdf):
    return PdfReader(BytesIO(pdf))


def text_of(page):
    return " ".join(page.extract_text().split())


def fonts_of(reader):
    """{name: is embedded} of all fonts."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            kinds = ("/FontFile", "/FontFile2", "/FontFile3")
            found[font.get_object()["/BaseFont"]] = any(kind in inner["/FontDescriptor"] for kind in kinds)
    return found


def size_of(page):
    return round(page.mediabox.width), round(page.mediabox.height)


def test_a_bib_says_who_runs_when_on_an_a5_page():
    worn = Bib(number=27, name="Åse Ørnæs", company="Fjord Regnskap AS", start="16:04:20")
    reader = read(bibs(bib_sheet(worn, Bib(number=28)), frame()))
    assert [size_of(page) for page in reader.pages] == [A5, A5]
    first, blank = map(text_of, reader.pages)
    for word in ("27", "Åse Ørnæs", "Fjord Regnskap AS", "Start", "16:04:20", "Stoltzen 2027", "Fjord Eiendom AS"):
        assert word in first
    assert blank.split() == ["Stoltzen", "2027", "Fjord", "Eiendom", "AS", "28", "Navn"]


def test_two_bibs_share_an_a4_page_when_they_are_cut():
    reader = read(bibs(bib_sheet(*[Bib(number=n, name=LONG) for n in (1, 22, 333)], two_on_a4=True), frame()))
    assert [size_of(page) for page in reader.pages] == [A4, A4]


@pytest.mark.parametrize("number", [1, 8, 88, 888, 8888])
def test_a_number_is_at_least_five_centimetres_high_and_stays_on_the_bib(number):
    """Readable at ten metres: 25 mm is what a sign needs there."""
    picture = Image.open(BytesIO(bibs(bib_sheet(Bib(number=number)), frame(), Form.PNG))).convert("L")
    black = picture.point(lambda value: 255 if value < 12 else 0).getbbox()
    left, top, right, bottom = (round(value / 72 * 25.4) for value in black)
    assert bottom - top >= 50
    assert (left >= 8, right <= 202, top > 22, bottom < 107) == (True, True, True, True)


def test_diplomas_say_all_they_are_given_one_on_a_page():
    content = Diplomas(diplomas=(a_diploma(), a_diploma(name="Ola Öberg", time="", instead="Vel kjempet!", pill="")))
    reader = read(diplomas(content, frame()))
    assert [size_of(page) for page in reader.pages] == [A4, A4]
    first, second = map(text_of, reader.pages)
    for word in (
        "Kari Nordås",
        "13:07",
        "Ny pers! 1:25 raskere enn i 2024",
        "Klasse: Damer 40–44",
        "908 trinn",
        "Even",
    ):
        assert word in first
    assert ("Vel kjempet!" in second, "13:07" in second) == (True, False)


@pytest.mark.parametrize("name", [LONG, "Æ" * 150, "Bo", f"{LONG} {LONG} {LONG}"])
def test_a_diploma_stays_one_page_and_whole_whatever_the_name(name):
    wordy = "Løypa går opp 908 trinn fra Fjellveien. " * 6
    content = Diplomas(diplomas=(a_diploma(name=name, company=name, facts=wordy.strip(), signed_by=name, pill=name),))
    reader = read(diplomas(content, frame()))
    assert len(reader.pages) == 1
    assert text_of(reader.pages[0]).replace(" ", "").count(name.replace(" ", "")) == 4
    picture = Image.open(BytesIO(diplomas(content, frame(), Form.PNG))).convert("L")
    margins = [picture.crop(box) for box in ((0, 0, 36, 842), (559, 0, 595, 842))]
    assert {margin.getextrema() for margin in margins} == {(255, 255)}


def test_a_document_is_tagged_named_in_its_language_and_brings_its_letters():
    for made in (
        bibs(bib_sheet(Bib(number=1, name="Kari")), frame("fi")),
        diplomas(Diplomas(diplomas=(a_diploma(language="fi"),)), frame("fi")),
        printed_list(a_list([("1", "Kari", "")]), frame("fi")),
    ):
        reader = read(made)
        root = reader.trailer["/Root"]
        assert (reader.metadata.title, root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("Stoltzen 2027", "fi", True)
        assert fonts_of(reader)
        assert all("SourceSansPro" in name and is_embedded for name, is_embedded in fonts_of(reader).items())


@pytest.mark.parametrize("template", ["bib", "diploma", "list"])
def test_a_document_keeps_the_rules_of_pdf_ua(template):
    """typst checks PDF/UA-1 itself: headings in order, pictures described or decoration, a title, a language."""
    content = {
        "bib": bib_sheet(Bib(number=1, name="Kari", company="Å", start="16:00"), Bib(number=2)),
        "diploma": Diplomas(diplomas=(a_diploma(), a_diploma())),
        "list": a_list([("1", "Kari", "")], note="Foreløpig"),
    }[template]
    for logo in ({}, {"logo": SVG, "logo_format": "svg"}):
        made = press(template, job_data(content, frame(**logo)), "pdf", standard="ua-1")
        assert made.startswith(b"%PDF")


def test_a_list_repeats_its_head_and_counts_its_pages():
    rows = [(str(number), f"Gjest {number}", "") for number in range(1, 101)]
    reader = read(printed_list(a_list(rows), frame()))
    texts = [text_of(page) for page in reader.pages]
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert f"Side {number} av {len(texts)}" in text
        assert "Nr. Navn Startet" in text
    assert "Gjest 100" in texts[-1]


def test_an_empty_list_says_so():
    assert "Ingen" in text_of(read(printed_list(a_list([], groups=()), frame())).pages[0])


def test_what_a_guest_typed_stays_text():
    made = [
        bibs(bib_sheet(Bib(number=1, name=TYPED)), frame()),
        diplomas(Diplomas(diplomas=(a_diploma(name=TYPED),)), frame()),
        printed_list(a_list([("1", TYPED, "")]), frame()),
    ]
    for pdf in made:
        assert TYPED.replace(" ", "") in text_of(read(pdf).pages[0]).replace(" ", "")


@pytest.mark.parametrize("shape", Shape)
def test_a_picture_has_its_size_and_is_light_enough_for_a_preview(shape):
    png = share(Share(shape=shape, event="Stoltzen 2027", name=LONG, time="13:07", pill="Ny pers!", line="Å"), frame())
    assert Image.open(BytesIO(png)).size == shape.size
    assert len(png) < 300_000


@pytest.mark.parametrize("shape", Shape)
def test_white_words_can_be_read_on_the_sky(shape):
    """WCAG 1.4.3: 3:1 for large type, measured where the words stand, in a picture without them."""
    width, height = shape.size
    picture = Image.open(BytesIO(share(Share(shape=shape, event="", name=" "), frame()))).convert("RGB")
    least = min(
        contrast("#ffffff", "#{:02x}{:02x}{:02x}".format(*picture.getpixel((x, y))))
        for x in range(width // 20, width // 2, 20)
        for y in range(height // 20, height * 62 // 100, 20)
    )
    assert least >= 4.5
    assert contrast("#4a2c00", "#fbe3b6") >= 7


def test_a_logo_is_shown_and_one_that_cannot_be_read_is_left_out():
    red = BytesIO()
    Image.new("RGB", (800, 200), "#ff0000").save(red, "PNG")
    sheet = bib_sheet(Bib(number=1))
    for logo, form in ((red.getvalue(), "png"), (SVG, "svg")):
        picture = Image.open(BytesIO(bibs(sheet, frame(logo=logo, logo_format=form), Form.PNG))).convert("RGB")
        assert (255, 0, 0) in {colour for _count, colour in picture.getcolors(1 << 20)}
    broken = bibs(sheet, frame(logo=b"<svg", logo_format="svg"))
    assert "Fjord Eiendom AS" in text_of(read(broken).pages[0])


SIGNS = (
    "aåÆøŁšğđñ'-,. \"#$*_@<>\\/`=[]{}()%&~^|"
    "😀👩‍🚀🏳️‍🌈א שלום عمر 王 한 ё Ω \u202e\u200b\u0301\u0000\t\n\u00ad\ufeff\U000e0041"
)


@pytest.mark.parametrize("seed", range(6))
def test_no_name_stops_the_press(seed):
    """Odd signs in any order, and any letters of Unicode."""
    chance = random.Random(seed)

    def odd():
        signs = (chance.choice(SIGNS) if chance.random() < 0.8 else chr(chance.randrange(0x110000)) for _ in range(30))
        return "".join(signs)

    for _round in range(5):
        words = [odd() for _number in range(6)]
        sheet = bib_sheet(Bib(number=1, name=words[0], company=words[1], start=words[2]))
        content = Diplomas(
            diplomas=(a_diploma(name=words[0], company=words[3], lines=(words[4],), signed_by=words[5]),)
        )
        assert press("bib", job_data(sheet, frame()), "pdf")
        assert press("diploma", job_data(content, frame()), "pdf")
        assert press("list", job_data(a_list([("1", words[0], "")]), frame()), "pdf")
    picture = Share(shape=Shape.OG, event=words[1], name=words[0], instead=words[2], pill=words[3], line=words[4])
    assert share(picture, frame())


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("A\u030ase", "Åse"),
        ("Kari 🎉 Nordås", "Kari Nordås"),
        ("Kari\n\tNordås\u0000", "Kari Nordås"),
        ("\u202eKari\u200b", "Kari"),
        ("Ada \ud800 Lovelace", "Ada ? Lovelace"),
        ("Nordås® & Sønn™", "Nordås® & Sønn™"),
    ],
)
def test_a_text_is_set_in_one_line_of_letters(typed, set_as):
    assert plain(typed) == set_as


def test_the_typeface_has_every_letter_of_our_guests():
    letters = "æøåäöÆØÅÄÖğĞŁłšŠôđĐžŽćčñüßþÞðÐáéíóúýŋçêîőűțșİıΩЯё–—’“”«»…·−×"
    made = read(printed_list(a_list([("1", letters, "")]), frame()))
    assert letters in text_of(made.pages[0])
    assert [letter for letter in letters if unicodedata.category(letter) == "Cn"] == []


def test_a_document_has_the_same_fingerprint_until_a_word_or_the_look_changes():
    content = Diplomas(diplomas=(a_diploma(),))
    first = typesetting.fingerprint("diploma", content, frame())
    assert first == typesetting.fingerprint("diploma", Diplomas(diplomas=(a_diploma(),)), frame())
    others = [
        typesetting.fingerprint("diploma", Diplomas(diplomas=(a_diploma(time="13:06"),)), frame()),
        typesetting.fingerprint("diploma", content, frame("fi")),
        typesetting.fingerprint("diploma", content, frame(accent="#9e1b32")),
        typesetting.fingerprint("diploma", content, frame(logo=b"1")),
    ]
    assert len({first, *others}) == 5


def test_a_template_that_fails_says_which_and_nothing_of_the_data():
    with pytest.raises(NotTypeset) as failed:
        typesetting.typeset("bib", Diplomas(diplomas=(a_diploma(),)), frame())
    assert failed.value.template == "bib"
    assert "Kari" not in str(failed.value)


def test_typst_is_loaded_by_the_press_alone():
    code = (
        "import sys, events.domain.documents.bibs, events.domain.documents.shares; "
        "print(sorted({'typst', 'font_source_sans_pro', 'PIL'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"


def test_templates_ask_for_nothing_from_elsewhere():
    for file in TEMPLATES.glob("*.typ"):
        assert "@preview" not in file.read_text()
        assert "http" not in file.read_text()
