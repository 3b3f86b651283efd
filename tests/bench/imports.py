"""A guest list of 10,000 rows: preview and apply, each in a process of its own, with its memory."""

import csv
import subprocess
import sys
from pathlib import Path

from django.utils import timezone

from events.actions import events
from events.models import History
from tests import ground

from .table import Row

ROWS, FEW_ROWS = 10_000, 1_000
SECONDS = 20
FLAT = 1.5  # a process with ten times the rows may need half as much again
HEADINGS = ["Fornavn", "Etternavn", "Firma", "E-post", "Mobil", "Vert", "Kommentar"]


def rows(play):
    """CPU seconds of preview and apply, and their memory against a list of a tenth."""
    size = ROWS // 10 if play.is_quick else ROWS
    event = events.make(
        "brought-in", title="Brought in", held_on=timezone.localdate(), programme="stoltzen", by=None,
        channel=History.Channel.COMMAND, now=timezone.now(),
    )  # fmt: skip
    many, few = guest_list(size, "many"), guest_list(FEW_ROWS, "few")
    for what, *options in (("preview", "--dry-run"), ("apply",)):
        _seconds, small = run("import_guests", event.slug, few, *options)
        seconds, large = run("import_guests", event.slug, many, *options)
        yield Row(what=f"{what} of {size:,} rows, CPU", figure=seconds, budget=SECONDS, unit="s")
        yield Row(
            what=f"{what}: memory against {FEW_ROWS:,} rows", figure=large / small, budget=FLAT,
            limit=f"{small:.0f} MiB", ours=f"{large:.0f} MiB",
        )  # fmt: skip


def guest_list(size, name):
    """A CSV file such as Nordic spreadsheets write: semicolons, cp1252."""
    path = ground.folder() / f"{name}.csv"
    with Path(path).open("w", encoding="cp1252", newline="") as file:
        sheet = csv.writer(file, delimiter=";")
        sheet.writerow(HEADINGS)
        for number in range(size):
            sheet.writerow(
                [f"Åse{number}", f"Bjørnstad{number % 911}", f"Kunde {number // 5} AS", f"{name}{number}@kunde.example",
                 f"9{number:07}", ("Marte Lie", "Odd Vik")[number % 2], f"Kommer gjerne, nummer {number}"]
            )  # fmt: skip
    return path


def run(*arguments):
    """(CPU seconds, peak MiB) of a management command."""
    child = [sys.executable, "-m", "tests.bench.child", *map(str, arguments)]
    done = subprocess.run(child, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{arguments} ended with {done.returncode}: {done.stderr[-1000:]}")
    seconds, peak = done.stdout.split("\n")[-2].split()
    return float(seconds), float(peak)
