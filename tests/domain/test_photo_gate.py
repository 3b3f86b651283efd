"""What a file is, by its first bytes alone."""

import pytest

from events.domain.photo_gate import Limits, PhotoRefused, check_pixels, sniff
from tests.photo_files import HEIC, drawn, file_of, zip_of

BRAND = b"\0\0\0\x18ftyp"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_is_known_by_its_bytes_alone(form):
    assert sniff(file_of(drawn(), form)[:1024]) == form


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (HEIC.read_bytes(), "HEIF"),
        (BRAND + b"mif1\0\0\0\0mif1heic", "HEIF"),
        (BRAND + b"mif1\0\0\0\0mif1avif", "AVIF"),
        (BRAND + b"msf1\0\0\0\0msf1hevc", "HEIF"),
    ],
)
def test_phones_formats_are_known_by_their_brands(head, form):
    assert sniff(head) == form


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (b"", "empty"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "svg"),
        (b'\xef\xbb\xbf\n <SVG onload="alert(1)">', "svg"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "web_page"),
        (file_of(drawn(), "GIF"), "gif"),
        (file_of(drawn(), "TIFF"), "tiff"),
        (file_of(drawn(), "BMP"), "bmp"),
        (file_of(drawn(), "PDF"), "pdf"),
        (b"II*\0\x10\0\0\0CR\2\0", "raw"),
        (BRAND + b"crx \0\0\0\1crx isom", "raw"),
        (BRAND + b"qt  \0\0\2\0qt  \0\0\0\0", "film"),
        (BRAND + b"isom\0\0\2\0isommp41", "film"),
        (b"\0\0\0\x08wide\0\0\1\0mdat", "film"),
        (b"RIFF\0\0\0\0AVI LIST", "film"),
        (zip_of({"a.jpg": b"a"}), "archive"),
        (zip_of({}), "archive"),
        (file_of(drawn(), "TGA"), "not_a_picture"),
        (b"MZ\x90\0" * 9, "not_a_picture"),
        (b"\xff\xd8", "not_a_picture"),
        (b"\0\0\0\x04ftyp", "film"),
    ],
)
def test_what_is_no_photo_is_told_for_what_it_is(head, code):
    with pytest.raises(PhotoRefused) as refusal:
        sniff(head[:1024])
    assert refusal.value.code == code


@pytest.mark.parametrize(("form", "most"), [("JPEG", 120), ("HEIF", 64), ("PNG", 50), ("WEBP", 50), ("AVIF", 50)])
def test_each_format_has_its_number_of_pixels(form, most):
    check_pixels(form, most * 1000, 1000, Limits())
    with pytest.raises(PhotoRefused) as refusal:
        check_pixels(form, most * 1000 + 1, 1000, Limits())
    assert (refusal.value.code, refusal.value.facts) == (
        "too_many_pixels", {"megapixels": most, "limit_megapixels": most}
    )  # fmt: skip


def test_a_strip_is_no_photo():
    check_pixels("JPEG", 16, 16, Limits())
    with pytest.raises(PhotoRefused) as refusal:
        check_pixels("JPEG", 2000, 15, Limits())
    assert refusal.value.facts == {"width": 2000, "height": 15, "least": 16}
