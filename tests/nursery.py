"""`python -m tests.nursery`: workers by forking, for tests that kill many: it reads a port and writes a process number.

Each is the worker that `manage.py worker` runs, but sends to 127.0.0.1:port, pauses for less long, and has done today
what is done once a day.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class Nursery:
    """The nursery as seen by a test. `worker(port)` starts one and returns its number."""

    def __init__(self, environment):
        self.environment = {**environment, "EMAIL_URL": "smtp://127.0.0.1:1", "EMAIL_TIMEOUT_SECONDS": "1"}

    def __enter__(self):
        command = [sys.executable, "-m", "tests.nursery"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self.child = subprocess.Popen(command, cwd=ROOT, env=self.environment, text=True, **pipes)
        return self

    def __exit__(self, *error):
        self.child.communicate(timeout=10)

    def worker(self, port):
        print(port, file=self.child.stdin, flush=True)
        return int(self.child.stdout.readline())


def main():
    import django

    django.setup()
    from django.conf import settings

    from events.management import background

    background.PAUSE_SECONDS = 0.05
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            settings.EMAIL_PORT = int(line)
            worker = background.Background(f"test:{os.getpid()}")
            worker.turns = {
                do: worker.started_at for do, every in background._REGULAR if every.seconds >= 60 or every.days
            }
            worker.run()
            os._exit(0)
        print(number, flush=True)


if __name__ == "__main__":
    main()
