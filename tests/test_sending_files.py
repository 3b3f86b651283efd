"""How a file of the storage reaches a browser: by ourselves, or by nginx (U4, rules/photos.md 3.11)."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import Http404

from config import storing
from config.middleware import Gzip
from config.sending_files import FOR_A_DAY, NOT_KEPT, send

PATH, PIXELS = "photos/k3y/480.jpg", b"\xff\xd8 not quite a picture" * 40


@pytest.fixture
def stored(settings, tmp_path):
    """A file in a storage of this test's own; its path there."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return default_storage.save(PATH, ContentFile(PIXELS))


@pytest.fixture(autouse=True)
def no_database():
    """An answer that is closed looks after the database's connections; these tests have none."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def sent(rf):
    """sent(path, …) → the answer; closed after the test, as a server would."""
    answers = []

    def sent(path=PATH, *, method="get", headers=None, **said):
        said = {"content_type": "image/jpeg", "cache": FOR_A_DAY, **said}
        answers.append(send(getattr(rf, method)("/", headers=headers or {}), path, **said))
        return answers[-1]

    yield sent
    for answer in answers:
        answer.close()


def test_file_is_sent_with_headers_that_keep_it_private(sent, stored):
    response = sent(etag="a1")
    assert b"".join(response) == PIXELS
    assert dict(response.headers) == {
        "Accept-Ranges": "none",
        "Cache-Control": "private, max-age=86400",
        "Content-Disposition": "inline",
        "Content-Length": str(len(PIXELS)),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Type": "image/jpeg",
        "Cross-Origin-Resource-Policy": "same-origin",
        "ETag": '"a1"',
        "Vary": "Cookie",
        "X-Content-Type-Options": "nosniff",
    }


def test_file_is_taken_along_under_the_name_we_gave(sent, stored):
    response = sent(cache=NOT_KEPT, download_name="stoltzen-0001.jpg")
    assert response["Content-Disposition"] == 'attachment; filename="stoltzen-0001.jpg"'
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


def test_file_is_closed_with_the_answer(sent, stored):
    response = sent()
    file = response.file_to_stream
    assert not file.closed
    response.close()
    assert file.closed


def test_head_tells_the_length_and_opens_nothing(sent, stored, monkeypatch):
    monkeypatch.setattr(default_storage, "open", None)
    response = sent(method="head", etag="a1")
    assert (response["Content-Length"], response["ETag"], response.content) == (str(len(PIXELS)), '"a1"', b"")


@pytest.mark.parametrize("known", ['"a1"', 'W/"a1"', '"b2", "a1"', "*"])
def test_who_has_it_already_is_told_so_and_nothing_is_read(sent, stored, monkeypatch, known):
    monkeypatch.setattr(default_storage, "open", None)
    response = sent(headers={"if-none-match": known}, etag="a1")
    assert (response.status_code, response.content) == (304, b"")
    assert (response["ETag"], response["Cache-Control"]) == ('"a1"', FOR_A_DAY)
    assert "Content-Length" not in response and "Content-Type" not in response


def test_who_has_another_one_gets_this_one(sent, stored):
    assert sent(headers={"if-none-match": '"a0"'}, etag="a1").status_code == 200


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("prefix", ["", "/stored/"])
@pytest.mark.parametrize(
    "path", ["photos/gone/480.jpg", "photos/k3y/480.jpg/x", "../secret", "/etc/passwd", "letters/../photos/k3y/480.jpg"]
)
def test_what_is_not_there_is_not_found(sent, stored, settings, tmp_path, method, prefix, path):
    settings.X_ACCEL_PREFIX = prefix
    (tmp_path / "secret").write_text("outside of the storage")
    with pytest.raises(Http404):
        sent(path, method=method)


def test_photo_is_not_squeezed_again_and_keeps_its_length(rf, sent, stored):
    request = rf.get("/", headers={"accept-encoding": "gzip"})
    response = Gzip(lambda request: sent(etag="a1"))(request)
    assert (response["Content-Length"], response["ETag"]) == (str(len(PIXELS)), '"a1"')
    assert "Content-Encoding" not in response
    page = Gzip(lambda request: sent(content_type="text/html", etag="a1"))(request)
    assert page["Content-Encoding"] == "gzip"


def test_nginx_is_told_what_to_send(sent, stored, settings):
    settings.X_ACCEL_PREFIX = "/stored/"
    response = sent(download_name="a.jpg", cache=NOT_KEPT)
    assert response["X-Accel-Redirect"] == "/stored/photos/k3y/480.jpg"
    assert (response.content, response["Content-Type"]) == (b"", "image/jpeg")
    assert response["Content-Disposition"] == 'attachment; filename="a.jpg"'


@pytest.mark.parametrize("prefix", ["stored/", "/stored", "/", "/a b/", "https://elsewhere.example/"])
def test_prefix_that_nginx_cannot_have_stops_the_start(prefix):
    with pytest.raises(ImproperlyConfigured, match="X_ACCEL_PREFIX must begin and end with a slash"):
        storing.checked_prefix(prefix)
    assert (storing.checked_prefix(""), storing.checked_prefix("/stored/")) == ("", "/stored/")


def test_files_are_for_nobody_elses_eyes(stored, tmp_path):
    media = tmp_path / "media"
    assert stat.S_IMODE((media / stored).stat().st_mode) == 0o600
    assert {stat.S_IMODE((media / folder).stat().st_mode) for folder in ("", "photos", "photos/k3y")} == {0o700}


def test_nothing_of_the_storage_has_an_address(client, stored):
    for address in ("/media/photos/k3y/480.jpg", "/photos/k3y/480.jpg", "/static/photos/k3y/480.jpg"):
        assert client.get(address).status_code == 404
