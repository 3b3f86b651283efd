"""The files of photos: their headers, the zip, and that nothing of what is not shown gets out by any address."""

import io
import re
import zipfile
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage

from events.actions import consents
from events.models import Consent, Photo
from events.reports.photo_zips import photo_zip
from tests import factories, photo_rows
from tests.test_access import text_of

SIZES = ["480.jpg", "1280.jpg", "2000.jpg"]


@pytest.fixture
def at(cast):
    return factories.page_of(cast.greta) + "photos/"


@pytest.fixture
def photo(cast):
    return photo_rows.make_photo(cast.event)


def content_of(response):
    return b"".join(response)


def stored(photo, name):
    with default_storage.open(photo.file(name)) as file:
        return file.read()


def test_sizes_are_shown_and_kept_for_a_day_behind_headers_that_let_nothing_run(client, at, photo):
    for name in SIZES:
        response = client.get(f"{at}{photo.key}/{name}")
        assert content_of(response) == stored(photo, name)
        assert {header: response[header] for header in (
            "Content-Type", "Cache-Control", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy",
            "Cross-Origin-Resource-Policy", "Referrer-Policy",
        )} == {
            "Content-Type": "image/jpeg", "Cache-Control": "private, max-age=86400", "Content-Disposition": "inline",
            "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "same-origin",
        }  # fmt: skip
        assert "Cookie" in response["Vary"]
        assert response["X-Robots-Tag"].startswith("noindex")
        assert "Content-Encoding" not in response
        again = client.get(f"{at}{photo.key}/{name}", headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_marks_of_files_differ_and_change_when_the_photo_is_turned(client, at, photo):
    def marks():
        return [client.head(f"{at}{photo.key}/{name}")["ETag"] for name in SIZES]

    before = marks()
    Photo.objects.update(turned=90)
    assert len({*before, *marks()}) == 6


def test_original_is_taken_along_under_a_neutral_name_and_kept_nowhere(cast, client, at, photo):
    second = photo_rows.make_photo(cast.event, file_name="IMG_hemmelig.HEIC")
    response = client.get(f"{at}{second.key}/original")
    assert content_of(response) == stored(second, "full.jpg")
    assert response["Content-Disposition"] == 'attachment; filename="stoltzen-0002.jpg"'
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


def test_length_is_told_before_when_only_the_head_is_asked_for(client, at, photo):
    for name in (f"{photo.key}/480.jpg", f"{photo.key}/original", "all.zip"):
        head, body = client.head(at + name), content_of(client.get(at + name))
        assert (head.status_code, int(head["Content-Length"]), head.content) == (200, len(body), b"")


def test_zip_has_all_photos_as_they_are_taken_along_and_nothing_of_cameras_or_phones(cast, client, at):
    photos = [photo_rows.make_photo(cast.event, file_name=f"Henriks iPhone {number}.HEIC") for number in range(3)]
    response = client.get(f"{at}all.zip", headers={"accept-encoding": "gzip"})
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/zip", "private, no-store")
    assert response["Content-Disposition"] == 'attachment; filename="stoltzen.zip"'
    content = content_of(response)
    assert int(response["Content-Length"]) == len(content)
    assert b"Henrik" not in content
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert found.testzip() is None
        assert [(info.compress_type, info.comment) for info in found.infolist()] == [(zipfile.ZIP_STORED, b"")] * 3
        assert {name: found.read(name) for name in found.namelist()} == {
            f"stoltzen-{number:04}.jpg": stored(photo, "full.jpg") for number, photo in enumerate(photos, 1)
        }


def test_chosen_photos_keep_their_number_in_the_zip(cast, client, at):
    photos = [photo_rows.make_photo(cast.event) for _number in range(3)]
    photo_rows.mark(photos[2], cast.greta)
    for query in f"?keys={photos[2].key},{'0' * 24}", "?only=mine":
        content = content_of(client.get(f"{at}all.zip{query}"))
        assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["stoltzen-0003.jpg"]
    assert client.get(f"{at}all.zip?keys={'0' * 24}").status_code == 404


def test_each_zip_that_leaves_stands_in_the_log_without_a_name(cast, client, at, photo, caplog):
    with caplog.at_level("INFO", "vertskap.photos"):
        content_of(client.get(f"{at}all.zip"))
    assert f"A zip of 1 photos goes to guest {cast.greta.pk}" in caplog.messages
    assert cast.greta.name not in caplog.text


def test_zip_knows_its_length_beyond_four_gigabytes(cast):

    large = SimpleNamespace(sizes={"full": [1, 1, 3 * 2**30]}, file=str)
    stream = photo_zip(cast.event, [(number, large) for number in (1, 2)], is_seen=lambda photo: True)
    assert len(stream) > 6 * 2**30


def test_a_link_takes_one_zip_at_a_time_and_all_together_only_so_many(cast, client, at, photo, settings):
    running = client.get(f"{at}all.zip")
    refused = client.get(f"{at}all.zip")
    assert refused.status_code == 429
    assert f'<a class="btn" href="{at}all.zip">' in refused.content.decode()
    elsewhere = factories.page_of(cast.henrik) + "photos/all.zip"
    settings.PHOTO_ZIPS_AT_ONCE = 1
    assert client.get(elsewhere).status_code == 429
    content_of(running)
    assert content_of(client.get(elsewhere))
    assert content_of(client.get(f"{at}all.zip"))


def test_places_are_given_back_when_nobody_listens_any_more(cast, client, at, photo):
    response = client.get(f"{at}all.zip")
    for close in response._resource_closers:
        close()
    assert content_of(client.get(f"{at}all.zip"))


def test_file_that_is_not_there_is_the_404(client, at, photo):
    default_storage.delete(photo.file("480.jpg"))
    assert client.get(f"{at}{photo.key}/480.jpg").status_code == 404
    for name in ("full.jpg", "481.jpg", "..%2fsecret", "original.jpg"):
        assert client.get(f"{at}{photo.key}/{name}").status_code == 404


def addresses(at, key):
    return [f"{at}{key}/", *(f"{at}{key}/{name}" for name in (*SIZES, "original"))]


def test_what_is_not_shown_is_found_at_no_address(cast, client, at, now):
    """Hidden, waiting, held back, not made, of another event: in no page, file or zip, by name or by bytes."""
    shown = photo_rows.make_photo(cast.event, colour="#112233")
    secret = [
        photo_rows.make_photo(cast.event, colour="#a00001", state="hidden", caption="Skjult tekst"),
        photo_rows.make_photo(cast.event, colour="#a00002", state="waiting", caption="Ventende tekst"),
        photo_rows.make_photo(cast.event, colour="#a00003", caption="Tilbakeholdt tekst"),
        photo_rows.make_photo(cast.event, colour="#a00004", work="making", caption="Uferdig tekst"),
        photo_rows.make_photo(cast.other_event, colour="#a00005", caption="Fremmed tekst"),
    ]
    for photo in secret:
        photo_rows.mark(photo, cast.greta)
    photo_rows.mark(secret[2], cast.henrik)
    consents.say(cast.henrik, Consent.Purpose.PHOTOS, False, by=None, channel="web", language="nb", now=now)
    secret = list(Photo.objects.exclude(pk=shown.pk))
    page_of_greta = factories.page_of(cast.greta)
    pages = [
        page_of_greta, f"{page_of_greta}answered/", f"{page_of_greta}results/", f"{page_of_greta}data/", at,
        f"{at}?only=mine", f"{at}?choose=1", f"{at}?page=2", f"{at}{shown.key}/", f"{at}{shown.key}/?only=mine",
        f"{page_of_greta}data/download.json", f"{page_of_greta}data/download.html",
    ]  # fmt: skip
    bytes_of = [stored(photo, name) for photo in secret for name in (*SIZES, "full.jpg")]
    told = {
        (address, word)
        for address in pages
        for photo in secret
        for word in (photo.key, photo.place, photo.caption)
        if word in text_of(client.get(address))
    }
    assert told == set()
    keys = ",".join(photo.key for photo in (shown, *secret))
    for query in "", f"?keys={keys}":
        content = content_of(client.get(f"{at}all.zip{query}"))
        assert zipfile.ZipFile(io.BytesIO(content)).namelist() == ["stoltzen-0001.jpg"]
        assert not any(secret_bytes in content for secret_bytes in bytes_of)
    assert client.get(f"{at}all.zip?only=mine").status_code == 404
    for photo in secret:
        for address in addresses(at, photo.key):
            assert client.get(address).status_code == 404, address
        for deed in "me", "remove":
            assert client.post(f"{at}{photo.key}/{deed}/").status_code == 404


@pytest.mark.parametrize("who", ["revoked", "unknown"])
def test_wrong_link_meets_the_one_warm_404_at_every_address(cast, client, photo, who):
    cast.ines.invitation.state = "revoked"
    cast.ines.invitation.save()
    at = {"revoked": factories.page_of(cast.ines), "unknown": f"/i/{34 * '1'}/"}[who] + "photos/"
    warm = plain(client.get(f"/i/{34 * '0'}/"))
    met = [client.get(address) for address in (*addresses(at, photo.key), f"{at}all.zip")]
    met += [client.post(f"{at}{photo.key}/{deed}/") for deed in ("me", "remove")]
    assert {response.status_code for response in met} == {404}
    assert {plain(response) for response in met} == {warm}
    assert all(response["Cache-Control"] == "private, no-store" for response in met)


def test_guest_of_another_event_meets_what_a_photo_that_never_was_would_give(cast, client, photo):
    at = factories.page_of(cast.zoe) + "photos/"

    def met(key):
        read = [client.get(address) for address in addresses(at, key)]
        return [*read, *(client.post(f"{at}{key}/{deed}/") for deed in ("me", "remove"))]

    theirs, none = met(photo.key), met("0" * 24)
    assert {response.status_code for response in theirs} == {404}
    assert [plain(each).replace(photo.key, "") for each in theirs] == [
        plain(each).replace("0" * 24, "") for each in none
    ]
    assert client.get(f"{at}all.zip").status_code == 404


def plain(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())


def test_old_address_opens_nothing_when_a_photo_was_asked_away_and_shown_again(cast, client, at, photo):
    client.post(f"{at}{photo.key}/remove/")
    Photo.objects.update(state="shown")
    assert client.get(f"{at}{photo.key}/480.jpg").status_code == 404
    assert client.head(f"{at}{Photo.objects.get().key}/480.jpg").status_code == 200
