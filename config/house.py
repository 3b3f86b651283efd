"""What `make run` does once the settings can be read: prepare, then be web server and worker until Ctrl-C.

Django is loaded once and the processes are forked from it, so that a second start answers at once.
"""

import gc
import hashlib
import multiprocessing
import os
import secrets
import signal
import socket
import sys
import threading
import time
from multiprocessing.connection import wait

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402  the rest needs Django to be set up
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.db.models import Case, F, When  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from gunicorn.app.base import BaseApplication  # noqa: E402

from config import serving  # noqa: E402
from events.actions import demo_behalf, demo_food  # noqa: E402
from events.domain import invented  # noqa: E402
from events.models import Event, Guest, Host, Race, links  # noqa: E402

USERNAME, HOSTS_USERNAME, COOKS_USERNAME = "organiser", "host", demo_food.COOK
LOGIN_FILE = settings.VAR_DIR / "login.txt"
HOSTS_LOGIN_FILE, COOKS_LOGIN_FILE = settings.VAR_DIR / "host-login.txt", settings.VAR_DIR / "kitchen-login.txt"
PATIENCE_SECONDS = 20  # for the first answer, and for a child to finish what it has in hand
fork = multiprocessing.get_context("fork")


class Stopped(Exception):
    """Somebody asked the house to close: Ctrl-C, or a signal."""


def run(host, port, started):
    """Prepares, serves, and returns the exit code: 0 when asked to stop, 1 when a part died."""
    on_signals(stop)
    try:
        prepare()
        get_resolver().url_patterns  # noqa: B018  the pages load here, once, and what is broken in them stops the start
    except Stopped:
        return 0
    connections.close_all()  # a connection must not be shared by processes
    gc.enable()
    gc.freeze()  # what is loaded stays, and is shared with the children
    parts = {"web server": begin(serve_web, f"{host}:{port}"), "worker": begin(call_command, "worker")}
    try:
        wait_for_answer(host, port, parts)
        welcome(time.perf_counter() - started)
        wait([part.sentinel for part in parts.values()])
    except Stopped:
        print("\nClosing …", flush=True)
        return 0
    finally:
        dead = [name for name, part in parts.items() if not part.is_alive()]
        end(parts.values())
    print(f"The {dead[0]} ended by itself, so everything is stopped. What it said is above.", file=sys.stderr)
    return 1


def on_signals(do):
    """Ctrl-C, `kill`, and the terminal being closed."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, do)


def stop(number, frame):
    raise Stopped


def prepare():
    """Brings database and static files up to date, loads the demo into an empty database; quick when done."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
    stamp, fingerprint = settings.VAR_DIR / "static.stamp", static_fingerprint()
    if not stamp.exists() or stamp.read_text() != fingerprint:
        print("Collecting static files …", flush=True)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(fingerprint)
    if not Event.objects.exists():
        print("Loading the demo …", flush=True)
        call_command("demo")
    make_login()


