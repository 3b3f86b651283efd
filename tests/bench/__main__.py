"""`python -m tests.bench [--only NAME …] [--quick]`: prints the tables; exit 0 when every budget holds."""

import argparse
import os
import sys
from contextlib import ExitStack
from functools import cached_property

import django

from tests.bench import stage

stage.settle(os.environ)
django.setup()

from django.db import connection, connections  # noqa: E402  Django must be set up

from tests.bench import (  # noqa: E402
    boards,
    downloads,
    guest_pages,
    imports,
    letters,
    office,
    people,
    photo_sending,
    photos,
    timing,
    weight,
)
from tests.bench.table import print_table  # noqa: E402

FEW, MANY = 500, 10_000
PARTS = {
    "guest": ("The guest's pages: server CPU a request", guest_pages.rows),
    "board": ("The live board: server CPU a request", boards.rows),
    "photos": ("Sending photos: server CPU a request", photo_sending.rows),
    "office": ("The organiser's pages: server CPU a request", office.rows),
    "letters": ("500 letters prepared, sent and recorded", letters.rows),
    "downloads": ("A guest list of 10,000 to take along: CPU", downloads.rows),
    "imports": ("A guest list of 10,000 brought in", imports.rows),
    "timing": ("Marks of a race: CPU", timing.rows),
    "photos_made": ("Photos made: CPU and memory of the child", photos.rows),
    "weight": ("Weight and start", weight.rows),
}


class Play:
    """What the parts share: the servers, a superuser, an event with 500 guests and one with 10,000."""

    def __init__(self, stack, *, is_quick):
        self.is_quick = is_quick
        self.organiser = people.prepare()
        self.pids = stage.database_pids(connection)
        connections.close_all()
        self.ours, self.limit = (stack.enter_context(stage.Server(name)) for name in (stage.OURS, stage.LIMIT))

    @cached_property
    def few(self):
        return people.make_event(FEW)

    @cached_property
    def many(self):
        return people.make_event(MANY)

    def both(self, path, fields):
        return {"limit": self.target(self.limit, path, fields), "ours": self.target(self.ours, path, fields)}

    def target(self, server, path, fields):
        return f"{server.url}{path}{fields}" + "".join(f"|pid={pid}" for pid in (server.pid, *self.pids))


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given several times")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a look, not a proof")
    options = parser.parse_args(arguments)
    measured = []
    with ExitStack() as stack:
        play = Play(stack, is_quick=options.quick)
        print(
            f"On {connection.vendor}, load {os.getloadavg()[0]:.1f}; ratios mean something, times little.", flush=True
        )
        for name in options.only or PARTS:
            title, rows = PARTS[name]
            found = list(rows(play))
            print_table(title, found)
            measured += found
    return 0 if all(row.holds for row in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
