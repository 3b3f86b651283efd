"""What may come in as a photo: told by its first bytes and its size, never by its name or what a browser calls it.

Refusals carry a code and facts; the sentence is made where it is shown (reports/photo_refusals).
"""

import re
from dataclasses import dataclass

HEAD_BYTES = 1024  # so much of a file tells what it is
JPEG, PNG, WEBP, HEIF, AVIF = "JPEG", "PNG", "WEBP", "HEIF", "AVIF"
FORMATS = (JPEG, PNG, WEBP, HEIF, AVIF)
LEAST_SIDE = 16  # pixels

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_FILM_PARTS = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")  # QuickTime before it had brands
_OTHERS = (
    (b"GIF8", "gif"), (b"%PDF", "pdf"), (b"BM", "bmp"),
    (b"II*\0\x10\0\0\0CR", "raw"), (b"IIU\0", "raw"), (b"IIRO", "raw"), (b"IIRS", "raw"), (b"MMOR", "raw"),
    (b"FUJIFILMCCD-RAW", "raw"), (b"FOVb", "raw"), (b"\0MRM", "raw"),
    (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"II+\0", "tiff"), (b"MM\0+", "tiff"),
    (b"PK\x03\x04", "archive"), (b"PK\x05\x06", "archive"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"), (b"\x1aE\xdf\xa3", "film"), (b"\0\0\x01\xba", "film"), (b"\0\0\x01\xb3", "film"),
)  # fmt: skip
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


class PhotoRefused(ValueError):
    """A file that does not become a photo: `code`, and `facts` with the numbers."""

    def __init__(self, code: str, **facts: float):
        super().__init__(code, facts)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be decoded, in megapixels: a JPEG is made smaller on the way, the others are decoded whole."""

    jpeg_megapixels: int = 120
    heif_megapixels: int = 64
    other_megapixels: int = 50

    def megapixels(self, form: str) -> int:
        return {JPEG: self.jpeg_megapixels, HEIF: self.heif_megapixels}.get(form, self.other_megapixels)


def sniff(head: bytes) -> str:
    """The format that a file's first bytes announce. Raises PhotoRefused with what it is instead."""
    if not head:
        raise PhotoRefused("empty")
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    raise PhotoRefused(_other(head))


def _by_brand(head):
    """By ISO 14496-12 §4.3: the major brand, then those it is compatible with."""
    size = int.from_bytes(head[:4], "big")
    box = head[: max(16, min(size, HEAD_BYTES))]
    brands = [box[8:12], *(box[at : at + 4] for at in range(16, len(box) - 3, 4))]
    if not _AVIF_BRANDS.isdisjoint(brands):
        return AVIF
    if not _HEIF_BRANDS.isdisjoint(brands):
        return HEIF
    raise PhotoRefused("raw" if brands[0] == b"crx " else "film")


def _other(head):
    for start, code in _OTHERS:
        if head.startswith(start):
            return code
    if head[4:8] in _FILM_PARTS or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return "film"
    if _MARKUP.match(head):
        return "svg" if b"<svg" in head.lower() else "web_page"
    return "not_a_picture"


def check_pixels(form: str, width: int, height: int, limits: Limits) -> None:
    """Before anything is decoded. Raises PhotoRefused."""
    most = limits.megapixels(form)
    if width * height > most * 1_000_000:
        megapixels = round(width * height / 1e6)
        raise PhotoRefused("too_many_pixels", megapixels=megapixels, limit_megapixels=most)
    if min(width, height) < LEAST_SIDE:
        raise PhotoRefused("too_small", width=width, height=height, least=LEAST_SIDE)
