"""Zips as organisers pack them, and as evil people do."""

import zipfile
from io import BytesIO

import pytest

from events.domain import photo_zips
from events.domain.photo_gate import PhotoRefused
from events.domain.photo_zips import ZipLimits
from tests.photo_files import jpeg, zip_lying, zip_of, zip_with_password


def told(data, **limits):
    """[(name, bytes or code)]"""
    return [
        (entry.name, entry.refused.code if entry.refused else entry.file.read())
        for entry in photo_zips.entries(BytesIO(data), ZipLimits(**limits))
    ]


def refused(data, **limits):
    with pytest.raises(PhotoRefused) as refusal:
        told(data, **limits)
    return refusal.value


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_each_file_is_read_and_a_system_s_litter_left_out(method):
    names = ["a.jpg", "DCIM/b.jpg", "__MACOSX/._a.jpg", "._c.jpg", ".DS_Store", "DCIM/Thumbs.db", "DCIM/", "x\\d.jpg"]
    data = zip_of({name: jpeg(number) for number, name in enumerate(names)}, method=method)
    assert told(data) == [("a.jpg", jpeg(0)), ("DCIM/b.jpg", jpeg(1)), ("x\\d.jpg", jpeg(7))]


def test_a_zip_of_ours_is_read_also_when_it_is_written_for_large_ones():
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive, archive.open("a.jpg", "w", force_zip64=True) as file:
        file.write(jpeg())
    assert told(written.getvalue()) == [("a.jpg", jpeg())]


def test_a_name_that_climbs_is_a_name_and_no_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["../../evil.jpg", "/etc/evil.jpg", "C:\\evil.jpg", "a/../../../evil.jpg"]
    assert [data for _name, data in told(zip_of({name: jpeg() for name in names}))] == [jpeg()] * 4
    assert list(tmp_path.rglob("*")) == []
    assert not (tmp_path.parent.parent / "evil.jpg").exists()


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = zip_of({"a.jpg": b"\0" * 5_000_000}, method=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 10_000
    assert refused(bomb).code == "zip_swells"


def test_a_bomb_of_many_small_parts_is_one_too():
    bomb = zip_of({f"{number}.jpg": b"\0" * 100_000 for number in range(50)}, method=zipfile.ZIP_DEFLATED)
    assert refused(bomb).code == "zip_swells"


def test_parts_that_share_their_bytes_are_a_bomb():
    data = bytearray(zip_of({f"{number:03}.jpg": jpeg(number) * 20 for number in range(100)}))
    at = 0
    while (at := data.find(b"PK\1\2", at + 1)) >= 0:
        data[at + 42 : at + 46] = b"\0\0\0\0"  # all of them begin where the first does
    assert {code for _name, code in told(bytes(data))[1:]} == {"zip_entry_damaged"}


@pytest.mark.parametrize("size", [2**32 - 2, 41 * 1024**2])
def test_a_part_that_says_it_is_huge_is_refused_unread(size):
    assert told(zip_lying(jpeg(), size)) == [("lie.jpg", "file_is_too_big")]


def test_a_part_that_says_it_is_small_is_no_larger_for_us():
    assert told(zip_lying(b"\0" * 5_000_000, 1000)) == [("lie.jpg", "zip_entry_damaged")]


def test_a_part_that_is_too_large_is_refused_and_the_next_one_read():
    files = {"a.jpg": jpeg() * 9, "b.jpg": jpeg(1)}
    assert told(zip_of(files), entry_bytes=len(jpeg()) * 4) == [("a.jpg", "file_is_too_big"), ("b.jpg", jpeg(1))]


def test_a_zip_of_fifty_thousand_is_refused_without_being_listed(monkeypatch):
    data = zip_of({f"{number}.jpg": b"" for number in range(50_000)})
    monkeypatch.setattr(zipfile, "ZipFile", None)
    refusal = refused(data)
    assert (refusal.code, refusal.facts) == ("zip_too_many", {"count": 50_000, "limit": 2000})


def test_as_many_as_are_allowed_are_read_and_not_one_more():
    data = zip_of({f"{number}.jpg": b"x" for number in range(30)})
    assert len(told(data, entries=30)) == 30
    assert refused(data, entries=29).facts == {"count": 30, "limit": 29}


def test_a_list_of_contents_that_lies_about_its_length_is_refused():
    data = zip_of({"a.jpg": jpeg()})
    at = data.index(b"PK\5\6")
    assert refused(data[: at + 12] + b"\xff\xff\xff\x7f" + data[at + 16 :]).code == "zip_too_many"


@pytest.mark.parametrize("data", [b"", b"PK\3\4", jpeg(), zip_of({"a.jpg": jpeg()})[:-10]])
def test_what_is_no_whole_zip_is_refused(data):
    assert refused(data).code == "zip_damaged"


def test_a_zip_with_a_password_is_refused():
    assert refused(zip_with_password({"a.jpg": jpeg()})).code == "zip_encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_packed_in_a_rare_way_is_refused_unread(method):
    assert told(zip_of({"a.jpg": jpeg()}, method=method)) == [("a.jpg", "zip_method")]


def test_a_part_whose_bytes_were_hurt_is_refused_and_the_next_one_read():
    data = bytearray(zip_of({"a.jpg": jpeg(), "b.jpg": jpeg(1)}))
    data[200] ^= 1
    assert told(bytes(data)) == [("a.jpg", "zip_entry_damaged"), ("b.jpg", jpeg(1))]


def test_a_zip_that_is_too_large_is_refused_with_the_number():
    data = zip_of({"a.jpg": jpeg()})
    assert refused(data, zip_bytes=100).facts == {"size_bytes": len(data), "limit_bytes": 100}
