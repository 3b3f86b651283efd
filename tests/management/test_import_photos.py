"""`import_photos`: files, folders and zips; made before it returns, the same again changes nothing."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from events.models import History, Photo, PhotoUpload
from tests.photo_files import HEIC, camera_jpeg, jpeg, scan_bomb, zip_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bring(cast, settings, tmp_path):
    """bring(path, …) → (exit code, summary)"""
    settings.MEDIA_ROOT = tmp_path / "media"

    def bring(*paths, json_too=True):
        out = StringIO()
        try:
            call_command("import_photos", cast.event.slug, *map(str, paths), *["--json"] * json_too, stdout=out)
            code = 0
        except CommandError as error:
            code = error.returncode
        last = (out.getvalue().splitlines() or [""])[-1]
        return code, json.loads(last) if json_too and last else out.getvalue()

    return bring


@pytest.fixture
def folder(tmp_path):
    """A photographer's card: two photos and a HEIC, one twice, a film, and a system's litter."""
    card = tmp_path / "card" / "DCIM" / "100"
    card.mkdir(parents=True)
    for name, data in {
        "IMG_0001.JPG": camera_jpeg(held=6), "IMG_0002.png": jpeg(2), "IMG_0002 (1).jpg": jpeg(2),
        "IMG_0003.HEIC": HEIC.read_bytes(), "IMG_0004.MOV": b"\0\0\0\x14ftypqt  \0\0\2\0qt  ", ".DS_Store": b"x",
        "._IMG_0001.JPG": b"x",
    }.items():  # fmt: skip
        (card / name).write_bytes(data)
    return tmp_path / "card"


def test_a_folder_is_read_and_made_before_it_returns(bring, folder):
    code, told = bring(folder)
    assert (code, told["added"], told["duplicates"]) == (1, 3, 1)
    (refused,) = told["refused"]
    assert (refused["file"], refused["code"]) == ("IMG_0004.MOV", "film")
    assert refused["message"].startswith("This is a film")
    assert set(Photo.objects.values_list("work", "state", "format")) == {
        ("made", "shown", "JPEG"), ("made", "shown", "HEIF")
    }  # fmt: skip
    upload = PhotoUpload.objects.get()
    assert (upload.way, upload.chosen, upload.added, upload.duplicates, len(upload.refused)) == ("command", 5, 3, 1, 1)
    assert History.objects.get(what=History.What.PHOTOS).channel == History.Channel.COMMAND


def test_the_same_again_changes_nothing(bring, folder):
    (folder / "DCIM/100/IMG_0004.MOV").unlink()
    assert bring(folder) == (0, {"added": 3, "duplicates": 1, "refused": []})
    places = set(Photo.objects.values_list("place"))
    assert bring(folder) == (0, {"added": 0, "duplicates": 4, "refused": []})
    assert set(Photo.objects.values_list("place")) == places


def test_files_and_zips_are_read_together(bring, tmp_path):
    (tmp_path / "one.jpg").write_bytes(jpeg(1))
    (tmp_path / "more").write_bytes(zip_of({"DCIM/two.jpg": jpeg(2), "three.jpg": jpeg(3), "one.jpg": jpeg(1)}))
    assert bring(tmp_path / "one.jpg", tmp_path / "more") == (0, {"added": 3, "duplicates": 1, "refused": []})


def test_what_could_not_be_made_counts_as_refused(bring, tmp_path):
    (tmp_path / "bomb.jpg").write_bytes(scan_bomb())
    (tmp_path / "page.jpg").write_bytes(b"<!DOCTYPE html><title>Bilde</title>")
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "good.jpg").write_bytes(jpeg())
    code, told = bring(*(tmp_path / name for name in ("bomb.jpg", "page.jpg", "empty.jpg", "good.jpg")))
    assert (code, told["added"], told["duplicates"]) == (1, 1, 0)
    assert {refused["file"]: refused["code"] for refused in told["refused"]} == {
        "bomb.jpg": "laborious", "page.jpg": "web_page", "empty.jpg": "empty"
    }  # fmt: skip


def test_what_an_interrupted_run_left_is_made_by_the_next(bring, folder):
    bring(folder)
    Photo.objects.update(work=Photo.Work.WAITING)
    assert bring(folder)[1]["duplicates"] == 4
    assert set(Photo.objects.values_list("work", flat=True)) == {"made"}


def test_people_are_told_in_words(bring, tmp_path):
    (tmp_path / "meny.pdf").write_bytes(b"%PDF-1.7")
    code, said = bring(tmp_path / "meny.pdf", json_too=False)
    assert (code, said.splitlines()) == (
        1,
        [
            "0 added, 0 here already, 1 refused.",
            "meny.pdf: This is a PDF. Save the photo in it as JPEG, and send that.",
        ],
    )


def test_a_path_that_is_not_there_or_an_unknown_event_is_bad_use(bring, tmp_path, cast):
    assert bring(tmp_path / "nowhere") == (2, "")
    with pytest.raises(CommandError) as error:
        call_command("import_photos", "nowhere", str(tmp_path))
    assert error.value.returncode == 2
    assert not PhotoUpload.objects.exists()
