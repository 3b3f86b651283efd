"""`make test`: the suite on SQLite, what asks the database on PostgreSQL too, and the browser tests, each dealt to some
hands; one more of them is at work than there are processors.

    python -m tests.run [pytest's own arguments]

Says what was skipped and why. With CI=true a missing PostgreSQL or browser is a failure.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests import ground

DATABASE_HANDS, BROWSER_HANDS = 2, 3  # small ones, so that the last part to end is not a long one
AT_ONCE = max(2, os.cpu_count() or 2) + 1  # for each waits now and then: for a server, a mail, a page
TESTS = Path(__file__).parent
NO_TESTS = 5  # pytest's code for "nothing was collected", as when its arguments name other tests


@dataclass
class Part:
    """One run of pytest: what to call it, which tests, in which environment."""

    name: str
    marks: str
    environment: dict
    process: subprocess.Popen = None
    output: Path = None
    why_not: str = ""
    extra: tuple = ()

    def start(self, arguments, folder):
        if self.why_not:
            return
        self.output = Path(folder) / f"{self.name}.txt"
        command = [sys.executable, "-m", "pytest", "-q", "-m", self.marks, *self.extra, *arguments]
        with self.output.open("w") as file:
            self.process = subprocess.Popen(
                command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ, **self.environment}
            )

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def show(self, said):
        """What it says from there on; returns how much has been said."""
        if not self.output:
            return said
        with self.output.open() as file:
            file.seek(said)
            print(file.read(), end="", flush=True)
            return file.tell()

    @property
    def is_green(self):
        return not ground.in_ci() if self.why_not else self.process.returncode in (0, NO_TESTS)

    @property
    def last_line(self):
        return self.why_not or self.output.read_text().strip().splitlines()[-1].strip("= ")

    @property
    def skipped(self):
        """pytest's lines about what was skipped and why."""
        lines = self.output.read_text().splitlines() if self.output else []
        return [line for line in lines if line.startswith("SKIPPED")]


def main(arguments):
    with tempfile.TemporaryDirectory(prefix="vt-run-") as folder:
        share(folder)
        on_sqlite = {"VERTSKAP_TEST_DB": "sqlite", "TEST_DATABASE_URL": ""}
        environment, why_not = find_postgres()
        no_browser = "" if ground.chromium() else "Skipped: no Chromium was found. Install Debian's package chromium."
        parts = [  # the longest first
            database_part("PostgreSQL", 1, environment, "--of-database", why_not=why_not),
            database_part("SQLite", 1, on_sqlite),
            database_part("SQLite", 2, on_sqlite),
            database_part("PostgreSQL", 2, environment, "--of-database", why_not=why_not),
            *(browser_part(hand, on_sqlite, arguments, no_browser) for hand in range(1, BROWSER_HANDS + 1)),
        ]
        work_off(parts, arguments, folder)
        return summary(parts)


def share(folder):
    """What one part has compiled, or migrated, the others need not again."""
    os.environ[ground.MIGRATED] = str(Path(folder) / "migrated.sqlite3")
    if sys.dont_write_bytecode:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")


def database_part(name, hand, environment, *extra, why_not=""):
    extra = (f"--deal-files={hand}/{DATABASE_HANDS}", *extra)
    return Part(f"{name}-{hand}", "not browser", environment, why_not=why_not, extra=extra)


def browser_part(hand, environment, arguments, why_not):
    """Unless the arguments name files, it looks only into those with tests for a browser."""
    files = [str(file) for file in sorted(TESTS.rglob("test_*.py")) if "mark.browser" in file.read_text()]
    names_files = any(Path(argument.split("::")[0]).exists() for argument in arguments)
    extra = (f"--deal={hand}/{BROWSER_HANDS}", *([] if names_files else files))
    return Part(f"Browser-{hand}", "browser", environment, why_not=why_not, extra=extra)


def work_off(parts, arguments, folder):
    """Runs the parts, so many at a time, the first come first; shows each one's words from its start to its end."""
    waiting = [part for part in parts if not part.why_not]
    for part in parts:
        print(f"\n== {part.name}", part.why_not, sep="\n" if part.why_not else "", flush=True)
        said = 0
        while part in waiting or part.is_running():
            running = sum(each.is_running() for each in parts)
            while waiting and running < AT_ONCE:
                waiting.pop(0).start(arguments, folder)
                running += 1
            said = part.show(said)
            time.sleep(0.2)
        part.show(said)


def find_postgres():
    """(environment, why not): the database that TEST_DATABASE_URL names, else one started here, which may keep what one
    part has migrated for the others.
    """
    if os.environ.get("TEST_DATABASE_URL"):
        return {}, ""
    try:
        return {"TEST_DATABASE_URL": ground.start_postgres(), ground.TEMPLATE: "migrated"}, ""
    except Exception as error:  # whatever it is, the reader is told, and CI fails
        return {}, f"Skipped: PostgreSQL did not start ({error}). Set TEST_DATABASE_URL to use another."


def summary(parts):
    print("\n== Together")
    for part in parts:
        for line in part.skipped:
            print(f"{part.name}: {line}")
    for part in parts:
        print(f"{part.name}: {part.last_line}")
    return 0 if all(part.is_green for part in parts) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
