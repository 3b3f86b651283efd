"""Web pages: server CPU per request of ours and of the limit, in turn, one request at a time."""

import asyncio
from argparse import Namespace

from tests.tools import bench_http

from .table import Row

SLICE, SLICE_SECONDS, ROUNDS, WARMUP = 200, 0.8, 8, 10
MAX_SECONDS = 60


def compare(what, *, limit, ours, budget, is_quick=False):
    """A Row from three targets, (limit, ours, limit again): specifications as bench_http.py takes them."""
    targets = [
        bench_http.Target(f"{name}={spec}") for name, spec in (("limit", limit), ("ours", ours), ("again", limit))
    ]
    asyncio.run(bench_http.run(settings(is_quick), targets))
    for target in targets:
        if target.errors or not target.n:
            raise SystemExit(f"{what}: {target.name} answered {target.statuses}, which is not what was measured.")
    base, own, again = (sum(target.cpu) / len(target.cpu) * 1000 for target in targets)
    return Row(
        what=what, figure=own / base, budget=budget, limit=f"{base:.2f} ms", ours=f"{own:.2f} ms",
        noise=abs(again / base - 1),
    )  # fmt: skip


def settings(is_quick):
    return Namespace(
        rounds=3 if is_quick else ROUNDS, slice=SLICE, slice_seconds=SLICE_SECONDS, concurrency=1, warmup=WARMUP,
        timeout=30, max_seconds=MAX_SECONDS, alternate=True,
    )  # fmt: skip
