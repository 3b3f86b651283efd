"""Photos by a real nginx, set up as docs/operating.md says."""

import time
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
from django.urls import path
from django.views.decorators.http import require_safe

from config import urls
from config.sending_files import FOR_A_DAY, NOT_KEPT, send
from tests import ground
from tests.nginx import PROGRAM, Nginx

pytestmark = pytest.mark.slow
PIXELS = b"\xff\xd8 not quite a picture" * 4000
direct = build_opener(ProxyHandler({}))


@require_safe
def seen(request, name):
    return send(request, f"photos/{name}", content_type="image/jpeg", cache=FOR_A_DAY, etag="a1")


@require_safe
def taken(request, name):
    return send(request, f"photos/{name}", content_type="image/jpeg", cache=NOT_KEPT, download_name="a-0001.jpg")


urlpatterns = [path("seen/<path:name>", seen), path("taken/<path:name>", taken), *urls.urlpatterns]


@pytest.fixture
def program(settings):
    """Where the program itself listens. (Django's own live server would serve all of MEDIA_ROOT.)"""
    settings.ROOT_URLCONF = __name__
    server = WSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
    server.set_app(WSGIHandler())
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def address(settings, tmp_path, program):
    if PROGRAM is None:
        (pytest.fail if ground.in_ci() else pytest.skip)("No nginx was found. Install Debian's package nginx-light.")
    settings.MEDIA_ROOT, settings.X_ACCEL_PREFIX = tmp_path / "media", "/stored/"
    default_storage.save("photos/a b/480.jpg", ContentFile(PIXELS))
    default_storage.save("guest-lists/secret", ContentFile(b"names"))
    with Nginx(tmp_path, upstream=program, media=tmp_path / "media") as nginx:
        wait_for(nginx.address)
        yield nginx.address


def wait_for(address):
    for _try in range(200):
        try:
            return asked(f"{address}/seen/")
        except URLError:
            time.sleep(0.05)
    raise AssertionError("nginx does not answer.")


def asked(address, method="GET", **headers):
    """(status, headers, body)"""
    try:
        with direct.open(Request(address, method=method, headers=headers), timeout=20) as response:
            return response.status, response.headers, response.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_nginx_sends_what_the_program_allows(address):
    status, headers, body = asked(f"{address}/seen/a%20b/480.jpg", Range="bytes=0-9")
    assert (status, body) == (200, PIXELS)
    assert headers["Content-Length"] == str(len(PIXELS))
    assert headers.get_all("Content-Type") == ["image/jpeg"]
    assert headers.get_all("Cache-Control") == ["private, max-age=86400"]
    assert headers.get_all("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert headers.get_all("Cross-Origin-Resource-Policy") == ["same-origin"]
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers.get_all("X-Robots-Tag") == ["noindex, nofollow"]
    assert headers.get_all("Referrer-Policy") == ["same-origin"]
    assert headers.get_all("ETag") == ['"a1"']
    assert "Cookie" in headers["Vary"]
    assert headers.get_all("Content-Disposition") == ["inline"]
    assert headers["X-Accel-Redirect"] is None


def test_nginx_lets_a_browser_keep_what_it_has(address):
    assert asked(f"{address}/seen/a%20b/480.jpg", **{"If-None-Match": '"a1"'})[0] == 304
    head = asked(f"{address}/seen/a%20b/480.jpg", "HEAD")
    assert (head[0], head[1]["Content-Length"], head[2]) == (200, str(len(PIXELS)), b"")


def test_nginx_gives_along_what_is_taken(address):
    _status, headers, body = asked(f"{address}/taken/a%20b/480.jpg")
    assert body == PIXELS
    assert headers["Content-Disposition"] == 'attachment; filename="a-0001.jpg"'
    assert headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path",
    [
        "/stored/photos/a%20b/480.jpg", "/stored/guest-lists/secret", "/seen/gone/480.jpg",
        "/seen/..%2Fguest-lists/secret", "/stored/photos/..%2Fguest-lists/secret",
        "/stored/photos../guest-lists/secret",
    ],
)  # fmt: skip
def test_nginx_gives_nothing_that_the_program_does_not_allow(address, path):
    status, _headers, body = asked(address + path)
    assert status == 404 and b"names" not in body and PIXELS[:20] not in body
