"""What the web server itself believes of a request (S13)."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest

from tests.test_run import a_free_port

APPLICATION = """
import json
TOLD = ("SCRIPT_NAME", "PATH_INFO", "REMOTE_ADDR", "wsgi.url_scheme")
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({name: environ[name] for name in TOLD}).encode()]
"""
TYPED = ["SCRIPT_NAME: /evil", "PATH_INFO: /admin/", "X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.77"]


@pytest.fixture
def port(tmp_path):
    """Where gunicorn serves APPLICATION, as a proxy on the same machine reaches it."""
    (tmp_path / "told.py").write_text(APPLICATION)
    port = a_free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "config/serving.py", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen([*command, "--pythonpath", str(tmp_path), "told"], env={"PATH": os.environ["PATH"]})
    yield port
    server.terminate()
    server.wait(30)


@pytest.mark.slow
def test_web_server_believes_no_header(port):
    request = "\r\n".join(["GET /evil/privacy/ HTTP/1.1", "Host: x", "Connection: close", *TYPED, "", ""])
    told = answer(port, request.encode())
    assert json.loads(told[told.index(b"{") : told.rindex(b"}") + 1]) == {
        "SCRIPT_NAME": "",
        "PATH_INFO": "/evil/privacy/",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
    }


def answer(port, request):
    """All that comes back; waits for the server to be there."""
    for _try in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                line.sendall(request)
                return line.makefile("rb").read()
        except ConnectionRefusedError:
            time.sleep(0.05)
    return b""
