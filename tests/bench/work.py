"""Work in this process: its CPU seconds and the database's, ours and the limit in turn."""

import time
from dataclasses import dataclass

from tests.tools.bench_http import cpu_seconds

ROUNDS = 3


@dataclass
class Spent:
    """CPU and wall seconds of all rounds together."""

    cpu: float = 0.0
    wall: float = 0.0


def in_turn(*, limit, ours, pids, is_quick=False):
    """(limit, ours, limit again) as Spent; each is called once a round. `pids` are the database's processes."""
    tasks = [(limit, Spent()), (ours, Spent()), (limit, Spent())]
    for turn in range(1 if is_quick else ROUNDS):
        for task, spent in tasks if turn % 2 == 0 else reversed(tasks):
            cpu, wall = time.process_time() + cpu_seconds(pids), time.perf_counter()
            task()
            spent.cpu += time.process_time() + cpu_seconds(pids) - cpu
            spent.wall += time.perf_counter() - wall
    return [spent for _task, spent in tasks]
