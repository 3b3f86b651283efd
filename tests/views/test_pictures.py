"""What letters and pages show of the house: the same for everybody, kept for long, and nothing else is served."""

import pytest
from django.urls import reverse
from PIL import Image

from events.actions import letter_pictures
from tests import factories
from tests.domain.test_pictures import file_of, plain


@pytest.fixture
def address(cast, now, settings, tmp_path):
    """The path of the picture of Otto's event."""
    settings.MEDIA_ROOT = tmp_path
    letter_pictures.put(cast.event, file_of(plain()), by=cast.otto, channel="office", now=now)
    key = cast.event.letter_picture.name.removeprefix("letters/").removesuffix(".jpg")
    return reverse("letter_picture", args=[key])


@pytest.fixture
def logo(settings, tmp_path):
    path = tmp_path / "logo.png"
    Image.new("RGB", (400, 100), "red").save(path)
    settings.COMPANY_LOGO = str(path)


def test_the_picture_is_served_to_everybody_and_kept_for_a_year(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response["Content-Security-Policy"]
    assert (response.cookies, response.content[:3]) == ({}, b"\xff\xd8\xff")
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_the_picture_is_gone_when_it_was_taken_away(client, address, cast, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        letter_pictures.remove(cast.event, by=cast.otto, channel="office", now=now)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "key",
    ["../../../../etc/passwd", "..%2f..%2fsecret", "a" * 23, "a" * 25, "å" * 24, "a" * 23 + "\x00", "a" * 23 + "\n"],
)
def test_nothing_else_is_served_whatever_is_typed(client, address, tmp_path, key):
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (tmp_path / "guest-lists").mkdir()
    (tmp_path / "guest-lists" / ("a" * 24 + ".jpg")).write_bytes(b"secret")
    assert client.get(f"/pictures/{key}.jpg").status_code == 404
    assert client.get(f"/pictures/{'a' * 24}.jpg").status_code == 404


def test_a_guests_page_shows_the_logo_and_links_the_colours_when_they_are_set(client, cast, settings, logo):
    settings.COMPANY_COLOUR, settings.COMPANY_NAME = "#9e1b32", "Fjellheim Regnskap"
    page = client.get(factories.page_of(cast.greta)).content.decode()
    shown = page.partition('<img class="logo" src="')[2].partition('"')[0]
    assert client.get(shown)["Content-Type"] == "image/png"
    assert 'alt="Fjellheim Regnskap" width="160" height="40"' in page
    css = page.partition('<link rel="stylesheet" href="/colours/')[2].partition('"')[0]
    response = client.get(f"/colours/{css}")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    assert "--fjord:#9e1b32" in response.content.decode()
    assert "prefers-color-scheme:dark" in response.content.decode()


def test_a_guests_page_asks_for_nothing_more_when_the_house_has_no_look_of_its_own(client, cast, settings):
    for settings.COMPANY_COLOUR in ("", "#ffff00"):
        page = client.get(factories.page_of(cast.greta)).content.decode()
        assert ("/colours/" in page, 'class="logo"' in page) == (False, False)


def test_a_letter_of_last_year_shows_the_logo_of_today(client, logo, db):
    response = client.get(reverse("logo", args=["0" * 16]))
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=3600")


def test_there_is_no_logo_when_none_is_set(client, db):
    assert client.get(reverse("logo", args=["0" * 16])).status_code == 404


def test_a_logo_as_svg_runs_nothing(client, settings, tmp_path, db):
    path = tmp_path / "logo.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    settings.COMPANY_LOGO = str(path)
    response = client.get(reverse("logo", args=["0" * 16]))
    assert response["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
