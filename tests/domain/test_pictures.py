"""Pictures for letters: what is accepted, and that nothing but pixels goes on."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageDraw

from events.domain import pictures
from events.domain.pictures import PictureRefused
from tests.photo_files import file_of, jpeg_claiming, png_claiming, scan_bomb

LIMITS = {"most_bytes": 20_000_000}


def plain(width=1400, height=800, colour=(20, 80, 90), mode="RGB"):
    return Image.new("RGB", (width, height), colour).convert(mode)


def made(data):
    return Image.open(BytesIO(pictures.letter_picture(data, **LIMITS)))


def refused(data, **limits):
    with pytest.raises(PictureRefused) as refusal:
        pictures.letter_picture(data, **{**LIMITS, **limits})
    return refusal.value


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("width", "height"), [(2400, 1300), (1160, 500), (700, 400)])
def test_a_picture_becomes_a_jpeg_no_wider_than_needed(form, width, height):
    picture = made(file_of(plain(width, height), form))
    assert (picture.format, picture.width) == ("JPEG", min(1160, width))
    assert picture.height == round(picture.width * height / width)


def test_a_picture_is_small_enough_for_mail_whatever_is_on_it():
    noise = Image.effect_noise((2400, 1600), 120).convert("RGB")
    assert len(pictures.letter_picture(file_of(noise, quality=95), **LIMITS)) <= 150_000


def test_a_standing_picture_is_cut_around_its_middle():
    picture = plain(1200, 2400, (0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 800, 1200, 1600), fill="white")
    shown = made(file_of(picture))
    assert shown.size == (1160, 870)
    assert shown.convert("L").resize((1, 1)).getpixel((0, 0)) > 215


def test_a_picture_stands_upright_when_the_camera_was_turned():
    picture = plain(800, 1200, (0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 100, 1200), fill="white")  # becomes the lower edge
    exif = Image.Exif()
    exif[0x0112] = 8  # turned a quarter to the left
    shown = made(file_of(picture, exif=exif))
    assert shown.size == (1160, 773)
    assert shown.convert("L").getpixel((580, 765)) > 200 > shown.convert("L").getpixel((580, 10))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_goes_on(form):
    exif = Image.Exif()
    exif[0x010E] = "Greta Aasen, Storgata 1"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = file_of(plain(), form, exif=exif, icc_profile=profile)
    assert b"Greta" in data
    kept = pictures.letter_picture(data, **LIMITS)
    assert b"Greta" not in kept
    assert b"Exif" not in kept
    assert b"ICC_PROFILE" not in kept


def test_transparency_becomes_white():
    shown = made(file_of(Image.new("RGBA", (1200, 600), (0, 0, 0, 0)), "PNG"))
    assert shown.getpixel((600, 300)) >= (250, 250, 250)


@pytest.mark.parametrize(("mode", "form"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("LA", "PNG"), ("1", "PNG")])
def test_colours_of_every_kind_become_those_of_a_screen(mode, form):
    assert made(file_of(plain(mode=mode), form)).mode == "RGB"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a\x01\x00\x01\x00",
        b"%PDF-1.7",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"\xff\xd8\xff\xe0<html><script>alert(1)</script>",
        b"MZ\x90\x00" * 99,
    ],
)
def test_what_is_no_picture_is_refused(data):
    assert refused(data).code == "not_a_picture"


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "TGA", "ICO"])
def test_another_kind_of_picture_is_refused_whatever_it_is_called(form):
    assert refused(file_of(plain(200, 200), form)).code == "not_a_picture"


def test_a_page_hidden_in_a_picture_does_not_go_on():
    data = file_of(plain()) + b"<script>alert(1)</script>"
    assert b"script" not in pictures.letter_picture(data, **LIMITS)


def test_a_picture_that_was_not_sent_whole_is_refused():
    data = file_of(Image.effect_noise((1400, 800), 90).convert("RGB"))
    assert refused(data[: len(data) // 2]).code == "damaged"


def test_size_is_judged_before_anything_is_decoded():
    assert refused(png_claiming(8000, 7000)).facts == {"limit_megapixels": 50}
    assert refused(png_claiming(60_000, 60_000)).code == "too_many_pixels"  # Pillow itself refuses to open it
    assert refused(jpeg_claiming(12_000, 11_000)).facts == {"limit_megapixels": 120}
    assert refused(jpeg_claiming(8000, 7000)).code == "damaged"  # more pixels than its bytes can hold
    assert refused(scan_bomb()).code == "damaged"  # more work than any honest picture makes


def test_a_large_file_is_refused_with_the_numbers():
    refusal = refused(file_of(plain()), most_bytes=100)
    assert (refusal.code, refusal.facts["limit_bytes"]) == ("file_is_too_big", 100)


@pytest.mark.parametrize(("width", "height"), [(500, 400), (1400, 100)])
def test_a_picture_that_would_be_blurred_is_refused(width, height):
    refusal = refused(file_of(plain(width, height)))
    assert (refusal.code, refusal.facts["width"]) == ("too_small", width)


@pytest.mark.parametrize(("size", "shown"), [((900, 220), (164, 40)), ((100, 100), (40, 40)), ((2000, 100), (240, 12))])
def test_a_logo_is_made_twice_as_large_as_it_is_shown(size, shown):
    logo = pictures.logo(file_of(Image.new("RGBA", size, (200, 0, 0, 128)), "PNG"))
    assert (logo.width, logo.height) == shown
    png = Image.open(BytesIO(logo.png))
    assert png.format == "PNG"
    twice = [min(2 * side, own) for side, own in zip(shown, size, strict=True)]
    assert png.size == pytest.approx(twice, abs=1)


def test_a_logo_that_is_none_is_refused():
    with pytest.raises(PictureRefused):
        pictures.logo(b"GIF89a")
