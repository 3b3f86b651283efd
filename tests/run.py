"""`make test`: the suite on SQLite and, at the same time, on PostgreSQL; then the browser tests.

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

    def finish(self):
        """Shows what it says, as it says it, until it ends."""
        print(f"\n== {self.name}", flush=True)
        if self.why_not:
            print(self.why_not)
            return
        with self.output.open() as file:
            while self.process.poll() is None:
                print(file.read(), end="", flush=True)
                time.sleep(0.2)
            print(file.read(), end="", flush=True)

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
    sqlite = Part("SQLite", "not browser", {"VERTSKAP_TEST_DB": "sqlite", "TEST_DATABASE_URL": ""})
    postgres = Part("PostgreSQL", "not browser", {}, extra=("--ignore=tests/domain",))  # needs no database
    browser = Part("Browser", "browser", {"VERTSKAP_TEST_DB": "sqlite", "TEST_DATABASE_URL": ""})
    with tempfile.TemporaryDirectory(prefix="vt-run-") as folder:
        sqlite.start(arguments, folder)
        postgres.environment, postgres.why_not = find_postgres()
        postgres.start(arguments, folder)
        sqlite.finish()
        postgres.finish()
        if not ground.chromium():
            browser.why_not = "Skipped: no Chromium was found. Install Debian's package chromium."
        browser.start(arguments, folder)
        browser.finish()
        return summary([sqlite, postgres, browser])


def find_postgres():
    """(environment, why not): the database that TEST_DATABASE_URL names, else one started here."""
    if os.environ.get("TEST_DATABASE_URL"):
        return {}, ""
    try:
        return {"TEST_DATABASE_URL": ground.start_postgres()}, ""
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
