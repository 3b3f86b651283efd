"""What a JPEG is made of, read without decoding it: how much work it asks for, and how it looks without its notes.

ITU-T T.81 annex B: markers are FF and a code; segments say how long they are; what is coded follows a scan's header,
where FF is followed by 00 or a restart, up to the next marker.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_SCANS, MOST_PIXELS_PER_BYTE = 64, 1000  # rules/photos.md §3: honest ones have 11 and 84 at the most
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")  # no stuffed FF, no restart, nor what fills up before a marker
_SOI, _EOI, _SOS, _COM, _TEM = 0xD8, 0xD9, 0xDA, 0xFE, 0x01
_APP0, _APP2, _APP14, _LAST_APP = 0xE0, 0xE2, 0xEE, 0xEF
_JFIF, _ICC, _ADOBE = b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"
_JFIF_BYTES = 14  # without its thumbnail
# TIFF 6.0 with one tag: Orientation (0x0112), a SHORT
_EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"


class NotWhole(ValueError):
    """A JPEG that ends before its end."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker with its content, from `start` to `end`; a scan's content is its header and all that is coded."""

    marker: int
    start: int
    content: int
    end: int


def segments(data: bytes) -> Iterator[Segment]:
    """From the start of the picture to its end; what hangs on behind is not ours. Raises NotWhole."""
    at = 0
    while found := _MARKER.search(data, at):
        marker, start, content = found[1][0], found.end() - 2, found.end()
        if marker in (_SOI, _EOI, _TEM):
            yield Segment(marker, start, content, content)
            if marker == _EOI:
                return
            at = content
            continue
        at = content + int.from_bytes(data[content : content + 2], "big")
        if at > len(data) or at < content + 2:
            raise NotWhole
        if marker == _SOS:
            ending = _MARKER.search(data, at)
            at = ending.start() if ending else len(data)
        yield Segment(marker, start, content + 2, at)
    raise NotWhole


def is_laborious(data: bytes, pixels: int) -> bool:
    """Whether decoding costs far more than any honest picture does: too many scans, or pixels out of nothing.

    A file of 68 KB with 502 scans keeps a processor busy for 13 seconds. Raises NotWhole.
    """
    scans = sum(segment.marker == _SOS for segment in segments(data))
    return scans > MOST_SCANS or pixels > len(data) * MOST_PIXELS_PER_BYTE


def stripped(data: bytes, orientation: int = 1) -> bytes:
    """The very same pixels without camera, place, thumbnail, comment, second picture and whatever hangs on behind.

    The colour profile stays; an orientation but 1 is written as the only note. Raises NotWhole.
    """
    parts, whole, is_noted = [], memoryview(data), orientation == 1
    for segment in segments(data):
        if segment.marker != _SOI and not is_noted and not _is_jfif(data, segment):
            parts.append(_exif(orientation))  # after JFIF, which wants to be first
            is_noted = True
        if _is_jfif(data, segment):
            jfif = data[segment.content : segment.content + _JFIF_BYTES - 2] + b"\0\0"
            parts.append(b"\xff\xe0" + (len(jfif) + 2).to_bytes(2, "big") + jfif)
        elif _stays(data, segment):
            parts.append(whole[segment.start : segment.end])
    return b"".join(parts)


def _is_jfif(data, segment):
    return segment.marker == _APP0 and data.startswith(_JFIF, segment.content)


def _stays(data, segment):
    if segment.marker == _APP2:
        return data.startswith(_ICC, segment.content)
    if segment.marker == _APP14:
        return data.startswith(_ADOBE, segment.content)
    return not (segment.marker == _COM or _APP0 <= segment.marker <= _LAST_APP)


def _exif(orientation):
    content = _EXIF % orientation
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content
