"""Logs hold no token, query, mail address or whole IP address (P16), whatever goes wrong."""

import json
import logging
import os
import socket
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from django.conf import settings
from django.views.debug import ExceptionReporter

from config.logs import JsonLines, WithoutPersonalData, cleaned, network_of
from tests import factories
from tests.test_run import a_free_port

ADDRESS = "203.0.113.77"
MAIL = "greta.asen@kunde.example"


class Lines(logging.Handler):
    """Keeps what a handler as in the settings would write."""

    def __init__(self, formatter):
        super().__init__()
        self.addFilter(WithoutPersonalData())
        self.setFormatter(formatter)
        self.lines = []

    def handle(self, record):
        # Other handlers (pytest's own) get the record too, and must not get ours cleaned.
        return super().handle(logging.makeLogRecord(record.__dict__))

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture(params=["plain", "json"])
def lines(request):
    """The log of this test, line by line, as it would be written."""
    plain = logging.Formatter(settings.LOGGING["formatters"]["plain"]["format"], style="{")
    handler = Lines({"plain": plain, "json": JsonLines()}[request.param])
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)


def secrets_in(lines, *secrets):
    return [secret for secret in secrets if any(secret in line for line in lines)]


def test_request_leaves_route_and_network_and_nothing_else(cast, client, lines):
    token = factories.token_of(cast.greta)
    client.get(f"/i/{token}/?mail={MAIL}&lang=fi", REMOTE_ADDR=ADDRESS)
    (line,) = lines
    assert "i/<str:token>/" in line and "203.0.113.0" in line
    assert secrets_in(lines, token, token[:12], MAIL, "mail=", "lang=", ADDRESS, "Greta") == []


def test_unknown_page_leaves_nothing_of_what_was_typed(cast, client, lines):
    token = factories.token_of(cast.greta)
    for path in (f"/i/{token}x/?q={MAIL}", f"/nowhere/{MAIL}/?q=1", f"/u/{token}/", f"/%2Fi%2F{token}%2F"):
        client.get(path, REMOTE_ADDR=ADDRESS)
    assert len(lines) == 4
    assert secrets_in(lines, token, token[:12], MAIL, "nowhere", "q=", ADDRESS) == []


def test_broken_page_leaves_where_it_broke_and_no_values(cast, client, lines, monkeypatch):
    def breaks(request, *args, **kwargs):
        raise ValueError(f"{MAIL} at {request.path}")

    monkeypatch.setattr("events.views.guest._page", breaks)
    client.raise_request_exception = False
    token = factories.token_of(cast.greta)
    assert client.get(f"/i/{token}/?q={MAIL}", REMOTE_ADDR=ADDRESS).status_code == 500
    assert secrets_in(lines, token, MAIL, "q=", ADDRESS) == []
    assert any("ValueError at test_logs.py:" in line for line in lines)


def test_answer_with_words_in_it_leaves_none_of_them(cast, client, lines):
    client.post(f"/i/{factories.token_of(cast.henrik)}/", {"answer-dinner": MAIL, "note": "nøtteallergi"})
    client.post("/", {"email": MAIL})
    assert secrets_in(lines, MAIL, "nøtteallergi", "kunde.example") == []


def test_json_line_is_an_object_with_the_facts_apart(cast, client, lines):
    client.get("/privacy/", REMOTE_ADDR="2001:db8:1:2::3")
    if lines[0].startswith("{"):
        line = json.loads(lines[0])
        facts = {name: line[name] for name in ("level", "name", "method", "route", "status", "network")}
        assert facts == {
            "level": "info",
            "name": "vertskap.requests",
            "method": "GET",
            "route": "privacy/",
            "status": 200,
            "network": "2001:db8:1::",
        }


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /i/AbC123/answered/", "Not Found: /i/…/answered/"),
        ("GET /c/AbC123.ics HTTP/1.1", "GET /c/… HTTP/1.1"),
        ("see https://events.company.example/u/AbC?x=1", "see https://events.company.example/u/…"),
        ("GET /?email=a%40b.example 200", "GET / 200"),
        ("to <greta.asen@kunde.example>", "to <…@…>"),
        ("to greta%40kunde.example now", "to …@… now"),
        ("seats: 3 of 5?", "seats: 3 of 5?"),
        (f"at %2Fi%2F{'aB3' * 12}%2F, /i//{'aB3' * 12}", "at %2Fi%…%2F, /i//…"),
        ("ip=203.0.113.77: no", "ip=203.0.113.0: no"),
        ("from 203.0.113.77:8080, 2001:db8:1:2::3", "from 203.0.113.0:8080, 2001:db8:1::"),
        ("at 12:30:45 by version 5.2.19 in dinner:coming", "at 12:30:45 by version 5.2.19 in dinner:coming"),
    ],
)
def test_sentence_is_cleaned(said, kept):
    assert cleaned(said) == kept


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2::3", "2001:db8:1::"),
        ("2001:db8::3", "2001:db8::"),
        ("::1", "::"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("", "–"),
        ("unknown", "–"),
        ("203.0.113.77:8080", "–"),
    ],
)
def test_ip_address_is_cut_to_its_network(address, network):
    assert network_of(address) == network


def test_error_report_shows_neither_form_nor_variables(rf):
    request = rf.post("/i/AbC/", {"answer-dinner": MAIL})
    secret = MAIL
    try:
        raise ValueError(len(secret))
    except ValueError:
        report = ExceptionReporter(request, *sys.exc_info())
    assert MAIL not in report.get_traceback_text()
    assert MAIL not in report.get_traceback_html()


@pytest.mark.slow
def test_web_server_itself_writes_no_token(tmp_path):
    """gunicorn's own log: a handler that breaks, a request that cannot be read."""
    port, log = a_free_port(), tmp_path / "log"
    (tmp_path / "broken.py").write_text("def application(environ, start_response):\n    raise ValueError(environ)\n")
    command = [sys.executable, "-m", "gunicorn", "-c", "config/serving.py", "--bind", f"127.0.0.1:{port}"]
    with log.open("w") as file:
        server = subprocess.Popen(
            [*command, "--pythonpath", str(tmp_path), "broken"],
            stdout=file,
            stderr=subprocess.STDOUT,
            env={"PATH": os.environ["PATH"]},
        )
    try:
        assert ask(f"http://127.0.0.1:{port}/i/AbC123/?q=greta@kunde.example") == 500
        assert b" 400 " in say(port, b"GET /i/AbC123/?q=1 HTTX/7\r\n\r\n")
    finally:
        server.terminate()
        server.wait(30)
    written = log.read_text()
    assert "Error handling request" in written
    assert "Invalid request from ip=127.0.0.0" in written
    assert [secret for secret in ("AbC123", "greta", "q=", "127.0.0.1") if secret in written] == []


def say(port, words):
    """The first line of the answer to words that are no request."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(words)
        return line.makefile("rb").readline()


def ask(url):
    """The status of the first answer; waits for the server to be there."""
    direct = build_opener(ProxyHandler({}))
    for _try in range(200):
        try:
            return direct.open(Request(url)).status
        except HTTPError as answer:
            return answer.code
        except OSError:
            time.sleep(0.05)
    return None
