"""Settings refuse to start half-configured, and say what is missing."""

import os
import re
import runpy
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SITE_URL": "https://events.company.example",
    "SECRET_KEY": "Zk3vQ9x0LwT7nB5yR2mH8cJ4fD6gS1pA-uEiOqWzXrVt_NbMoP2aKd",
    "EMAIL_URL": "smtp+tls://user:password@mail.company.example:587",
    "FROM_EMAIL": "events@company.org",
    "COMPANY_NAME": "Company",
    "CONTACT_NAME": "Marte Lie",
    "CONTACT_EMAIL": "marte@company.org",
    "CONTACT_PHONE": "+47 55 00 00 00",
}


@pytest.fixture
def read(monkeypatch, tmp_path):
    """read(NAME=value, …) reads the settings with exactly this environment."""

    def read(**environment):
        for name in list(os.environ):
            monkeypatch.delenv(name)
        for name, value in {"ENV_FILE": os.devnull, "VAR_DIR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return read


def test_a_connection_to_sqlite_keeps_few_pages_of_its_own(read, tmp_path):
    """Each thread of a web worker has one: with SQLite's own 2 MB they hold more than everything else we load."""
    options = read(DATABASE_URL=f"sqlite:///{tmp_path / 'a.sqlite3'}")["DATABASES"]["default"]["OPTIONS"]
    with closing(sqlite3.connect(tmp_path / "a.sqlite3")) as connection:
        connection.executescript(options["init_command"])
        assert connection.execute("PRAGMA cache_size").fetchone() == (-512,)


def test_settings_are_production_when_the_address_is_https(read):
    settings = read(**PRODUCTION)
    assert (settings["IS_PRODUCTION"], settings["DEBUG"], settings["LOG_FORMAT"]) == (True, False, "json")
    assert settings["ALLOWED_HOSTS"] == ["events.company.example"]
    cookies = {name: value for name, value in settings.items() if name.endswith(("COOKIE_SECURE", "COOKIE_NAME"))}
    assert cookies == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "LANGUAGE_COOKIE_NAME": "__Host-language",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
    }
    assert (settings["SECURE_SSL_REDIRECT"], settings["SECURE_HSTS_SECONDS"]) == (True, 365 * 24 * 3600)
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == (
        "mail.company.example", 587, True,
    )  # fmt: skip


def test_settings_are_safe_on_this_machine_when_nothing_is_set(read, tmp_path):
    settings = read()
    assert (settings["IS_PRODUCTION"], settings["DEBUG"], settings["SITE_URL"]) == (
        False, False, "http://127.0.0.1:8000",
    )  # fmt: skip
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "vertskap.sqlite3")
    assert settings["EMAIL_FILE_PATH"] == str(tmp_path / "mail")
    assert settings["CACHES"]["default"]["LOCATION"] == str(tmp_path / "cache")


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"SITE_URL"}))
def test_production_refuses_to_start_when_something_is_missing(read, name):
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is not set\. [A-Z]"):
        read(**{key: value for key, value in PRODUCTION.items() if key != name})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "for-development-only-" + 50 * "0"}, "SECRET_KEY is too short or a known one"),
        ({"DEBUG": "1"}, "DEBUG shows internals to everyone"),
        ({"SITE_URL": "events.company.example"}, "SITE_URL must be a scheme and a host"),
        ({"SITE_URL": "https://"}, "SITE_URL must be a scheme and a host"),
        ({"SITE_URL": "https://events.company.example/guests"}, "SITE_URL must be a scheme and a host"),
        ({"SITE_URL": "ftp://events.company.example"}, "SITE_URL must be a scheme and a host"),
        ({"INBOUND_URL": "imap://a:secret@mail.company.example/INBOX"}, "INBOUND_URL would send its password"),
        ({"INBOUND_URL": "pop3://a:secret@mail.company.example"}, "INBOUND_URL cannot be used: look at its scheme"),
    ],
)
def test_production_refuses_to_start_when_something_is_dangerous(read, changes, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        read(**{**PRODUCTION, **changes})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"DATABASE_URL": "secret"}, "DATABASE_URL cannot be used: look at its beginning"),
        ({"CACHE_URL": "secret"}, "CACHE_URL cannot be used: look at its beginning"),
        ({"EMAIL_URL": "secret"}, "EMAIL_URL cannot be used: look at its beginning"),
        ({"EMAIL_URL": "smtp://mail.company.example:secret"}, "EMAIL_URL cannot be used"),
        ({"TIME_ZONE": "Bergen"}, "TIME_ZONE must be a time zone like Europe/Oslo, not 'Bergen'"),
        ({"TIME_ZONE": "Europe"}, "TIME_ZONE must be a time zone like Europe/Oslo, not 'Europe'"),
        ({"LANGUAGE_CODE": "no"}, "LANGUAGE_CODE must be one of nb, en, sv, fi, not 'no'"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT must be one of json, plain, not 'xml'"),
        ({"MAILS_PER_HOUR": "many"}, "MAILS_PER_HOUR must be a whole number, not 'many'"),
        ({"ADMIN_PATH": "/"}, "ADMIN_PATH must be a path of its own"),
        ({"ADMIN_PATH": "/i/office/"}, "ADMIN_PATH must be a path of its own"),
    ],
)
def test_start_is_refused_in_a_sentence_when_a_value_cannot_be_read(read, changes, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence) as refused:
        read(**changes)
    assert "secret" not in str(refused.value)


