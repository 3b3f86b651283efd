"""The company's colour: read, refused, and what goes with it."""

import pytest

from events.domain import colours
from events.domain.colours import DARK_CARD, FJORD, PAPER, WHITE, contrast

COMPANIES = ["#9e1b32", "#004b87", "#c8102e", "#111111", "#5b2d90", "0066CC", " #06c ", "#717171", "#006400"]


def test_black_on_white_is_as_strong_as_it_gets():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # WCAG's own example
    assert contrast("#123456", "#123456") == 1


def test_fjord_is_used_when_no_colour_is_set():
    assert colours.palette("") == FJORD


@pytest.mark.parametrize("colour", COMPANIES)
def test_everything_written_in_the_colour_can_be_read_when_it_is_accepted(colour):
    shown = colours.palette(colour)
    read = {
        "link on white": (shown.accent, WHITE),
        "link on paper": (shown.accent, PAPER),
        "initials on the tint": (shown.accent, shown.tint),
        "button": (shown.on_accent, shown.accent),
        "band": (WHITE, shown.band),
        "link in the dark": (shown.dark_accent, DARK_CARD),
        "initials on the dark tint": (shown.dark_accent, shown.dark_tint),
        "button in the dark": (shown.dark_on_accent, shown.dark_accent),
        "text on the tint": ("#16302f", shown.tint),
        "text on the dark tint": ("#eaf1ef", shown.dark_tint),
    }
    assert {what: pair for what, pair in read.items() if contrast(*pair) < 4.5} == {}


def test_fjord_keeps_what_is_asked_of_others():
    assert contrast(FJORD.accent, PAPER) >= 4.5 <= contrast(FJORD.dark_accent, FJORD.dark_tint)


@pytest.mark.parametrize("colour", ["#ff6600", "#ffff00", "#ffffff", "#777"])
def test_a_pale_colour_is_refused_with_a_shade_that_can_be_read(colour):
    with pytest.raises(colours.TooPale) as refusal:
        colours.palette(colour)
    assert refusal.value.contrast < 4.5
    assert colours.palette(refusal.value.readable).accent == refusal.value.readable


@pytest.mark.parametrize("colour", ["red", "#12345", "#12345g", "url(x)", "#0f5257;}", "rgb(1,2,3)", "#"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(colours.NotAColour):
        colours.palette(colour)
