"""What a guest's first visit weighs, what a web worker holds, and how soon a second start answers."""

import gzip
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from events.models import Answer, Invitation, links
from tests import ground

from .stage import BARE, HOST, OURS, PATIENCE_SECONDS, Server, free_port
from .table import Row

ASKED_FOR = re.compile(r'<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]+)"')
opener = build_opener(ProxyHandler({}))
STARTS = 3
REQUESTS = 100


def rows(play):
    """Memory after some work, weight of a first visit, seconds of a second start."""
    guest = Answer.objects.filter(guest__event=play.few).first().guest
    path = f"/i/{links.token(Invitation.objects.get(guest=guest))}/"
    bare, ours = worker_memory(BARE, "/healthz"), worker_memory(OURS, path)
    yield Row(
        what="memory of a web worker", figure=ours / bare, budget=1.5, limit=f"{bare:.0f} MiB", ours=f"{ours:.0f} MiB"
    )
    page, wire = fetch(play.ours.url + path)
    asked = ASKED_FOR.findall(page)
    weights = [wire, *(fetch(play.ours.url + address)[1] for address in asked)]
    yield Row(what="first visit, bytes gz", figure=sum(weights) / 1000, budget=15, unit="kB")
    yield Row(what="first visit, requests", figure=len(weights), budget=3, unit="", digits=0)
    yield Row(what="second start of `make run`", figure=second_start(), budget=2, unit="s")


def fetch(url):
    """(text, bytes on the wire besides headers)."""
    with opener.open(Request(url, headers={"Accept-Encoding": "gzip"}), timeout=PATIENCE_SECONDS) as response:
        body = response.read()
        text = gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body
    return text.decode(), len(body)


def worker_memory(application, path):
    """Resident MiB of the largest worker of a new server, once it has shown a page some times."""
    with Server(application) as server:
        for _ in range(REQUESTS):
            fetch(server.url + path)
        workers = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
        pages = max(int(Path(f"/proc/{worker}/statm").read_text().split()[1]) for worker in workers)
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def second_start():
    """Seconds from the command to the first answer, the best of a few starts after the first."""
    folder = ground.folder() / "run"
    environment = {
        **os.environ, "VAR_DIR": str(folder), "ENV_FILE": str(folder / "env"),
        "DATABASE_URL": f"sqlite:///{folder / 'vertskap.sqlite3'}",
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    return min([start(environment) for _ in range(STARTS + 1)][1:])


def start(environment):
    port = free_port()
    began = time.perf_counter()
    command = [sys.executable, "-m", "config.run", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                opener.open(f"http://{HOST}:{port}/healthz", timeout=PATIENCE_SECONDS).close()
                return time.perf_counter() - began
            except (URLError, ConnectionError):
                time.sleep(0.02)
        raise SystemExit("`make run` did not start.")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE_SECONDS)
