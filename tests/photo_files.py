"""Files as cameras, phones and evil people make them; all drawn or written here."""

import zipfile
from io import BytesIO

from PIL import Image, ImageDraw

CAMERA_WORDS = (b"Greta Aasen", b"IMG_4711", b"Exif", b"GPS", b"ICC_PROFILE", b"http://ns.adobe.com/xap", b"MPF")


def drawn(width=160, height=120, colour=(20, 80, 90)):
    """A picture whose upper left corner is white, so that one sees which way up it is."""
    picture = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(picture).rectangle((0, 0, width // 2, height // 2), fill="white")
    return picture


def file_of(picture, form="JPEG", **options):
    written = BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def jpeg(number=0, **options):
    """A small JPEG unlike that of any other number."""
    return file_of(drawn(colour=(number % 256, number // 256 % 256, 90)), quality=90, **options)


def zip_of(files, *, method=zipfile.ZIP_STORED):
    """A zip of {name: bytes}."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()
