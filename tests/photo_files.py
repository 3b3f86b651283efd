"""Files as cameras, phones and evil people make them; all drawn or written here."""

import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from events.domain import jpegs

HEIC = Path(__file__).with_name("data") / "photos" / "turned.heic"
SECRETS = (b"Greta", b"IMG_4711", b"GPS", b"http://", b"script", b"Apple", b"2027:09:24")
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip  how a camera held like this sees what stands upright


def drawn(width=160, height=120, colour=(20, 80, 90)):
    """A picture whose upper left quarter is white, so that one sees which way up it is."""
    picture = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="white")
    return picture


def corner(picture):
    """Which quarter is white: like "top left"."""
    quarters = picture.convert("L").resize((2, 2), Image.Resampling.BOX)
    _light, x, y = max((quarters.getpixel((x, y)), x, y) for x in (0, 1) for y in (0, 1))
    return f"{('top', 'bottom')[y]} {('left', 'right')[x]}"


def file_of(picture, form="JPEG", **options):
    written = BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def jpeg(number=0, **options):
    """A small JPEG unlike that of any other number."""
    options.setdefault("comment", f"number {number}".encode())  # colours that are near give the very same bytes
    return file_of(drawn(colour=(number % 256, number // 256 % 256, 90)), quality=90, **options)


def notes(orientation=1, taken="2027:09:24 18:42:07", parts="35", offset=""):
    """What a phone writes beside a picture: who, where, when, and how it was held."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0131], exif[0x0112] = "Apple", "Greta IMG_4711.HEIC", orientation
    camera, place = exif.get_ifd(0x8769), exif.get_ifd(0x8825)
    for tag, value in ((0x9003, taken), (0x9291, parts), (0x9011, offset)):
        if value:
            camera[tag] = value
    place[1], place[2], place[3], place[4] = "N", (60.0, 23.0, 44.0), "E", (5.0, 20.0, 1.0)
    return exif


def camera_jpeg(picture=None, *, held=1, **noted):
    """A photo as it comes from a phone, with everything beside it that must not go on."""
    stands = picture or drawn()
    seen = stands.transpose(TURNS[held]) if held in TURNS else stands
    data = file_of(
        seen, exif=notes(held, **noted), comment=b"Greta was here", icc_profile=display_p3(),
        xmp=b"<x:xmpmeta xmlns:x='http://ns.adobe.com/meta/'>Greta</x:xmpmeta>", quality=95, subsampling=0,
    )  # fmt: skip
    return with_segment(data, 0xED, b"Photoshop 3.0\0Greta") + b"<script>alert('Greta')</script>PK\3\4"


def with_segment(data, marker, content):
    """The JPEG with one more segment, after those that are there before its tables."""
    at = next(each.start for each in jpegs.segments(data) if each.marker == 0xDB)
    return data[:at] + bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content + data[at:]


def scan_bomb(scans=502):
    """A progressive JPEG whose last scan comes again and again."""
    data = file_of(drawn(), progressive=True)
    *_others, last, end = [each for each in jpegs.segments(data) if each.marker in (0xDA, 0xD9)]
    return data[: last.start] + data[last.start : last.end] * scans + data[end.start :]


def jpeg_claiming(width, height):
    """A small JPEG whose head says that it is huge."""
    data = file_of(Image.new("RGB", (16, 16), (20, 80, 90)))
    start = data.index(b"\xff\xc0") + 5
    return data[:start] + struct.pack(">HH", height, width) + data[start + 4 :]


def png_claiming(width, height):
    """A PNG of a few bytes whose head says that it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return _png(_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(b"\0" * 99)))


def png_of_sixteen_bits(width=160, height=120, value=0x8000):
    """All of one grey, of two bytes a pixel."""
    head = struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, 0)
    rows = (b"\0" + struct.pack(">H", value) * width) * height
    return _png(_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows)))


def png_text_bomb():
    """A PNG with a text that is far longer unpacked."""
    data = file_of(drawn(), "PNG")
    text = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 80_000_000, 9))
    return data[:33] + text + data[33:]


def _png(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + _chunk(b"IEND", b"")


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def display_p3():
    """An ICC profile (ICC.1:2001-04) with the primaries of Display P3 and a gamma of 2.2."""

    def fixed(*values):
        return b"".join(struct.pack(">i", round(value * 65536)) for value in values)

    def xyz(*values):
        return b"XYZ \0\0\0\0" + fixed(*values)

    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    white = (0.9642, 1.0, 0.8249)
    tags = {
        b"wtpt": xyz(*white), b"rXYZ": xyz(0.5151, 0.2412, -0.0011), b"gXYZ": xyz(0.2920, 0.6922, 0.0419),
        b"bXYZ": xyz(0.1571, 0.0666, 0.7841), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve,
    }  # fmt: skip
    table, content, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(content), len(data))
        content += data
    head = struct.pack(">II", at + len(content), 0) + b"\2\x10\0\0mntrRGB XYZ " + b"\0" * 12 + b"acsp" + b"\0" * 28
    return (head + fixed(*white)).ljust(128, b"\0") + table + content


def zip_of(files, *, method=zipfile.ZIP_STORED):
    """A zip of {name: bytes}."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def zip_with_password(files):
    """A zip that says of each file that it has one."""
    data = bytearray(zip_of(files))
    for signature, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            data[start + at] |= 1
    return bytes(data)


def zip_lying(data, size):
    """A zip of one deflated file whose list of contents says that it is so many bytes."""
    packed = bytearray(zip_of({"lie.jpg": data}, method=zipfile.ZIP_DEFLATED))
    for signature, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        struct.pack_into("<I", packed, packed.index(signature) + at, size)
    return bytes(packed)


def files_in(folder):
    """The paths of all files below a folder, as they stand in it."""
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
