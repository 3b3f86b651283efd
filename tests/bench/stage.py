"""Where the bench plays: its own folder and database, filled once, and both servers on free ports."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from tests import ground

HOST = "127.0.0.1"
PATIENCE_SECONDS = 30
DATABASE = "vertskap_bench"
OURS, LIMIT, BARE = "config.wsgi", "tests.bench.limit.wsgi", "tests.bench.limit.bare"


def settle(environ):
    """The environment of the bench and its servers: as tests have it, with a database of its own.

    Posting limits are set so high that they never refuse; they are counted all the same.
    """
    ground.settle(environ)
    environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    environ["ANSWERS_PER_LINK_PER_MINUTE"] = environ["ANSWERS_PER_ADDRESS_PER_MINUTE"] = "1000000000"
    if environ["DATABASE_URL"].startswith("sqlite"):
        environ["DATABASE_URL"] = f"sqlite:///{ground.folder() / 'bench.sqlite3'}"
    else:
        environ["DATABASE_URL"] = own_postgres(environ["DATABASE_URL"])


def own_postgres(url):
    """Makes a new database on the server of this address, and returns its address."""
    import psycopg  # only where PostgreSQL is asked for

    name = f"{DATABASE}_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def database_pids(connection):
    """The process tree of a PostgreSQL on this machine; SQLite works within ours."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text()
    return [int(stat.rpartition(")")[2].split()[1])]


def free_port():
    with socket.create_server((HOST, 0)) as free:
        return free.getsockname()[1]


class Server:
    """A gunicorn with the settings of config/serving.py; `url` and `pid`."""

    def __init__(self, application):
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.log = ground.folder() / f"{application}.log"
        command = [sys.executable, "-m", "gunicorn", "-c", "config/serving.py", "-b", f"{HOST}:{self.port}"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen([*command, application], stdout=log, stderr=log)
        self.wait()

    @property
    def pid(self):
        return self.process.pid

    def wait(self):
        opener, until = build_opener(ProxyHandler({})), time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                opener.open(f"{self.url}/healthz", timeout=5).close()
                return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        self.end()
        raise SystemExit(f"The server did not answer:\n{self.log.read_text()[-2000:]}")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.end()

    def end(self):
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)
