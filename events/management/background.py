"""The worker's loop: deliver, carry out tasks, put things away, show signs of life; until told to stop."""

import gc
import logging
import os
import signal
import socket
import threading
from collections import Counter
from datetime import timedelta

from django.db import close_old_connections, connections
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from ..actions import (
    campaigns,
    claims,
    delivery,
    food,
    housekeeping,
    mailbox,
    occurrences,
    photo_claims,
    photo_tidying,
    photo_work,
    postbox,
    race_states,
    races,
    retention,
)
from ..actions.attempts import tried
from ..tasks import MAIL_QUEUE, send_links  # noqa: F401  tasks must be known before they are carried out

MAILS_A_TURN = 100  # one connection's worth, then a sign of life
PAUSE_SECONDS = 2
LONGEST_PAUSE_SECONDS = 30
PHOTOS_FOR = timedelta(seconds=10)  # then mails have their turn
ALARM_PAUSE = timedelta(minutes=5)
log = logging.getLogger("vertskap.worker")


def has_task_queue():
    """Whether tasks wait in our own database; another transport brings its own workers."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def task_worker(name, queues=("*",)):
    """Carries out what waits in these queues and returns."""
    return TaskWorker(
        queue_names=list(queues), interval=0, batch=True, backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False, max_tasks=None, worker_id=name, excluded_queue_names=[],
    )  # fmt: skip


def run_mail_tasks(name):
    """Carries out the waiting tasks that write mails."""
    if has_task_queue() and DBTaskResult.objects.ready().filter(queue_name=MAIL_QUEUE).exists():
        task_worker(name, [MAIL_QUEUE]).run()
        housekeeping.clean_finished_tasks(now=timezone.now())


def worker_name():
    """One per process, 64 characters at the most."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


class Background:
    """One worker process. stop() ends it after the mail or task in hand."""

    def __init__(self, name):
        self.name, self.started_at = name, timezone.now()
        self.stopping = threading.Event()
        self.tasks = task_worker(name)
        self.mail_waits_until = self.started_at
        self.turns = {}

    def stop(self, number=None, frame=None):
        """Also a signal handler; the second signal of a kind ends the process at once."""
        self.stopping.set()
        self.tasks.running = False
        if number is not None:
            signal.signal(number, signal.SIG_DFL)

    def run(self):
        """Turns until stopped. A database that is away or locked is waited for."""
        gc.freeze()  # the program itself is no rubbish: not to be looked through between mails
        pause = PAUSE_SECONDS
        while not self.stopping.is_set():
            try:
                is_busy = self.turn()
                pause = PAUSE_SECONDS
            except Exception:  # a worker that ends leaves every guest without mail
                log.exception("A turn failed; the next one is in %s s", pause)
                is_busy = False
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                _let_go_of_connections()
            close_old_connections()
            if not is_busy:
                self.stopping.wait(pause)

    def turn(self):
        """Everything once. Returns whether there may be more to do at once."""
        now = timezone.now()
        for do, every in _REGULAR:
            if now - self.turns.get(do, now - every) >= every:
                self.turns[do] = now
                do(self, now)
        self._carry_out_tasks()
        wrote = campaigns.write_what_waits(now=now, should_stop=self.stopping.is_set)
        made = self._make_photos()
        return self._deliver() or wrote or made

    def _make_photos(self):
        until = timezone.now() + PHOTOS_FOR
        done = photo_work.make_waiting(clock=timezone.now, until=until, should_stop=self.stopping.is_set)
        if done.total:
            log.info("Photos: %s made, %s refused, %s to be tried again", done.made, done.refused, done.again)
        return done.total > 0

    def _deliver(self):
        if self._pauses(timezone.now()):
            return False
        done = delivery.deliver(MAILS_A_TURN, should_stop=self.stopping.is_set)
        if done.alarm:
            self.mail_waits_until = timezone.now() + ALARM_PAUSE
        if done.total:
            log.info(
                "%s sent, %s failed, %s deferred, %s uncertain, %s stopped",
                done.sent, done.failed, done.deferred, done.uncertain, done.stopped,
            )  # fmt: skip
        return done.sent > 0

    def _pauses(self, now):
        """Whether the mail server is left alone for a while, after an alarm; not once somebody asks to try again."""
        if now >= self.mail_waits_until:
            return False
        asked_at = postbox.seen().retry_asked_at
        return not asked_at or asked_at <= self.mail_waits_until - ALARM_PAUSE

    def _carry_out_tasks(self):
        if self.stopping.is_set() or not has_task_queue() or not DBTaskResult.objects.ready().exists():
            return
        self.tasks.run()
        housekeeping.clean_finished_tasks(now=timezone.now())

    def _show_life(self, now):
        housekeeping.show_life(self.name, started_at=self.started_at, now=now)

    def _each_minute(self, now):
        if has_task_queue():
            _on_its_own(housekeeping.reap_tasks, now=now)
        _on_its_own(claims.mark_invited)
        _on_its_own(housekeeping.put_away_lists, now=now)
        _on_its_own(photo_claims.reap, now=now)
        _on_its_own(races.enter_by_themselves, now=now)
        _on_its_own(race_states.begin_due, now=now)
        _on_its_own(occurrences.run_due, now=now, should_stop=self.stopping.is_set)

    def _read_mail(self, now):
        read = mailbox.read_when_due(now=now, should_stop=self.stopping.is_set)
        if read and read.taken:
            kinds = Counter(taken.kind for _name, taken in read.taken)
            log.info("Mails read: %s", ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())))

    def _each_hour(self, now):
        _on_its_own(food.let_go)
        _on_its_own(photo_tidying.forget_originals)

    def _each_day(self, now):
        if has_task_queue():
            _on_its_own(housekeeping.prune_tasks, now=now)
        _on_its_own(housekeeping.prune_workers, now=now)
        _on_its_own(housekeeping.prune_logins, now=now)
        _on_its_own(housekeeping.prune_sessions)
        _on_its_own(mailbox.prune, now=now)
        _on_its_own(photo_tidying.put_away_refused, now=now)
        _on_its_own(photo_tidying.delete_strays, now=now)
        try:
            done = retention.forget_due(timezone.localdate(now), now=now, should_stop=self.stopping.is_set)
        except retention.NotAllForgotten as rest:
            done = rest.done
            log.error("%s could not be forgotten today; the log above has the kind of error", rest.failed)
        if any(done.values()):
            log.info("Forgotten: %s", ", ".join(f"{kind} {count}" for kind, count in done.items() if count))


_REGULAR = (
    (Background._show_life, timedelta(seconds=10)),
    (Background._each_minute, timedelta(minutes=1)),
    (Background._read_mail, mailbox.EVERY),
    (Background._each_hour, timedelta(hours=1)),
    (Background._each_day, timedelta(days=1)),
)


def _on_its_own(deed, **kwargs):
    """A file store that is away, say, keeps no guest from a reminder, and nobody from being forgotten in time."""
    tried(deed, failed=None, **kwargs)


def _let_go_of_connections():
    """After trouble the next turn asks the database anew."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
