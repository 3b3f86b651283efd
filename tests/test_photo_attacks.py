"""Photos that are hidden, deleted or another event's, asked for by every way at the wrong moment."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from PIL import Image

from events.actions import photo_marks, photo_removals, photos
from events.models import Consent, Gallery, History, Photo
from events.models.seen_photo import seen_photo
from tests import factories, photo_rows
from tests.urls import all_routes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
OFFICE, WEB = History.Channel.OFFICE, History.Channel.WEB
FILES = ("480.jpg", "1280.jpg", "2000.jpg", "original")


@pytest.fixture
def album(cast):
    """Three photos of the event, of different colours."""
    return [photo_rows.make_photo(cast.event, is_real_size=True, colour=c) for c in ("#aa0000", "#00aa00", "#0000aa")]


def hide(cast, photo, now):
    photos.hide(cast.event, Photo.objects.filter(pk=photo.pk), by=cast.otto, channel=OFFICE, now=now)


def delete(cast, photo, now):
    photos.delete(cast.event, Photo.objects.filter(pk=photo.pk), by=cast.otto, channel=OFFICE, now=now)


def ask_away(cast, photo, now):
    photo_removals.ask(cast.henrik, photo.key, channel=WEB, now=now)


def hold_back(cast, photo, now):
    Consent.objects.create(guest=cast.henrik, purpose="photos", is_given=False, said_at=now)
    photo_marks.mark_by_office([photo], cast.henrik, by=cast.otto, channel=OFFICE, now=now)


def close(cast, photo, now):
    Gallery.objects.create(event=cast.event, is_open=False)


def lose(cast, photo, now):
    """As when somebody has tidied the folder by hand."""
    photo_rows.default_storage.delete(photo.file("full.jpg"))


ALL = [hide, delete, ask_away, hold_back, close, lose]


@pytest.mark.parametrize("deed", ALL)
def test_what_is_hidden_while_a_zip_is_sent_is_not_in_it_and_the_zip_is_whole(client, cast, album, now, deed):
    response = client.get(reverse("photos_zip", args=[factories.token_of(cast.greta)]))
    parts = iter(response.streaming_content)
    data = next(parts)
    deed(cast, album[2], now)
    data += b"".join(parts)
    assert len(data) == int(response["Content-Length"])
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        last = archive.read(archive.namelist()[2])
    pixel = Image.open(BytesIO(last)).convert("RGB").getpixel((0, 0))
    assert max(pixel) - min(pixel) < 10  # grey, and not the blue of the photo


@pytest.mark.parametrize("deed", [None, hide, delete, ask_away, hold_back, close])
def test_photo_is_found_by_its_address_just_when_the_guest_may_see_it(cast, album, now, deed):
    photo = album[0]
    if deed:
        deed(cast, photo, now)
    keys = {photo.key, *Photo.objects.filter(pk=photo.pk).values_list("key", flat=True)}
    for guest in (cast.greta, cast.henrik, cast.zoe):
        for key in keys:
            expected = Photo.objects.visible_to(guest).filter(key=key).first()
            assert seen_photo(guest, key) == expected
            assert (expected is not None) == (deed is None and guest != cast.zoe)


@pytest.mark.parametrize("deed", [hide, ask_away, hold_back, close])
def test_hidden_photo_is_found_at_no_address(client, cast, album, now, deed):
    """Every GET of the guests' site, with the address it had and the one it has."""
    photo = album[0]
    before = photo.key
    deed(cast, photo, now)
    photo.refresh_from_db()
    caption = "Grethe på toppen"
    with photo_rows.default_storage.open(photo.file("480.jpg")) as file:
        pixels = file.read()
    Photo.objects.filter(pk=photo.pk).update(caption=caption)
    for route in sorted(set(all_routes())):
        if route.startswith("i/<str:token>/") and "forget" not in route:
            for guest in (cast.greta, cast.zoe):
                for key in (before, photo.key):
                    assert_hides(client, address(route, guest, key), caption, photo.place, pixels)


def address(route, guest, key):
    filled = {"<str:token>": factories.token_of(guest), "<photo:key>": key, "<str:name>": "480.jpg"}
    filled |= {"<str:activity>": "dinner", "<str:shape>": "og"}
    for part, value in filled.items():
        route = route.replace(part, value)
    return f"/{route}"


def assert_hides(client, at, caption, place, pixels):
    response = client.get(at)
    said = b"".join(response) if response.streaming else response.content
    for secret in (caption.encode(), place.encode(), pixels):
        assert secret not in said, at


@pytest.mark.parametrize("name", FILES)
def test_photo_of_another_event_is_the_one_404(client, cast, album, name):
    key = album[0].key
    answers = [
        client.get(reverse("photo_file", args=[factories.token_of(cast.zoe), each, name])) for each in (key, "x" * 24)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert not any(answer.streaming for answer in answers)
    own = client.get(reverse("photo_file", args=[factories.token_of(cast.greta), key, name]))
    assert own.status_code == 200 and b"".join(own)


@pytest.mark.parametrize(
    "name", ["full.jpg", "480.JPG", "480.jpg/", "..", "../original", "..%2Foriginal", "original%00", "480.jpg%0d%0aX:1"]
)
def test_name_we_do_not_know_is_the_one_404(client, cast, album, name):
    at = f"{factories.page_of(cast.greta)}photos/{album[0].key}/{name}"
    assert client.get(at).status_code == 404
