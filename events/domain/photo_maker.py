"""The child that makes photos: reads jobs on its standard input, writes files on its standard output, holds nothing.

It may be killed at any time. Before the first job everything it needs is loaded; from then on it can open neither a
file nor a connection, and has so much memory, and so many seconds of a processor for each photo (rules/photos.md §3).
"""

import json
import resource
import sys
from dataclasses import asdict

from PIL import Image, JpegImagePlugin, MpoImagePlugin, TiffImagePlugin

from .photo_files import MadeFile, make
from .photo_gate import Limits, PhotoRefused

CPU_SECONDS = 20
MEMORY_BYTES = 1536 * 1024**2
STANDARD_FILES = 3
LOADED = (JpegImagePlugin, MpoImagePlugin, TiffImagePlugin)  # Pillow would look for them later; so do Exif notes


def serve() -> None:
    """One job after the other until standard input ends."""
    _settle()
    while line := sys.stdin.buffer.readline():
        job = json.loads(line)
        _allow_cpu()
        _do(job, sys.stdin.buffer.read(job["bytes"]))


def _settle():
    Image.preinit = Image.init = lambda: False  # no decoders but those imported: fewer doors, and less memory
    Image.MAX_IMAGE_PIXELS = None  # photo_gate.check_pixels has the limits, by format
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_NOFILE, STANDARD_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def _allow_cpu():
    """So much for the photo in hand, beside what earlier ones have taken."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + CPU_SECONDS, hard))


def _do(job, data):
    try:
        for done in make(data, job["form"], turned=job["turned"], limits=Limits(**job["limits"])):
            if isinstance(done, MadeFile):
                _say({"file": done.name, "size": [done.width, done.height], "bytes": len(done.data)}, done.data)
            else:
                _say({"made": asdict(done)})
            del done  # before the next is made: memory is counted
    except PhotoRefused as refusal:
        _say({"refused": refusal.code, "facts": refusal.facts})
    except MemoryError:
        _say({"refused": "laborious", "facts": {}})
    except Exception as error:  # bytes from outside make a decoder say anything
        _say({"refused": "damaged", "facts": {}, "why": type(error).__name__})


def _say(what, data=b""):
    sys.stdout.buffer.write(json.dumps(what).encode() + b"\n")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
