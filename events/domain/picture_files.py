"""What stands behind `pictures`: pictures decoded, turned, cut and written with Pillow, which is heavy."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from . import darkroom, jpegs
from .pictures import (
    FORMATS,
    LEAST_HEIGHT,
    LEAST_WIDTH,
    LOGO_HEIGHT,
    LOGO_WIDTH,
    MOST_BYTES,
    MOST_PIXELS,
    MOST_PIXELS_OF_OTHERS,
    QUALITIES,
    TALLEST,
    WIDTH,
    Logo,
    PictureRefused,
)


def letter_picture(data: bytes, *, most_bytes: int) -> bytes:
    """As pictures.letter_picture promises."""
    if len(data) > most_bytes:
        raise PictureRefused("file_is_too_big", size_bytes=len(data), limit_bytes=most_bytes)
    picture = darkroom.on_white(_decoded(data, box=(WIDTH * 2, WIDTH * 2)))
    if picture.width < LEAST_WIDTH or picture.height < LEAST_HEIGHT:
        raise PictureRefused(
            "too_small", width=picture.width, height=picture.height, least_width=LEAST_WIDTH, least_height=LEAST_HEIGHT
        )
    height = min(picture.height, round(picture.width * TALLEST))
    width = min(WIDTH, picture.width)
    size = (width, round(width * height / picture.width))
    return _jpeg(ImageOps.fit(picture, size, Image.Resampling.LANCZOS))


def logo(data: bytes, *, dots: int) -> Logo:
    """As pictures.logo promises."""
    picture = _decoded(data, box=None).convert("RGBA")
    share = min(LOGO_HEIGHT / picture.height, LOGO_WIDTH / picture.width)
    width, height = (max(1, round(side * share)) for side in picture.size)
    picture.thumbnail((width * dots, height * dots), Image.Resampling.LANCZOS)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return Logo(written.getvalue(), width, height)


def _decoded(data: bytes, *, box: tuple[int, int] | None) -> Image.Image:
    """Upright and in sRGB; a JPEG no larger than needed for the box. Size is known before anything is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limit on pixels is the lower one
            picture = Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise PictureRefused("too_many_pixels", limit_megapixels=MOST_PIXELS_OF_OTHERS / 1e6) from None
    except Exception:
        raise PictureRefused("not_a_picture") from None
    _check_size(picture, data)
    try:
        profile = picture.info.get("icc_profile")
        if picture.format == "JPEG" and box:
            picture.draft(None, box)
        picture.load()
    except Exception:
        raise PictureRefused("damaged") from None
    shown = darkroom.upright(picture, darkroom.orientation(picture))
    return darkroom.in_srgb(darkroom.of_eight_bits(shown), profile)


def _check_size(picture: Image.Image, data: bytes) -> None:
    pixels = picture.width * picture.height
    most_pixels = MOST_PIXELS.get(picture.format or "", MOST_PIXELS_OF_OTHERS)
    if pixels > most_pixels:
        raise PictureRefused("too_many_pixels", limit_megapixels=most_pixels / 1e6)
    try:
        is_laborious = picture.format == "JPEG" and jpegs.is_laborious(data, pixels)
    except jpegs.NotWhole:
        raise PictureRefused("damaged") from None
    if is_laborious:
        raise PictureRefused("damaged")


def _jpeg(picture: Image.Image) -> bytes:
    """As good as fits; where even the least quality does not, smaller."""
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)  # a new picture has no metadata
    while True:
        for quality in QUALITIES:
            written = BytesIO()
            plain.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
            if written.tell() <= MOST_BYTES:
                return written.getvalue()
        plain = plain.resize((plain.width * 4 // 5, plain.height * 4 // 5), Image.Resampling.LANCZOS)
