"""What every answer says to browsers, search engines and caches (S5, S6, S11–S14, S25, P14)."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from tests import factories

CLOSED = {"default-src", "object-src", "base-uri", "frame-ancestors"}
PAGES = ["/", "/privacy/", "/healthz", "/.well-known/security.txt"]
PAGES += ["/i/{token}/", "/i/{token}/answered/", "/i/{token}/calendar/dinner.ics"]
PAGES += ["/i/{token}/calendar/", "/i/wrong/", "/no-such-page/", "/admin/login/", "/i18n/setlang/"]


@pytest.fixture
def address(cast):
    """address(page) → the page's address with Greta's token."""
    return lambda page: page.format(token=factories.token_of(cast.greta))


def policy_of(response):
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in directives}


def assert_closed(response):
    policy = policy_of(response)
    assert {name: policy[name] for name in CLOSED} == {name: ["'none'"] for name in CLOSED}
    assert {value for name, values in policy.items() if name not in CLOSED for value in values} == {"'self'"}
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "camera=()" in response["Permissions-Policy"]
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_is_closed_to_strangers(client, address, page):
    assert_closed(client.get(address(page)))


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"host": "127.0.0.1:8000\\@evil.example"}])
def test_refused_host_is_answered_as_closed_as_the_others(client, headers):
    assert_closed(client.get("/", headers=headers))


def test_broken_page_is_as_closed_as_the_others(client, address, monkeypatch):
    monkeypatch.setattr("events.views.health.JsonResponse", None)
    client.raise_request_exception = False
    response = client.get("/healthz")
    assert response.status_code == 500
    assert policy_of(response)["default-src"] == ["'none'"]
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("page", ["/", "/privacy/", "/i/{token}/", "/i/{token}/answered/", "/i/wrong/"])
def test_guests_get_no_cookie_but_the_one_of_forms_and_language(client, address, page):
    client.get(address(page))
    client.post(reverse("set_language"), {"language": "fi", "next": address(page)})
    client.get(address(page))
    assert set(client.cookies) <= {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")


@pytest.mark.parametrize("page", ["/", "/i/{token}/", "/admin/login/"])
def test_foreign_host_is_refused(client, address, page):
    assert client.get(address(page), headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("page", ["/", "/i/{token}/", "/i/{token}/answered/", "/admin/login/"])
def test_forwarded_host_is_not_believed(client, address, page):
    headers = {"x-forwarded-host": "evil.example", "x-forwarded-proto": "https", "forwarded": "host=evil.example"}
    response = client.get(address(page), headers=headers)
    assert "evil.example" not in response.content.decode()
    assert not response.wsgi_request.is_secure()


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("page", PAGES)
def test_method_we_do_not_use_is_refused(client, address, page, method):
    response = client.generic(method, address(page))
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST, OPTIONS"
    assert_closed(response)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"],
)
def test_switch_and_login_stay_at_home(client, cast, elsewhere):
    switched = client.post(reverse("set_language"), {"language": "fi", "next": elsewhere})
    assert (switched.status_code, switched["Location"]) == (303, "/")
    login = {"username": "otto", "password": factories.PASSWORD, "next": elsewhere}
    entered = client.post(reverse("admin:login"), login)
    assert (entered.status_code, entered["Location"]) == (302, reverse("admin:index"))


@pytest.mark.parametrize(
    "path", ["/.git/HEAD", "/.env", "/var/vertskap.sqlite3", "/media/", "/static/../.env", "/manage.py"]
)
def test_nothing_of_the_machine_is_served(client, db, path):
    assert client.get(path).status_code == 404


def test_whoever_finds_a_weakness_is_told_whom_to_tell(client, settings, now):
    settings.CONTACT_EMAIL, settings.SITE_URL = "hei@vertskap.example", "https://vertskap.example"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    told = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert told["Contact"] == "mailto:hei@vertskap.example"
    assert told["Canonical"] == "https://vertskap.example/.well-known/security.txt"
    assert told["Preferred-Languages"] == "nb, en, sv, fi"
    ends_at = datetime.fromisoformat(told["Expires"])
    assert timedelta(days=100) < ends_at - now < timedelta(days=366)
