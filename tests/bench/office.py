"""The organiser's guest list, its search, and the event's first page."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from .pages import compare
from .table import Row

BACKEND = "django.contrib.auth.backends.ModelBackend"
DASHBOARD_MS = 150


def rows(play):
    """Five rows; "10,000 against 500" and "search" compare our list with itself."""
    key = log_in(play.organiser)
    few, many = (f"/admin/events/event/{event.pk}/guests/" for event in (play.few, play.many))
    ours, limit = f"|cookie={settings.SESSION_COOKIE_NAME}={key}|expect=200", f"|cookie=sessionid={key}|expect=200"
    yield compare(
        "guest list, 50 of 10,000 rows", budget=1.3, is_quick=play.is_quick,
        limit=play.target(play.limit, "/admin/events/guest/", limit), ours=play.target(play.ours, many, ours),
    )  # fmt: skip
    yield compare(
        "guest list, 10,000 against 500 guests", budget=1.2, is_quick=play.is_quick,
        limit=play.target(play.ours, few, ours), ours=play.target(play.ours, many, ours),
    )  # fmt: skip
    yield compare(
        "search in 10,000 against the list", budget=1.5, is_quick=play.is_quick,
        limit=play.target(play.ours, many, ours), ours=play.target(play.ours, many + "?q=hansen1", ours),
    )  # fmt: skip
    few, many = (path.replace("/guests/", "/overview/") for path in (few, many))
    found = compare(
        "dashboard, 10,000 guests", budget=DASHBOARD_MS, is_quick=play.is_quick,
        limit=play.target(play.ours, few, ours), ours=play.target(play.ours, many, ours),
    )  # fmt: skip
    yield Row(what=found.what, figure=float(found.ours.split()[0]), budget=DASHBOARD_MS, unit="ms", noise=found.noise)


def log_in(user):
    """The key of a session that both servers take for the user's."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key
