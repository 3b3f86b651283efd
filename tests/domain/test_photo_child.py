"""The child process: makes what the recipe makes, holds nothing open, and may die without anybody being hurt."""

import os
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from events.domain import photo_child
from events.domain.photo_child import Child, ChildDied
from events.domain.photo_gate import Limits, PhotoRefused, sniff
from tests.photo_files import HEIC, SECRETS, camera_jpeg, corner, display_p3, drawn, file_of, jpeg, notes, scan_bomb

LIMITS = Limits()
IN_THE_CHILD = "import sys; sys.path += sys.argv[1:]; from events.domain import photo_maker; "


@pytest.fixture(scope="module")
def shared():
    with Child() as child:
        yield child


def make(child, data, **how):
    return child.make(BytesIO(data), sniff(data[:1024]), limits=LIMITS, **how)


def pid_of(child):
    (process,) = child.processes.values()
    return process.process.pid


def in_the_child(code):
    """What a child says that is settled as ours are, and then does this."""
    child = [sys.executable, "-I", "-c", f"{IN_THE_CHILD}photo_maker._settle()\n{code}"]
    done = subprocess.run([*child, *photo_child._PATHS], capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_each_format_is_made_although_no_file_can_be_opened(shared, form):
    data = file_of(drawn(), form, exif=notes(), icc_profile=display_p3())
    made = make(shared, data)
    assert {name: (*Image.open(BytesIO(data)).size, len(data)) for name, data in made.files.items()} == {
        name: tuple(size) for name, size in made.sizes.items()
    }
    assert set(made.files) == {"480", "1280", "2000", "full"}
    assert (corner(Image.open(BytesIO(made.files["480"]))), made.taken) == ("top left", "2027-09-24T18:42:07.35")


def test_a_phone_s_heic_is_made(shared):
    assert make(shared, HEIC.read_bytes()).sizes["full"][:2] == [64, 96]


def test_several_pictures_in_one_jpeg_give_the_first(shared):
    data = file_of(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (160, 120), "red")])
    made = make(shared, data)
    assert corner(Image.open(BytesIO(made.files["480"]))) == "top left"
    assert len(made.files["full"]) < len(data) - 500
    assert b"MPF" not in made.files["full"]


def test_the_camera_s_notes_stay_in_the_child(shared):
    made = make(shared, camera_jpeg(held=6), turned=90)
    assert [secret for secret in SECRETS if any(secret in data for data in made.files.values())] == []


def test_the_next_photo_is_made_by_the_same_child_after_one_was_refused(shared):
    make(shared, jpeg())
    before = dict(shared.processes)
    with pytest.raises(PhotoRefused) as refusal:
        make(shared, scan_bomb())
    assert refusal.value.code == "laborious"
    assert make(shared, jpeg(1)).colour != make(shared, jpeg(200)).colour
    assert shared.processes == before


def test_a_killed_child_is_told_and_the_next_photo_gets_another():
    with Child() as child:
        make(child, jpeg())
        os.kill(pid := pid_of(child), signal.SIGKILL)
        with pytest.raises(ChildDied):
            make(child, jpeg())
        assert make(child, jpeg()).sizes
        assert pid_of(child) != pid


def test_a_child_that_takes_too_long_is_killed(monkeypatch):
    monkeypatch.setattr(photo_child, "WALL_SECONDS", 0.3)
    with Child() as child, pytest.raises(ChildDied):
        monkeypatch.setattr(photo_child, "_START", "import time; time.sleep(60)")
        make(child, jpeg())


@pytest.mark.parametrize(
    "says", ["", "nonsense\\n", "{}\\n", '{\\"file\\": \\"../../evil\\", \\"bytes\\": 1, \\"size\\": [1, 1]}\\n',
             '{\\"file\\": \\"full\\", \\"bytes\\": 999999999, \\"size\\": [1, 1]}\\n', '{\\"made\\": {}}\\n', "x" * 99]
)  # fmt: skip
def test_a_child_that_was_taken_over_has_no_say(monkeypatch, says):
    monkeypatch.setattr(photo_child, "_START", f'import sys; sys.stdin.buffer.readline(); print("{says}", end="")')
    with Child() as child, pytest.raises(ChildDied):
        make(child, jpeg())


def test_a_child_ends_with_whoever_started_it():
    with Child() as child:
        make(child, jpeg())
        pid = pid_of(child)
    assert not Path(f"/proc/{pid}").exists()


def test_a_fresh_child_is_taken_now_and_then(monkeypatch):
    monkeypatch.setattr(photo_child, "PHOTOS_EACH", 2)
    with Child() as child:
        make(child, jpeg())
        first = pid_of(child)
        make(child, jpeg())
        assert child.processes == {}
        make(child, jpeg())
        assert pid_of(child) != first


def test_no_secret_of_ours_is_in_a_child_s_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-ours")
    with Child() as child:
        make(child, jpeg())
        assert b"a-secret-of-ours" not in Path(f"/proc/{pid_of(child)}/environ").read_bytes()


@pytest.mark.parametrize(
    "deed",
    [
        "open('/etc/hostname')",
        "open('/tmp/evil', 'w')",
        "import socket; socket.socket()",
        "import os; os.pipe()",
    ],
)
def test_neither_a_file_nor_a_connection_can_be_opened_in_it(deed):
    code, _said, why = in_the_child(f"try:\n    {deed}\nexcept OSError as error:\n    sys.exit(error.errno)")
    assert (code, why) == (24, "")  # EMFILE


def test_memory_has_an_end_in_it():
    assert in_the_child("bytearray(1_700_000_000)")[2].strip().endswith("MemoryError")
    assert in_the_child("bytearray(500_000_000)")[0] == 0


def test_a_processor_is_not_kept_for_ever():
    code, _said, _why = in_the_child("photo_maker.CPU_SECONDS = 1; photo_maker._allow_cpu()\nwhile True: pass")
    assert code == -signal.SIGXCPU
