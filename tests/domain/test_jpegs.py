"""A JPEG read by its segments: what it costs, and what stays of it."""

from io import BytesIO

import pytest
from PIL import Image

from events.domain import jpegs
from tests.photo_files import SECRETS, camera_jpeg, display_p3, drawn, file_of, jpeg, scan_bomb, with_segment


def pixels(data):
    return Image.open(BytesIO(data)).tobytes()


def test_scans_are_counted_and_not_what_looks_like_one():
    innocent = with_segment(jpeg(), 0xE5, b"\xff\xda\0\2" * 500)
    assert not jpegs.is_laborious(innocent, 160 * 120)
    assert not jpegs.is_laborious(file_of(drawn(), progressive=True), 160 * 120)
    assert not jpegs.is_laborious(scan_bomb(50), 160 * 120)
    assert jpegs.is_laborious(scan_bomb(65), 160 * 120)


def test_pixels_out_of_nothing_are_seen():
    data = jpeg()
    assert not jpegs.is_laborious(data, len(data) * 1000)
    assert jpegs.is_laborious(data, len(data) * 1000 + 1)


@pytest.mark.parametrize("cut", [2, 3, 40, 600])
def test_a_file_that_ends_too_early_is_seen_wherever_it_ends(cut):
    with pytest.raises(jpegs.NotWhole):
        list(jpegs.segments(jpeg()[:-cut]))


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_the_same_pixels_are_left_and_nothing_else(mode, progressive):
    plain = file_of(drawn().convert(mode), progressive=progressive, icc_profile=b"a profile", comment=b"Greta")
    data = with_segment(with_segment(plain, 0xE1, b"Exif\0\0GPS"), 0xE2, b"MPF\0Greta") + b"<script>"
    stripped = jpegs.stripped(data)
    assert pixels(stripped) == pixels(plain)
    assert [secret for secret in SECRETS if secret in stripped] == []
    assert b"MPF" not in stripped
    assert Image.open(BytesIO(stripped)).info["icc_profile"] == b"a profile"


def test_a_camera_s_notes_are_gone_but_how_it_was_held():
    data = camera_jpeg(held=6)
    assert all(secret in data for secret in (b"Greta", b"IMG_4711", b"script", b"http://"))
    stripped = jpegs.stripped(data, orientation=6)
    assert [secret for secret in SECRETS if secret in stripped] == []
    picture = Image.open(BytesIO(stripped))
    assert dict(picture.getexif()) == {0x0112: 6}
    assert picture.info["icc_profile"] == display_p3()
    assert b"Exif" not in jpegs.stripped(data)


def test_the_small_picture_in_the_head_is_gone():
    head = b"JFIF\0\1\2\0\0\1\0\1"
    data = jpeg()
    assert data[6:18] == head[:5] + b"\1\1\0\0\1\0\1"
    tiny = head + b"\3\1" + b"Greta.jpg"  # three by one pixels
    data = data[:2] + b"\xff\xe0" + (len(tiny) + 2).to_bytes(2, "big") + tiny + data[20:]
    stripped = jpegs.stripped(with_segment(data, 0xE0, b"JFXX\0\x13Greta"))
    assert b"Greta" not in stripped
    assert pixels(stripped) == pixels(jpeg())
