"""`make run`, from an empty folder: opens, says where, opens again with the same login, closes altogether."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from contextlib import contextmanager
from urllib.request import ProxyHandler, build_opener

import pytest

from config import run

pytestmark = pytest.mark.slow
direct = build_opener(ProxyHandler({}))


def a_free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("house")


@pytest.fixture(scope="module")
def environment(folder):
    """A bare machine: nothing set but where these tests may write; the second test finds what the first one left."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "ENV_FILE": str(folder / ".env"),
        "VAR_DIR": str(folder / "var"),
        "MEDIA_ROOT": str(folder / "media"),
    }


@contextmanager
def house(environment, port):
    """(process, what it printed until it was open); closed with Ctrl-C."""
    command = [sys.executable, "-m", "config.run", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    printed = ""
    for line in process.stdout:
        printed += line
        if "Ctrl-C closes" in line:
            break
    try:
        yield process, printed
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def test_house_opens_and_opens_again_with_the_same_login(environment, folder):
    port, other_port = a_free_port(), a_free_port()
    with house(environment, port) as (process, printed):
        pulse = json.load(direct.open(f"http://127.0.0.1:{port}/healthz"))
        assert pulse["database"] == "ok"
        assert direct.open(f"http://127.0.0.1:{port}/admin/login/").status == 200
        login = re.search(r"login (\w+), password (\S+)", printed).groups()
        taken = subprocess.run([*process.args], env=environment, capture_output=True, text=True)
        assert (taken.returncode, taken.stdout) == (1, "")
        assert re.fullmatch(rf"Port {port} is taken: .* make run PORT=\d+\n", taken.stderr)
    assert process.returncode == 0
    with pytest.raises(OSError):
        direct.open(f"http://127.0.0.1:{port}/healthz")
    assert f"{login[0]}\n{login[1]}\n" == (folder / "var" / "login.txt").read_text()
    for file in ("host-login.txt", "kitchen-login.txt"):
        name, password = (folder / "var" / file).read_text().split()
        assert f"login {name}, password {password}  (kept in" in printed
    for secret in (".env", "var/login.txt", "var/host-login.txt", "var/kitchen-login.txt"):
        assert stat.S_IMODE((folder / secret).stat().st_mode) == 0o600
    written = (folder / ".env").read_text()

    with house(environment, other_port) as (_process, printed):
        assert re.search(r"login (\w+), password (\S+)", printed).groups() == login
        assert f":{other_port}/" in printed
        assert f":{port}/" not in printed
    assert (folder / ".env").read_text() == written


def test_nothing_stays_behind_when_the_house_is_killed(environment):
    port = a_free_port()
    with house(environment, port) as (process, _printed):
        process.kill()
        process.communicate(timeout=30)  # returns when the last process that prints is gone
        with pytest.raises(OSError):
            direct.open(f"http://127.0.0.1:{port}/healthz")


@pytest.mark.parametrize("port", ["0", "-1", "65536", "åtte"])
def test_a_port_that_is_none_is_refused_in_words(port, capsys):
    with pytest.raises(SystemExit) as refused:
        run.main([f"--port={port}"])
    assert refused.value.code == 2
    assert "write a number from 1 to 65535" in capsys.readouterr().err
