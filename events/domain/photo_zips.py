"""Photos out of a zip, one by one: counted while they are read, because what a zip says of itself may be a lie.

Nothing is ever unpacked to a path; the names in it are only shown. rules/photos.md §3 has the limits.
"""

import struct
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from .photo_gate import PhotoRefused

MOST_RATIO = 20  # photos are about 1:1
MOST_DIRECTORY_BYTES = 2 * 1024**2  # a thousand bytes for each of 2,000 entries: honest ones take two hundred
SPOOLED_BYTES = 4 * 1024**2  # of one photo in memory; larger ones lie on the disk while they are taken in
_CHUNK_BYTES = 64 * 1024
_END, _END_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535  # APPNOTE 4.3.16
_LOCATOR, _LOCATOR_BYTES, _END64, _END64_BYTES = b"PK\x06\x07", 20, b"PK\x06\x06", 56  # APPNOTE 4.3.14, 4.3.15
_IS_ENCRYPTED = 0x1 | 0x40
_LITTER = (".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZipLimits:
    zip_bytes: int = 2 * 1024**3
    entries: int = 2000
    entry_bytes: int = 40 * 1024**2


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a zip: to be read from `file`, which is gone after the next one is asked for; or why it cannot be."""

    name: str
    file: IO[bytes] | None = None
    refused: PhotoRefused | None = None


def entries(file: IO[bytes], limits: ZipLimits) -> Iterator[Entry]:
    """What lies in a zip, without a system's litter. Raises PhotoRefused where the zip as a whole is not taken."""
    size = file.seek(0, 2)
    if size > limits.zip_bytes:
        raise PhotoRefused("zip_too_big", size_bytes=size, limit_bytes=limits.zip_bytes)
    _check_directory(file, size, limits)
    try:
        archive = zipfile.ZipFile(file)
    except Exception as error:
        raise PhotoRefused("zip_damaged") from error
    with archive:
        wanted = [part for part in archive.infolist() if not is_litter(part.filename)]
        _check(wanted, size, limits)
        left = size * MOST_RATIO
        for part in wanted:
            entry = _entry(archive, part, min(limits.entry_bytes, left), limits)
            if entry.file:
                left -= entry.file.tell()
                entry.file.seek(0)
            if left <= 0:
                raise PhotoRefused("zip_swells")
            yield entry
            if entry.file:
                entry.file.close()


def _check_directory(file, size, limits):
    """The list of contents may not be longer than honest ones are: it is read into memory as a whole."""
    start = max(0, size - _END_BYTES - _LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        raise PhotoRefused("zip_damaged")
    count, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    locator = tail[max(0, at - _LOCATOR_BYTES) : at]
    if locator.startswith(_LOCATOR):
        file.seek(min(struct.unpack("<Q", locator[8:16])[0], size))
        end = file.read(_END64_BYTES)
        if len(end) < _END64_BYTES or not end.startswith(_END64):
            raise PhotoRefused("zip_damaged")
        count, directory = struct.unpack("<QQ", end[32:48])
    if directory > MOST_DIRECTORY_BYTES:
        raise PhotoRefused("zip_too_many", count=count, limit=limits.entries)


def _check(wanted, size, limits):
    if len(wanted) > limits.entries:
        raise PhotoRefused("zip_too_many", count=len(wanted), limit=limits.entries)
    if any(part.flag_bits & _IS_ENCRYPTED for part in wanted):
        raise PhotoRefused("zip_encrypted")
    honest = sum(part.file_size for part in wanted if part.file_size <= limits.entry_bytes)
    if honest > size * MOST_RATIO:
        raise PhotoRefused("zip_swells")


def is_zip(head: bytes) -> bool:
    """By its first four bytes; also one without contents."""
    return head[:4] in (b"PK\x03\x04", _END)


def is_litter(name: str) -> bool:
    """Folders, and what systems leave in them for themselves."""
    *folders, name = name.replace("\\", "/").split("/")
    return not name or name.startswith("._") or name.casefold() in _LITTER or "__MACOSX" in folders


def _entry(archive, part, most, limits):
    """The file unpacked beside, at most so many bytes of it; its place is at its end."""
    if part.file_size > limits.entry_bytes:
        return Entry(part.filename, refused=_too_big(part.file_size, limits))
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Entry(part.filename, refused=PhotoRefused("zip_method"))
    beside = tempfile.SpooledTemporaryFile(SPOOLED_BYTES)  # noqa: SIM115 - closed by whoever is handed it
    try:
        with archive.open(part) as source:
            while chunk := source.read(_CHUNK_BYTES):
                beside.write(chunk)
                if beside.tell() > most:
                    beside.close()
                    raise PhotoRefused("zip_swells") if most < limits.entry_bytes else _too_big(beside.tell(), limits)
    except PhotoRefused:
        raise
    except Exception:  # zlib, struct, zipfile: each complains in its own way
        beside.close()
        return Entry(part.filename, refused=PhotoRefused("zip_entry_damaged"))
    return Entry(part.filename, beside)


def _too_big(size, limits):
    return PhotoRefused("file_is_too_big", size_bytes=size, limit_bytes=limits.entry_bytes)
