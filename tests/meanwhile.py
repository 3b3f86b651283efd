"""One deed is done but not kept yet when others begin: do they wait for it, and then do what is right?"""

import time
from threading import Barrier, Thread

from django.db import connection, transaction

PATIENCE_SECONDS = 10


def at_once(deeds):
    """Does each deed in a thread of its own, all from the same moment; returns what went wrong."""
    start, failures = Barrier(len(deeds)), []

    def run(deed):
        try:
            start.wait(timeout=60)
            deed()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)
    return failures


def while_it_waits(first, *others):
    """Does the first deed, begins the others, and only then keeps the first. Returns what the others said or raised."""
    said = {}

    def run(number, deed):
        try:
            said[number] = deed()
        except Exception as error:
            said[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(others)]
    with transaction.atomic():
        first()
        for thread in threads:
            thread.start()
        _until_they_wait(threads)
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    return [said[number] for number in range(len(others))]


def _until_they_wait(threads):
    until = time.monotonic() + PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= sum(thread.is_alive() for thread in threads):
                return
            time.sleep(0.02)
