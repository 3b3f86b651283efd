"""The gallery's settings, and the code for the tables with its cards."""

from io import BytesIO
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader

from events.domain.documents.table_cards import qr_rows
from events.models import Gallery, History, links

pytestmark = pytest.mark.usefixtures("near_press")
TYPED = {
    "is_open": "on", "approval": "all", "takes_guest_photos": "on", "takes_table_photos": "on", "guest_limit": "50",
    "kept_days": "90",
}  # fmt: skip


def page(event, end=""):
    return f"/admin/events/event/{event.pk}/gallery/{end}"


def text(response):
    return response.content.decode()


def test_settings_are_kept_and_stand_in_the_history_once(office, cast):
    assert not Gallery.objects.exists()
    assert "Koden til bordene" in text(office("otto").get(page(cast.event)))
    assert not Gallery.objects.exists()
    for _try in range(2):
        assert office("otto").post(page(cast.event), TYPED).status_code == 302
    gallery = Gallery.objects.get()
    assert (gallery.approval, gallery.guest_limit, gallery.kept_days) == ("all", 50, 90)
    assert gallery.takes_guest_photos and gallery.takes_table_photos and not gallery.keeps_originals
    row = History.objects.get(what="gallery")
    assert (row.by, row.facts["fields"]) == (
        cast.otto, ["approval", "guest_limit", "kept_days", "takes_guest_photos", "takes_table_photos"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"guest_limit": "0"}, "guest_limit"),
        ({"kept_days": "mange"}, "kept_days"),
        ({"guest_limit": "99999"}, "guest_limit"),
    ],
)
def test_a_number_that_cannot_be_is_asked_for_again_and_the_rest_is_kept(office, cast, typed, wrong):
    response = office("otto").post(page(cast.event), {**TYPED, **typed})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [wrong])
    assert "Skriv et tall fra 1 til" in text(response)
    assert not Gallery.objects.exists()


def test_a_renewed_code_ends_the_one_before(office, cast, client):
    office("otto").post(page(cast.event), TYPED)
    before = urlsplit(links.tables_url(Gallery.objects.get())).path
    assert before in text(office("otto").get(page(cast.event)))
    assert client.get(before).status_code == 200
    assert client.get(page(cast.event, "renew/")).status_code == 200
    assert client.get(before).status_code == 200
    assert office("otto").post(page(cast.event, "renew/")).status_code == 302
    assert client.get(before).status_code == 404
    assert client.get(urlsplit(links.tables_url(Gallery.objects.get())).path).status_code == 200


@pytest.mark.parametrize(("size", "count", "sheet"), [("a6", 4, (595, 842)), ("a5", 2, (842, 595))])
def test_the_sheet_has_cards_to_cut_with_the_address_in_two_languages(office, cast, size, count, sheet):
    office("otto").post(page(cast.event), TYPED)
    response = office("otto").get(page(cast.event, f"cards-{size}.pdf"))
    (only,) = PdfReader(BytesIO(response.content)).pages
    assert (round(only.mediabox.width), round(only.mediabox.height)) == sheet
    words = " ".join(only.extract_text().split())
    address = links.tables_url(Gallery.objects.get()).partition("://")[2].rstrip("/")
    for said in ("Del bildene dine med oss", "Share your photos with us", "Stoltzen", address):
        assert words.count(said) >= count, said
    assert office("otto").get(page(cast.event, f"cards-{size}.png"))["Content-Type"] == "image/png"


def test_there_are_no_cards_before_there_is_a_code_and_of_no_other_size(office, cast):
    assert office("otto").get(page(cast.event, "cards-a6.pdf")).status_code == 404
    office("otto").post(page(cast.event), TYPED)
    for end in ("cards-a4.pdf", "cards-a6.svg"):
        assert office("otto").get(page(cast.event, end)).status_code == 404


def test_the_code_is_square_and_has_its_three_corners():
    rows = qr_rows("https://vertskap.example/p/" + "a" * 34 + "/")
    assert {len(row) for row in rows} == {len(rows)}
    corners = (rows[0][:7], rows[0][-7:], rows[-1][:7], rows[6][:7])
    assert set(corners) == {"1111111"}