def static_fingerprint():
    """Changes when one of our static files does, or a package that brings some."""
    lines = [(settings.BASE_DIR / "requirements" / "base.txt").read_text()]
    for file in sorted((settings.BASE_DIR / "events" / "static").rglob("*")):
        facts = file.stat()
        lines.append(f"{file} {facts.st_size} {facts.st_mtime_ns}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def make_login():
    """Makes the organiser's login unless there is one; only the owner of the machine may read it."""
    users = get_user_model().objects
    if not users.filter(username=USERNAME).exists():
        users.create_superuser(USERNAME, settings.CONTACT_EMAIL, kept_or_new(LOGIN_FILE, USERNAME))
    make_hosts_login(users)
    make_cooks_login(users)


def make_hosts_login(users):
    """In the demo, a host of its first guests may look in as well."""
    name, _email, _phone = invented.HOSTS[0]
    host, demo = Host.objects.filter(name=name, user=None).first(), Event.objects.filter(series__slug="stoltzen")
    if host is None or not demo.exists() or users.filter(username=HOSTS_USERNAME).exists():
        return
    password = kept_or_new(HOSTS_LOGIN_FILE, HOSTS_USERNAME)
    user = users.create_user(HOSTS_USERNAME, host.email, password, is_staff=True, first_name=host.name)
    demo_behalf.let_in(host, user, demo)


def make_cooks_login(users):
    """The demo's kitchen gets a password, unless somebody has given it one."""
    cook = users.filter(username=COOKS_USERNAME).first()
    if cook and not cook.has_usable_password():
        cook.set_password(kept_or_new(COOKS_LOGIN_FILE, COOKS_USERNAME))
        cook.save(update_fields=["password"])


def kept_or_new(file, username):
    """The password kept in the file, else a new one, which is kept there now."""
    password = kept_password(file) or secrets.token_urlsafe(12)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(f"{username}\n{password}\n")
    return password


def kept_password(file):
    """The password in a file of ours, or an empty string."""
    lines = file.read_text().split() if file.exists() else []
    return lines[1] if len(lines) == 2 else ""


class WebServer(BaseApplication):
    """gunicorn with the settings of config/serving.py; its command line and environment are not read."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def load_config(self):
        for name in set(vars(serving)) & set(self.cfg.settings):
            self.cfg.set(name, getattr(serving, name))
        self.cfg.set("bind", self.address)

    def load(self):
        return get_wsgi_application()


def serve_web(address):
    WebServer(address).run()


def begin(task, argument):
    """Forks a process for the task. It has a group of its own: Ctrl-C reaches us alone, and we pass it on."""
    process = fork.Process(target=alone, args=(task, argument))
    process.start()
    return process


def alone(task, argument):
    os.setpgid(0, 0)
    on_signals(signal.SIG_DFL)
    threading.Thread(target=end_with_parent, daemon=True).start()
    task(argument)


def end_with_parent():
    """Should the parent be killed, its children must not stay behind and hold the port."""
    wait([multiprocessing.parent_process().sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


def wait_for_answer(host, port, parts):
    """Returns when the site answers, a part has died, or patience has run out."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and all(part.is_alive() for part in parts.values()):
        try:
            with socket.create_connection((host, port), timeout=PATIENCE_SECONDS) as line:
                line.sendall(f"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
                if line.recv(1):
                    return
        except OSError:
            pass
        time.sleep(0.02)


def end(processes):
    """Asks each to finish what it has in hand; after a while insists."""
    on_signals(signal.SIG_IGN)
    for each in processes:
        if each.is_alive():
            each.terminate()
    for each in processes:
        each.join(PATIENCE_SECONDS)
        if each.is_alive():
            each.kill()


def welcome(seconds):
    """Says where everything is: printed at every start."""
    print(f"\nVertskap is open after {seconds:.1f} s:  {settings.SITE_URL}/")
    print(f"\nBack office:  {settings.SITE_URL}/{settings.ADMIN_PATH}")
    print(f"  login {USERNAME}, password {password_line(USERNAME, LOGIN_FILE)}")
    others = (("a host", HOSTS_USERNAME, HOSTS_LOGIN_FILE), ("the kitchen", COOKS_USERNAME, COOKS_LOGIN_FILE))
    for who, username, file in others:
        if get_user_model().objects.filter(username=username).exists():
            print(f"  as {who}: login {username}, password {password_line(username, file)}")
    for guest in guests_to_try():
        print(f"\nThe page of {guest.name}:\n  {links.url(guest.invitation)}")
    if runner := runner_to_try():
        print(f"\nLast year's results, as {runner.name} sees them:\n  {links.url(runner.invitation)}results/")
    for race in boards_to_try():
        print(f"\nThe board of {race.activity.event}:\n  {links.board_url(race)}")
    print(f"\nMails are kept in {settings.EMAIL_FILE_PATH}. Ctrl-C closes.\n", flush=True)
    connections.close_all()


def password_line(username, file):
    password = kept_password(file)
    user = get_user_model().objects.filter(username=username).first()
    if password and user and user.check_password(password):
        return f"{password}  (kept in {file})"
    return f"changed since; a new one: {sys.executable} manage.py changepassword {username}"


def boards_to_try():
    """The newest race whose results are final."""
    final = Race.objects.filter(state=Race.State.FINAL).exclude(published_at=None)
    return final.select_related("activity__event").order_by("-activity__starts_at")[:1]


def runner_to_try():
    """A guest of the newest race that guests see the results of: best one with a new personal best."""
    ran = Guest.objects.filter(
        entry__result__race__published_at__isnull=False, entry__result__status="OK", contact__isnull=False,
        forgotten_at=None,
    ).exclude(invitation__state="revoked")  # fmt: skip
    is_best = Case(When(entry__result__best="pers", then=0), default=1)
    ordered = ran.order_by("-event__held_on", is_best, "entry__result__time_ms", "pk")
    return ordered.select_related("contact", "invitation").first()


def guests_to_try():
    """Two guests of the next open event: first those who have not answered."""
    guests = Guest.objects.filter(event__state=Event.State.OPEN, forgotten_at=None).exclude(invitation__state="revoked")
    order = ("event__held_on", "event_id", F("answered_at").asc(nulls_first=True), "pk")
    return guests.select_related("contact", "invitation").order_by(*order)[:2]