def test_what_is_empty_counts_as_not_set(read):
    names = (
        "DATABASE_URL CACHE_URL EMAIL_URL MEDIA_ROOT ADMIN_PATH LANGUAGE_CODE TIME_ZONE TASKS_BACKEND MAILS_PER_HOUR"
    )
    kept = [*names.split(), "DATABASES", "CACHES", "LOG_FORMAT"]
    empty, unset = read(**dict.fromkeys([*names.split(), "LOG_FORMAT"], "")), read()
    assert {name: empty.get(name) for name in kept} == {name: unset.get(name) for name in kept}


def test_file_with_the_settings_is_read_and_the_environment_wins(read, tmp_path):
    file = tmp_path / "env"
    file.write_text("COMPANY_NAME=From the file\nCONTACT_NAME=From the file\n")
    settings = read(ENV_FILE=str(file), CONTACT_NAME="From outside")
    assert (settings["COMPANY_NAME"], settings["CONTACT_NAME"]) == ("From the file", "From outside")


def test_postgres_is_used_through_a_socket_when_the_url_says_so(read):
    database = read(DATABASE_URL="postgresql://postgres@/vertskap?host=/tmp/short")["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["NAME"], database["USER"], database["OPTIONS"]) == ("vertskap", "postgres", {"host": "/tmp/short"})


def test_provider_is_used_with_its_keys_when_the_address_names_one(read):
    settings = read(
        **PRODUCTION | {"EMAIL_URL": "anymail+amazon-ses://"}, ANYMAIL_AMAZON_SES_SESSION="x",
        ANYMAIL_WEBHOOK_SECRET="a:b", ANYMAIL_SEND_DEFAULTS="tracks everybody", EMAIL_TIMEOUT_SECONDS="7",
    )  # fmt: skip
    assert settings["EMAIL_BACKEND"] == "anymail.backends.amazon_ses.EmailBackend"
    assert "anymail" in settings["INSTALLED_APPS"]
    assert settings["ANYMAIL"] == {
        "IGNORE_UNSUPPORTED_FEATURES": True, "REQUESTS_TIMEOUT": 7, "AMAZON_SES_SESSION": "x", "WEBHOOK_SECRET": "a:b",
        "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
    }  # fmt: skip
    assert "anymail" not in read(**PRODUCTION)["INSTALLED_APPS"]


@pytest.mark.parametrize("url", ["anymail+pigeons://", "anymail+://", "anymail+../postmark://"])
def test_start_is_refused_when_nobody_knows_the_provider(read, url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL names the mail provider"):
        read(**PRODUCTION | {"EMAIL_URL": url})


def test_start_is_refused_when_a_provider_is_named_and_the_extra_is_missing(read, monkeypatch):
    monkeypatch.setattr("config.providers.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements/anymail\.txt"):
        read(**PRODUCTION | {"EMAIL_URL": "anymail+postmark://"})


BUCKET = "s3://key:a%2Fsecret@files?endpoint=https://s3.company.example&region=eu-north-1"


def test_files_lie_in_a_bucket_when_the_address_names_one(read):
    settings = read(STORAGE_URL=BUCKET)
    bucket = settings["STORAGES"]["default"]["OPTIONS"]["bucket"]
    assert (bucket.name, bucket.key, bucket.secret) == ("files", "key", "a/secret")
    assert (bucket.endpoint, bucket.region, bucket.prefix) == ("https://s3.company.example", "eu-north-1", "")
    assert "a/secret" not in repr(bucket)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("s3://files?region=eu-north-1", "https://files.s3.eu-north-1.amazonaws.com"),
        ("s3://my.files?region=eu-north-1", "https://s3.eu-north-1.amazonaws.com/my.files"),
        ("s3://files?endpoint=https://s3.company.example:9000/", "https://s3.company.example:9000/files"),
    ],
)
def test_pages_may_show_what_lies_in_the_bucket_only_where_it_sends_files(read, url, base):
    def may_show(settings):
        return settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"]

    settings = read(STORAGE_URL=url, STORAGE_SENDS_FILES="1")
    assert settings["BUCKET"].base == base
    assert may_show(settings) == ["'self'", "/".join(base.split("/")[:3])]
    assert may_show(read(STORAGE_URL=url)) == ["'self'"]


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("gs://files", "beginning, which is s3://"), ("files", "beginning"), ("s3://", "bucket"),
        ("s3://files/photos", "bucket"), ("s3://Files_1", "bucket"), ("s3://k:s@files:99999", "bucket"),
        ("s3://files:9000?region=x", "bucket"), ("s3://[files", "bucket"), ("s3://key@files", "key and secret"),
        ("s3://files", "region"), ("s3://files?regoin=x", "parameter 'regoin'"),
        ("s3://files?region=x&region=y", "parameters, of which one is there twice"),
        ("s3://files?endpoint=s3.company.example", "endpoint"), ("s3://files?endpoint=https://a/b", "endpoint"),
        ("s3://files?endpoint=https://k:s3cret@a", "endpoint"), ("s3://files?region=x&prefix=photos", "prefix"),
        ("s3://files?region=x&prefix=../", "prefix"), ("s3://files?region=x&prefix=/a/", "prefix"),
    ],
)  # fmt: skip
def test_start_is_refused_when_the_bucket_cannot_be_understood(read, url, what):
    with pytest.raises(ImproperlyConfigured, match="^STORAGE_URL cannot be used: look at its " + re.escape(what)) as no:
        read(STORAGE_URL=url)
    assert "s3cret" not in str(no.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"STORAGE_URL": "s3://a:s3cret@files?endpoint=http://s3.company.example"}, "STORAGE_URL would send photos"),
        ({"STORAGE_URL": BUCKET, "X_ACCEL_PREFIX": "/stored/"}, "X_ACCEL_PREFIX is for files in MEDIA_ROOT"),
        ({"STORAGE_SENDS_FILES": "1"}, "STORAGE_SENDS_FILES needs a bucket"),
        ({"X_ACCEL_PREFIX": "stored"}, "X_ACCEL_PREFIX must begin and end with a slash"),
    ],
)
def test_start_is_refused_when_files_would_go_astray(read, changes, sentence):
    with pytest.raises(ImproperlyConfigured, match=f"^{sentence}"):
        read(**PRODUCTION | changes)


