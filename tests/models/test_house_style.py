"""The house's colours and logo as the settings name them, and what start-up says of those that cannot be used."""

import time

import pytest
from django.core.checks import run_checks
from PIL import Image

from events.domain.colours import FJORD
from events.models import house_style

SVG = '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"></svg>'


@pytest.fixture
def logo_file(tmp_path):
    """logo_file(name, bytes or None for a real PNG) → the path of a file."""

    def write(name="logo.png", data=None):
        path = tmp_path / name
        if data is None:
            Image.new("RGB", (400, 100), "red").save(path)
        else:
            path.write_bytes(data)
        return str(path)

    return write


def warnings():
    return {(warning.id, warning.hint) for warning in run_checks() if warning.id in ("vertskap.W020", "vertskap.W021")}


def test_start_up_is_silent_when_nothing_is_set_or_all_can_be_used(settings, logo_file):
    assert warnings() == set()
    settings.COMPANY_COLOUR, settings.COMPANY_LOGO = "#9e1b32", logo_file()
    assert warnings() == set()
    assert house_style.palette().accent == "#9e1b32"


def test_fjord_is_used_and_start_up_names_a_shade_when_the_colour_is_too_pale(settings):
    settings.COMPANY_COLOUR = "#ff6600"
    ((code, hint),) = warnings()
    assert (code, "#bd4b00" in hint) == ("vertskap.W020", True)
    assert house_style.palette() == FJORD


def test_fjord_is_used_and_start_up_says_so_when_the_colour_is_none(settings):
    settings.COMPANY_COLOUR = "url(//evil.example)"
    assert [code for code, _hint in warnings()] == ["vertskap.W020"]
    assert house_style.palette() == FJORD


def test_a_png_is_shown_in_letters_and_an_svg_on_pages_only(settings, logo_file):
    settings.COMPANY_LOGO = logo_file()
    assert (house_style.logo().is_for_letters, house_style.logo().width, house_style.logo().height) == (True, 160, 40)
    settings.COMPANY_LOGO = logo_file("logo.svg", SVG.encode())
    assert (house_style.logo().content_type, house_style.logo().is_for_letters) == ("image/svg+xml", False)


@pytest.mark.parametrize("data", [b"GIF89a", b"<html><svg></svg></html>", b"x" * 2_000_001])
def test_no_logo_is_shown_and_start_up_says_so_when_the_file_cannot_be_used(settings, logo_file, data):
    settings.COMPANY_LOGO = logo_file("logo.gif", data)
    assert [code for code, _hint in warnings()] == ["vertskap.W021"]
    assert house_style.logo() is None


@pytest.mark.parametrize("start", [b" " * 4000, b"<!---->" * 500, b"<!-->-->" * 500, b"<?xml>" * 600])
def test_what_only_looks_like_an_svg_for_long_is_known_at_once(logo_file, start):
    began = time.process_time()
    with pytest.raises(house_style.NoLogo):
        house_style.read_logo(logo_file("logo.svg", start))
    assert time.process_time() - began < 1  # measured: 0.001; it took a second, or for ever


def test_no_logo_is_shown_and_start_up_says_so_when_there_is_no_file(settings, tmp_path):
    settings.COMPANY_LOGO = str(tmp_path / "none.png")
    assert [code for code, _hint in warnings()] == ["vertskap.W021"]
    assert house_style.logo() is None
