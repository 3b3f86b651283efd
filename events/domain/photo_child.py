"""The way to the child that makes photos (photo_maker): started when needed, killed when it takes too long."""

import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer
from typing import IO

from .photo_gate import JPEG, Limits, PhotoRefused
from .photos import SIDES

WALL_SECONDS = 30
PHOTOS_EACH = 200  # then a fresh one: a decoder may leak
MOST_BYTES = 200 * 1024**2  # of all files of a photo; no honest child comes near
NAMES = frozenset([*map(str, SIDES), "full"])
_PATHS = (str(Path(__file__).resolve().parents[2]), sysconfig.get_path("purelib"), sysconfig.get_path("platlib"))
_START = """
import sys
sys.path += sys.argv[2:]
if sys.argv[1] != "JPEG":
    import events.domain.photo_decoders
from events.domain.photo_maker import serve
serve()
"""
_CHUNK_BYTES = 256 * 1024
_LONGEST_LINE = 10_000
# Nothing of our environment goes in. What is freed is given back: the next photo may need it in other pieces.
_ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1048576", "MALLOC_TRIM_THRESHOLD_": "1048576"}
_KEPT = ("LD_LIBRARY_PATH", "PATH")


class ChildDied(Exception):
    """The photo was not made: its decoder crashed, took too long or too much, or something killed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """{name: bytes} of the finished files, {name: [width, height, bytes]}, and what is remembered of the photo."""

    files: dict
    sizes: dict
    colour: str = ""
    taken: str = ""
    offset: str = ""


class Child:
    """Makes photos, one at a time: JPEGs in one process, all others in another, which needs more memory from the start.

    close() when done, or use it as a context.
    """

    def __init__(self):
        self.processes = {}

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.close()

    def close(self):
        """Ends the processes, whatever they do."""
        while self.processes:
            self.processes.popitem()[1].close()

    def make(self, source: IO[bytes], form: str, *, turned: int = 0, limits: Limits) -> Made:
        """The files of a photo. Raises PhotoRefused, or ChildDied; the next photo then gets another process."""
        kind = JPEG if form == JPEG else "others"
        process = self.processes.pop(kind, None) or _Process(kind)
        is_well = False
        try:
            made = process.make(source, {"form": form, "turned": turned, "limits": asdict(limits)})
            is_well = True
        except PhotoRefused:
            is_well = True
            raise
        finally:
            if is_well and process.done < PHOTOS_EACH:
                self.processes[kind] = process
            else:
                process.close()
        return made


class _Process:
    """A running child, and the way to talk to it."""

    def __init__(self, kind):
        environment = _ENVIRONMENT | {name: os.environ[name] for name in _KEPT if name in os.environ}
        self.process = subprocess.Popen(  # noqa: S603 - our own code, and nothing of anybody's on the command line
            [sys.executable, "-I", "-S", "-c", _START, kind, *_PATHS],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            start_new_session=True,  # a Ctrl-C is for whoever started it
        )  # fmt: skip
        self.done = 0

    def close(self):
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                pipe.close()
            except OSError:  # what it had not read is lost with it
                pass

    def make(self, source, job):
        timer = Timer(WALL_SECONDS, self.process.kill)
        timer.start()
        self.done += 1
        try:
            self._hand_over(source, job)
            return self._result()
        except PhotoRefused:
            raise
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:  # it ended, or talks nonsense
            raise ChildDied from error
        finally:
            timer.cancel()

    def _hand_over(self, source, job):
        size = source.seek(0, os.SEEK_END)
        source.seek(0)
        pipe = self.process.stdin
        pipe.write(json.dumps({**job, "bytes": size}).encode() + b"\n")
        while chunk := source.read(_CHUNK_BYTES):
            pipe.write(chunk)
        pipe.flush()

    def _result(self):
        files, sizes, left = {}, {}, MOST_BYTES
        while True:
            said = json.loads(self._line())
            if "refused" in said:
                raise PhotoRefused(said["refused"], **said["facts"])
            if "made" in said:
                if files.keys() != NAMES:
                    raise EOFError
                return Made(files=files, sizes=sizes, **said["made"])
            name, count = said["file"], int(said["bytes"])
            left -= count
            if name not in NAMES or count < 0 or left < 0:
                raise EOFError
            files[name] = self._read(count)
            sizes[name] = [*map(int, said["size"]), count]

    def _line(self):
        line = self.process.stdout.readline(_LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise EOFError
        return line

    def _read(self, count):
        data = self.process.stdout.read(count)
        if len(data) < count:
            raise EOFError
        return data
