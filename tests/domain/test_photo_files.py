"""The finished files: upright, in the screen's colours, as large as promised, and nothing of the camera in them."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageOps

from events.domain import photo_decoders, photo_files, photos
from events.domain.photo_gate import Limits, PhotoRefused, sniff
from tests.photo_files import (
    HEIC,
    SECRETS,
    camera_jpeg,
    corner,
    display_p3,
    drawn,
    file_of,
    jpeg,
    jpeg_claiming,
    notes,
    png_claiming,
    png_of_sixteen_bits,
    png_text_bomb,
    scan_bomb,
)

assert photo_decoders.KNOWN  # Pillow knows HEIF from here on


def made(data, *, turned=0, limits=None):
    """({name: picture}, {name: bytes}, notes)"""
    form = sniff(data[:1024])
    *files, told = photo_files.make(data, form, turned=turned, limits=limits or Limits())
    return {file.name: Image.open(BytesIO(file.data)) for file in files}, {f.name: f.data for f in files}, told


def refused(data, form="", **limits):
    with pytest.raises(PhotoRefused) as refusal:
        list(photo_files.make(data, form or sniff(data[:1024]), turned=0, limits=Limits(**limits)))
    return refusal.value


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_three_sizes_and_a_full_one_are_made(form):
    pictures, _files, told = made(file_of(drawn(2400, 1800), form, **({"speed": 10} if form == "AVIF" else {})))
    assert {name: picture.size for name, picture in pictures.items()} == {
        "480": (480, 360), "1280": (1280, 960), "2000": (2000, 1500), "full": (2400, 1800)
    }  # fmt: skip
    assert {(picture.format, picture.mode) for picture in pictures.values()} == {("JPEG", "RGB")}
    assert all(pictures[str(side)].info.get("progressive") for side in photos.SIDES)
    assert told.colour.startswith("#")


def test_a_small_photo_stays_small():
    pictures, _files, _told = made(file_of(drawn(700, 500), "PNG"))
    assert [pictures[name].size for name in ("2000", "1280", "480")] == [(700, 500), (700, 500), (480, 343)]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("held", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held_and_as_an_organiser_turned_it(held, turned):
    pictures, _files, _told = made(camera_jpeg(held=held), turned=turned)
    expected = drawn().rotate(-turned, expand=True)
    full = ImageOps.exif_transpose(pictures["full"])
    for picture in (full, pictures["2000"], pictures["480"]):
        assert (picture.size, corner(picture)) == (expected.size, corner(expected))


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_other_formats_stand_upright_too(form):
    pictures, _files, _told = made(file_of(drawn().transpose(Image.Transpose.ROTATE_90), form, exif=notes(6)))
    assert {(picture.size, corner(picture)) for picture in pictures.values()} == {((160, 120), "top left")}


def test_a_phone_s_heic_is_turned_once_and_its_clock_is_read():
    pictures, files, told = made(HEIC.read_bytes())
    assert {picture.size for picture in pictures.values()} == {(64, 96)}  # drawn lying, held upright
    assert {corner(picture) for picture in pictures.values()} == {"top right"}
    assert (told.taken, told.offset) == ("2027-09-24T18:42:07.35", "+02:00")
    assert b"Greta" in HEIC.read_bytes()
    assert not any(b"Greta" in data for data in files.values())


def test_no_file_holds_what_the_camera_wrote():
    for form, data in (
        ("JPEG", camera_jpeg(held=6)),
        *((form, file_of(drawn(), form, exif=notes(), icc_profile=display_p3(), xmp=b"Greta http://"))
          for form in ("PNG", "WEBP", "AVIF")),
    ):  # fmt: skip
        assert b"Greta" in data
        _pictures, files, _told = made(data)
        for name, file in files.items():
            assert [secret for secret in SECRETS if secret in file] == [], (form, name)
            has_own = form == "JPEG" and name == "full"  # the same coded pixels need their profile, and how they stand
            assert (b"Exif" in file, b"ICC_PROFILE" in file) == (has_own, has_own), (form, name)


def test_a_wide_colour_becomes_the_same_colour_on_every_screen():
    red = Image.new("RGB", (160, 120), (200, 80, 80))
    shown = made(file_of(red, "PNG", icc_profile=display_p3()))[0]["480"].getpixel((80, 60))
    own = ImageCms.ImageCmsProfile(BytesIO(display_p3()))
    right = ImageCms.profileToProfile(red, own, ImageCms.createProfile("sRGB")).getpixel((80, 60))
    assert right[0] - 200 > 10  # the primaries differ plainly
    assert shown == pytest.approx(right, abs=3)


def test_a_profile_that_is_none_changes_nothing():
    shown = made(jpeg(icc_profile=b"no profile at all"))[0]["480"]
    assert shown.getpixel((150, 110)) == pytest.approx((0, 0, 90), abs=6)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_a_jpeg_for_print_or_in_grey_looks_as_it_should(mode):
    shown = made(file_of(drawn().convert(mode), quality=95))[0]["480"].convert("RGB")
    assert corner(shown) == "top left"
    expected = drawn().convert(mode).convert("RGB").getpixel((150, 110))
    assert shown.getpixel((150, 110)) == pytest.approx(expected, abs=8)


def test_sixteen_bits_are_scaled_and_not_cut_off():
    shown = made(png_of_sixteen_bits(value=0x8000))[0]["480"].convert("L")
    assert shown.getpixel((5, 5)) == pytest.approx(128, abs=2)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_is_transparent_is_white(form):
    clear = Image.new("RGBA", (160, 120), (0, 0, 0, 0))
    assert made(file_of(clear, form))[0]["full"].getpixel((80, 60)) >= (250, 250, 250)


@pytest.mark.parametrize("mode", ["P", "1", "LA"])
def test_a_png_of_any_kind_becomes_a_photo(mode):
    assert corner(made(file_of(drawn().convert("L").convert(mode), "PNG"))[0]["480"]) == "top left"


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF"])
def test_of_a_moving_picture_the_first_one_is_taken(form):
    moving = file_of(drawn(), form, save_all=True, append_images=[Image.new("RGB", (160, 120), "red")], duration=80)
    assert corner(made(moving)[0]["full"]) == "top left"


def test_a_panorama_keeps_its_shape():
    pictures, _files, _told = made(file_of(drawn(20_000, 40)))
    assert {name: picture.size for name, picture in pictures.items()} == {
        "480": (480, 1), "1280": (1280, 3), "2000": (2000, 4), "full": (20_000, 40)
    }  # fmt: skip


def test_the_colour_is_that_of_the_whole_photo():
    assert made(file_of(Image.new("RGB", (400, 400), (20, 80, 90)), "PNG"))[2].colour == "#14505a"


@pytest.mark.parametrize(
    ("noted", "taken", "offset"),
    [
        ({}, "2027-09-24T18:42:07.35", ""),
        ({"parts": ""}, "2027-09-24T18:42:07.0", ""),
        ({"parts": "35x 7", "offset": "+02:00"}, "2027-09-24T18:42:07.357", "+02:00"),
        ({"taken": ""}, "", ""),
    ],
)
def test_the_camera_s_clock_is_read(noted, taken, offset):
    told = made(camera_jpeg(**noted))[2]
    assert (told.taken, told.offset) == (taken, offset)


def test_notes_that_cannot_be_read_are_no_reason_to_refuse():
    for rubbish in (b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 50, b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff"):
        pictures, _files, told = made(jpeg(exif=rubbish))
        assert (corner(pictures["480"]), told.taken) == ("top left", "")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_photo_that_did_not_come_whole_is_refused(form, share):
    data = file_of(Image.effect_noise((400, 300), 90).convert("RGB"), form)
    assert refused(data[: int(len(data) * share)]).code in ("incomplete", "damaged")


def test_a_jpeg_that_lacks_its_end_is_told_to_be_cut_off():
    assert refused(jpeg()[:-40]).code == "incomplete"


def test_pixels_are_counted_before_any_is_decoded():
    assert refused(png_claiming(8000, 7000)).facts == {"megapixels": 56, "limit_megapixels": 50}
    assert refused(jpeg_claiming(12_000, 11_000)).facts == {"megapixels": 132, "limit_megapixels": 120}
    assert refused(HEIC.read_bytes(), heif_megapixels=0).code == "too_many_pixels"
    assert refused(file_of(drawn(160, 15))).code == "too_small"


def test_more_work_than_a_photo_can_make_is_refused():
    assert refused(jpeg_claiming(8000, 7000)).code == "laborious"
    assert refused(scan_bomb()).code == "laborious"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8\xff\xe0<html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n<script>",
        b"RIFF\0\0\0\0WEBP<script>",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x18ftypavif\0\0\0\0mif1avif",
    ],
)
def test_a_head_alone_makes_no_photo(data):
    assert refused(data).code in ("damaged", "incomplete")


def test_one_format_is_never_read_as_another():
    assert refused(file_of(drawn(), "TGA"), "HEIF").code == "damaged"
    assert refused(file_of(drawn(), "PNG"), "JPEG").code == "damaged"


def test_a_bomb_of_text_is_no_photo():
    data = png_text_bomb()
    assert len(data) < 100_000
    try:
        assert refused(data).code == "damaged"
    except pytest.fail.Exception:  # a Pillow that leaves the text alone
        assert corner(made(data)[0]["480"]) == "top left"


def test_what_hides_in_or_behind_a_photo_does_not_go_on():
    for data in (jpeg() + b"PK\3\4<script>", jpeg(comment=b"<script>"), file_of(drawn(), "PNG") + b"<script>"):
        assert not any(b"script" in file for file in made(data)[1].values())
