"""Photos made as the worker makes them: how many a second and core, in how much memory, and beside libvips.

The pictures are drawn with noise of several sizes, so that a decoder has as much to do as with a camera's: 220 bytes
for 1,000 pixels. The first has a phone's wide colours. pyvips is none of our dependencies: pip install pyvips[binary]
adds the comparison, without it that line is left out.
"""

import importlib.util
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from events.domain.photo_child import Child
from events.domain.photo_gate import Limits, sniff
from tests import ground
from tests.photo_files import display_p3
from tests.tools.bench_http import cpu_seconds

from .table import Row

ROUNDS = 5
HEIC = Path(__file__).parents[1] / "data" / "photos" / "large.heic"
SIZES = {"12 MP": (4032, 3024), "16 MP": (4608, 3456), "24 MP": (6000, 4000)}
A_SECOND, JPEG_MIB, HEIC_MIB, VIPS = 2, 120, 200, 1.6  # rules/performance.md
OURS = """
import sys, time
sys.path.insert(0, sys.argv[1])
from events.domain import darkroom, photo_files
from events.domain.photo_gate import Limits
darkroom.jpeg = lambda picture, quality: picture.load() and b""
for path in sys.argv[3:]:
    data = open(path, "rb").read()
    for _round in range(int(sys.argv[2]) + 1):
        begun = time.process_time()
        list(photo_files.make(data, "JPEG", turned=0, limits=Limits()))
        print(time.process_time() - begun)
"""
LIBVIPS = """
import sys, time
import pyvips
pyvips.cache_set_max(0)
for path in sys.argv[3:]:
    data = open(path, "rb").read()
    for _round in range(int(sys.argv[2]) + 1):
        begun = time.process_time()
        colours = {"output_profile": "srgb"} if b"ICC_PROFILE" in data[:9000] else {}
        shown = pyvips.Image.thumbnail_buffer(data, 2000, height=2000, size="down", **colours).copy_memory()
        for side in (1280, 480):
            shown = shown.thumbnail_image(side, height=side, size="down").copy_memory()
        print(time.process_time() - begun)
"""


def rows(play):
    """Photos a second and core, memory by format, and the ratio to libvips where it is there."""
    rounds = 2 if play.is_quick else ROUNDS
    profiles = {"12 MP": {"icc_profile": display_p3()}}
    files = {name: drawn(name, size, **profiles.get(name, {})) for name, size in SIZES.items()}
    for name in ("12 MP", "24 MP"):
        seconds, peak = child(files[name].read_bytes(), rounds)
        if name == "12 MP":
            yield Row(
                what="JPEG of 12 MP made, a second and core",
                figure=1 / seconds,
                budget=A_SECOND,
                is_floor=True,
                unit="",
            )
        yield Row(what=f"JPEG of {name}: memory of the child", figure=peak, budget=JPEG_MIB, unit="MiB", digits=0)
    _seconds, peak = child(drawn("24 MP", SIZES["24 MP"], progressive=True).read_bytes(), rounds)
    yield Row(what="progressive JPEG of 24 MP: memory", figure=peak, budget=JPEG_MIB, unit="MiB", digits=0)
    _seconds, peak = child(HEIC.read_bytes(), rounds)
    yield Row(what="HEIC of 12 MP: memory of the child", figure=peak, budget=HEIC_MIB, unit="MiB", digits=0)
    if importlib.util.find_spec("pyvips") is None:
        print("Without pyvips there is no comparison with libvips.")
        return
    ours, limit = (measured(code, rounds, files.values()) for code in (OURS, LIBVIPS))
    yield Row(
        what="decode and three sizes against libvips", figure=ours / limit, budget=VIPS,
        ours=f"{ours * 1000:.0f} ms", limit=f"{limit * 1000:.0f} ms",
    )  # fmt: skip


def drawn(name, size, **options):
    """A JPEG of this size, as hard to read as a camera's."""
    path = ground.folder() / f"{name} {' '.join(options)}.jpg"
    rough, fine = (
        Image.effect_noise((size[0] // by, size[1] // by), spread).resize(size, Image.Resampling.BICUBIC)
        for by, spread in ((24, 90), (2, 21))
    )
    light = Image.linear_gradient("L").resize(size)
    parts = (Image.blend(rough, fine, 0.4), Image.blend(light, rough, 0.4), Image.blend(fine, light, 0.5))
    Image.merge("RGB", parts).save(path, quality=92, **options)
    return path


def child(data, rounds):
    """(CPU seconds of the best round, peak MiB) of a fresh child."""
    form = sniff(data[:1024])
    with Child() as maker:
        took = []
        for _round in range(rounds + 1):
            before = cpu_seconds(pids(maker)) if maker.processes else 0
            maker.make(BytesIO(data), form, limits=Limits())
            took.append(cpu_seconds(pids(maker)) - before)
        status = Path(f"/proc/{pids(maker)[0]}/status").read_text()
    return min(took[1:]), int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def pids(maker):
    return [process.process.pid for process in maker.processes.values()]


def measured(code, rounds, paths):
    """CPU seconds of all pictures, the best round of each after a first one that does not count."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), str(rounds), *map(str, paths)],
        capture_output=True, text=True, check=True, env={**os.environ, "VIPS_CONCURRENCY": "1"},
    )  # fmt: skip
    took = list(map(float, done.stdout.split()))
    each = rounds + 1
    return sum(min(took[start + 1 : start + each]) for start in range(0, len(took), each))
