"""What is put away by itself. Every function may run at any time, in any number of workers."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.backends.db import SessionStore
from django_tasks_db.models import DBTaskResult

from ..models import Worker
from . import guestlist_uploads, result_uploads

TASK_LEASE = timedelta(minutes=30)  # longer than any task takes
TASKS_KEPT = timedelta(days=1)
WORKERS_KEPT = timedelta(days=1)
LOGINS_KEPT = timedelta(days=1)  # far longer than a login stays locked


def put_away_lists(*, now):
    """Uploaded guest lists older than a day lose file, name and report; files of results that nobody has applied go.

    Returns how many.
    """
    return guestlist_uploads.put_away_old(now=now) + result_uploads.put_away_old(now=now)


def reap_tasks(*, now):
    """Tasks whose worker did not come back are run again. Returns how many."""
    return DBTaskResult.objects.running().filter(started_at__lte=now - TASK_LEASE).update(status="READY")


def prune_tasks(*, now):
    """Finished tasks are forgotten after a day, with whatever they were told."""
    DBTaskResult.objects.finished().filter(finished_at__lte=now - TASKS_KEPT).delete()


def prune_workers(*, now):
    Worker.objects.filter(seen_at__lte=now - WORKERS_KEPT).delete()


def prune_logins(*, now):
    """Logins that failed are forgotten after a day: they carry names, addresses and browsers."""
    AccessAttempt.objects.filter(attempt_time__lte=now - LOGINS_KEPT).delete()


def prune_sessions():
    """Logins that ran out; a session also holds sentences that nobody came to read."""
    SessionStore.clear_expired()


def clean_finished_tasks(*, now):
    """What a finished task holds of people goes at once: the mail address of "send me my link again", and what an
    error said, for a database tells the values it refused. Where the error was stands in the log.
    """
    finished = DBTaskResult.objects.finished()
    finished.filter(task_path="events.tasks.send_links").delete()
    finished.exclude(traceback="").update(traceback="")


def show_life(name, *, started_at, now):
    """The worker's pulse, for /healthz and the back office."""
    Worker.objects.update_or_create(name=name, defaults={"started_at": started_at, "seen_at": now})
