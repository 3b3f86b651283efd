"""How letters look: picture, logo and colours of the house, by day and by night, and with images off."""

import re

import pytest
from PIL import Image

from events import emails
from events.models import Event, Guest
from tests import factories

PICTURE = "letters/" + "a" * 24 + ".jpg"


@pytest.fixture
def letter(cast):
    """letter(kind, guest) → the HTML as that guest gets it."""

    def show(kind="invitation", guest=cast.greta):
        rows = Guest.objects.select_related("contact__company", "contact__host", "host", "invitation")
        return emails.preview(Event.objects.get(pk=cast.event.pk), kind, "nb", rows.get(pk=guest.pk)).html

    return show


def images(html):
    return re.findall(r"<img [^>]*>", html)


def test_the_picture_is_the_same_address_for_every_guest(letter, cast, settings):
    Event.objects.filter(pk=cast.event.pk).update(letter_picture=PICTURE)
    shown = {image for guest in (cast.greta, cast.henrik, cast.ines) for image in images(letter(guest=guest))}
    (image,) = shown
    assert f'src="{settings.SITE_URL}/pictures/{"a" * 24}.jpg"' in image
    assert 'width="580"' in image
    assert 'alt="Stoltzen"' in image


def test_a_letter_says_everything_when_images_are_off(letter, cast):
    Event.objects.filter(pk=cast.event.pk).update(letter_picture=PICTURE)
    html = letter()
    band = html.partition(images(html)[0])[2]
    assert re.search(r"<h1[^>]*>Stoltzen</h1>", band)
    assert "Fredag 24.&nbsp;september 2027 · Bergen" in band
    assert factories.token_of(cast.greta) in band


def test_a_letter_has_no_image_when_none_was_chosen(letter):
    assert images(letter()) == []


def test_a_mail_that_was_written_before_pictures_is_still_shown(cast):
    content = emails.compose(
        "invitation", cast.greta, emails.editions([cast.event.pk])[cast.event.pk], [], now=cast.greta.created_at
    )
    del content["picture"]
    assert images(emails.render(content, link="https://a/", unsubscribe_url="").html) == []


def test_the_logo_stands_above_letters_when_it_is_no_svg(letter, settings, tmp_path):
    path = tmp_path / "logo.png"
    Image.new("RGB", (400, 100), "red").save(path)
    settings.COMPANY_LOGO = str(path)
    (image,) = images(letter())
    assert re.search(rf'src="{settings.SITE_URL}/logo/[0-9a-f]{{16}}" width="160" height="40" alt="Vertskap"', image)
    path = tmp_path / "logo.svg"
    path.write_text("<svg></svg>")
    settings.COMPANY_LOGO = str(path)
    assert images(letter()) == []


def test_band_button_and_links_take_the_companys_colour(letter, settings):
    assert "#0f5257" in letter()
    settings.COMPANY_COLOUR = "#9e1b32"
    html = letter()
    assert "#0f5257" not in html
    assert re.search(r'<td class="top" bgcolor="#9e1b32" style="[^"]*background-color: ?#9e1b32', html)
    assert re.search(r'<a href="[^"]*" style="[^"]*background-color: ?#9e1b32', html)
    settings.COMPANY_COLOUR = "#ffff00"
    assert "#0f5257" in letter()


def test_a_letter_is_shown_by_night_and_by_day_whatever_the_screen_is_set_to(letter):
    html = letter()
    assert html.count("(prefers-color-scheme: dark)") == 1
    dark, light = (emails.in_scheme(html, is_dark=is_dark) for is_dark in (True, False))
    assert ("@media all {" in dark, "@media not all {" in light) == (True, True)
    assert "prefers-color-scheme" not in dark + light


def test_a_subject_cannot_stand_in_for_the_dark(cast):
    mark = "@media (prefers-color-scheme: dark)"
    html = f"<title>{mark}</title><style>{mark} {{}}</style><p>{mark}</p>"
    assert emails.in_scheme(html, is_dark=True) == f"<title>{mark}</title><style>@media all {{}}</style><p>{mark}</p>"


def test_every_table_of_a_letter_is_one_of_facts_or_said_to_be_none(letter):
    for table in re.findall(r"<table[^>]*>", letter("confirmation")):
        assert 'role="presentation"' in table or 'class="facts"' in table


def test_examples_are_what_the_letter_would_say(cast):
    guest = Guest.objects.select_related("contact__company", "contact__host", "host", "invitation").get(
        pk=cast.greta.pk
    )
    edition = emails.editions([cast.event.pk])[cast.event.pk]
    said = emails.examples("invitation", guest, edition, language="nb")
    assert (said["first_name"], said["on_day"], said["company"]) == (
        "Greta", "fredag 24.\xa0september", "Fjord Regnskap AS"
    )  # fmt: skip
    assert (said["personal_line"], said["activity"], said["said"]) == ("", "", "")
    assert said["programme"].startswith("15:00 Gathering, 16:00 ")
    assert "link" not in said