def test_start_is_refused_when_a_bucket_is_named_and_the_extra_is_missing(read, monkeypatch):
    monkeypatch.setattr("config.storing.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements/s3\.txt"):
        read(STORAGE_URL=BUCKET)


def test_nginx_may_read_files_only_where_it_sends_them(read):
    names = ("FILE_UPLOAD_PERMISSIONS", "FILE_UPLOAD_DIRECTORY_PERMISSIONS")
    assert [read()[name] for name in names] == [0o600, 0o700]
    assert [read(X_ACCEL_PREFIX="/stored/")[name] for name in names] == [0o640, 0o750]


@pytest.mark.slow
def test_deployment_check_finds_nothing_in_production(tmp_path):
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "VAR_DIR": str(tmp_path), **PRODUCTION}
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "DEBUG"]
    check = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (check.returncode, check.stderr) == (0, "")
    assert "no issues" in check.stdout


def test_file_is_read_as_notepad_saves_it(read, tmp_path):
    file = tmp_path / "env"
    file.write_bytes("COMPANY_NAME=Bø & Sønn\r\nCONTACT_NAME=Åse\r\n".encode("utf-8-sig"))
    settings = read(ENV_FILE=str(file))
    assert (settings["COMPANY_NAME"], settings["CONTACT_NAME"]) == ("Bø & Sønn", "Åse")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite:///{}/empty.sqlite3", "The database has no tables yet. Make them with: manage.py migrate"),
        (
            "postgres://a:secret@127.0.0.1:1/b",
            "The database cannot be reached. Does it run, and is DATABASE_URL right?",
        ),
    ],
)
def test_a_command_says_what_the_database_lacks(tmp_path, url, sentence):
    environment = {
        "PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "VAR_DIR": str(tmp_path),
        "DATABASE_URL": url.format(tmp_path),
    }  # fmt: skip
    command = [sys.executable, "manage.py", "answers", "stoltzen"]
    refused = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (refused.returncode, refused.stderr) == (1, f"Refused: {sentence}\n")


@pytest.mark.slow
def test_refusal_is_one_sentence_and_no_traceback(tmp_path):
    """What the operator sees, not only what is raised."""
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "VAR_DIR": str(tmp_path),
        **{name: value for name, value in PRODUCTION.items() if name != "COMPANY_NAME"},
    }
    command = [sys.executable, "manage.py", "migrate"]
    refused = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert refused.returncode == 2
    assert refused.stderr == "COMPANY_NAME is not set. Guests must see who invites them.\n"
