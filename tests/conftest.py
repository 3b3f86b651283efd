"""Fixtures for every test: the clock, the cast, a mail server, a browser, an environment for child processes."""

import gc
import os
import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import timezone, translation

from events.actions import contacts, events, guests, ledger, mailbox
from events.domain.documents import typesetting
from events.domain.documents.press import press
from events.models import Event, History
from tests import factories, ground, standing
from tests.database import delete_all, is_there, leave_copy
from tests.dovecot import Dovecot, missing
from tests.sink import Sink

pytest_plugins = ["tests.browsing", "tests.s3"]


def pytest_addoption(parser):
    parser.addoption("--deal", metavar="N/M", help="only every Mth test, from the Nth on: one of M hands")
    parser.addoption("--deal-files", metavar="N/M", help="only the tests of every Mth file, from the Nth on")
    parser.addoption("--of-database", action="store_true", help="only tests that ask the database anything")


@pytest.hookimpl(trylast=True)  # pytest's own -m has chosen by then
def pytest_collection_modifyitems(config, items):
    """Leaves out what another run has anyway, then deals the tests like cards, so that a long file is shared."""
    if connection.vendor != "postgresql":
        _keep(config, items, [item for item in items if not item.get_closest_marker("postgres")])
    if config.getoption("--of-database"):
        _keep(config, items, list(filter(_asks_the_database, items)))
    if config.getoption("--deal"):
        _keep(config, items, _dealt(items, config.getoption("--deal")))
    if config.getoption("--deal-files"):  # what a file's tests share is made in one hand
        files = set(_dealt(list(dict.fromkeys(item.path for item in items)), config.getoption("--deal-files")))
        _keep(config, items, [item for item in items if item.path in files])


def _dealt(cards, to):
    """Those of hand N when to is "N/M"."""
    hand, hands = map(int, to.split("/"))
    return cards[hand - 1 :: hands]


def _keep(config, items, kept):
    names = {item.nodeid for item in kept}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in names])
    items[:] = kept


def _asks_the_database(item):
    """pytest-django gives no other test a database; it would fail if it asked."""
    return not {"db", "transactional_db"}.isdisjoint(item.fixturenames) or bool(item.get_closest_marker("django_db"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _not_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _not_skipped((yield))


def _not_skipped(report):
    """On a build server whatever is skipped has failed."""
    if report.skipped and ground.in_ci() and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"Nothing may be skipped under CI: {report.longrepr[2]}"
    return report


def pytest_collection_finish(session):
    """What stands now stands to the end, so Python need not look again and again whether it is garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5000)


@pytest.fixture
def invited(db):
    """A guest of the longest programme we have, with texts in all languages, who has said nothing."""
    now = timezone.now()
    event = events.make(
        "stoltzen", title="Stoltzen", held_on=timezone.localdate() + timedelta(days=30), by=None,
        channel=History.Channel.COMMAND, now=now, state=Event.State.OPEN, capacities={"dinner": 1},
    )  # fmt: skip
    contact = contacts.make("Henrik Sørli", now=now, email="henrik@kunde.example", host=factories.make_host())
    line = "Hyggelig om du blir med i år også. " * 8
    return guests.add(event, contact, by=None, channel=History.Channel.COMMAND, now=now, personal_line=line)


@pytest.fixture
def own_media(settings, tmp_path):
    """A storage of this test's own; the folder it is in."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """Begins with the database that another part of the run has migrated, if there is one."""
    migrated = Path(os.environ.get(ground.MIGRATED, os.devnull))
    if connection.vendor == "sqlite" and migrated.is_file():
        shutil.copyfile(migrated, connection.settings_dict["TEST"]["NAME"])
        return True
    return django_db_keepdb


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """The same for PostgreSQL."""
    template = os.environ.get(ground.TEMPLATE)
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql" and template and is_there(template):
            connection.settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """As pytest-django has it; leaves a copy for the run's other parts."""
    migrated, template = Path(os.environ.get(ground.MIGRATED, os.devnull)), os.environ.get(ground.TEMPLATE)
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite" and ground.MIGRATED in os.environ and not migrated.exists():
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [f"{migrated}.{os.getpid()}"])
            os.rename(f"{migrated}.{os.getpid()}", migrated)
        if connection.vendor == "postgresql" and template and not is_there(template):
            leave_copy(template)


@pytest.fixture(scope="session", autouse=True)
def quick_flush():
    """What a test has committed is deleted where there is anything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: delete_all())
        yield


@pytest.fixture(autouse=True)
def clean_slate():
    """No test sees another's cache, language, or forgotten people."""
    cache.clear()
    (settings.VAR_DIR / ledger.NAME).unlink(missing_ok=True)
    with translation.override(settings.LANGUAGE_CODE):
        yield


class Clock:
    """The only clock of a test: `now` stands still until moved."""

    now = factories.NOW

    def move(self, **delta):
        """Moves on by timedelta(**delta) and returns the new moment."""
        self.now += timedelta(**delta)
        return self.now


@pytest.fixture
def clock(monkeypatch):
    """Stops timezone.now() at factories.NOW; clock.move(minutes=3) moves it."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def now(clock):
    """The moment at which the clock stands: aware, a summer morning."""
    return clock.now


@pytest.fixture
def cast(db, clock):
    """The standing cast in its event, and Zoe in another; the clock stands still."""
    return standing.cast()


@pytest.fixture
def near_press(monkeypatch):
    """Documents are set in this process, which takes a tenth of the time."""
    monkeypatch.setattr(typesetting, "_pressed", press)


@pytest.fixture
def sink(settings):
    """A real SMTP server on loopback, and the settings that send to it; see tests/sink.py."""
    with Sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_TIMEOUT = 5
        yield server


@pytest.fixture(scope="session")
def dovecots():
    """A real IMAP server, started with the first test that needs one; without Dovecot the test is skipped."""
    if why := missing():
        pytest.fail(why) if ground.in_ci() else pytest.skip(why)
    with Dovecot() as server:
        yield server


@pytest.fixture
def dovecot(dovecots, settings, monkeypatch):
    """The IMAP server with an empty mailbox, and the settings that read it; see tests/dovecot.py."""
    monkeypatch.setattr(mailbox, "WE_LOOK_BACK", timedelta(days=3650))  # the server has another clock than the tests
    dovecots.user = f"events{next(factories.numbers)}@vertskap.example"
    settings.INBOUND_URL = dovecots.url()
    return dovecots


@pytest.fixture
def child_environment(transactional_db):
    """The environment of a child process (manage.py …) that works on this test's database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        host = database["OPTIONS"].get("host") or database["HOST"]
        user = database["USER"] + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
        port = f"&port={database['PORT']}" if database["PORT"] else ""
        url = f"postgresql://{user}@/{database['NAME']}?host={host}{port}"
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": url}
