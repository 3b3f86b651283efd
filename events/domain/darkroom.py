"""What every picture needs, whatever it becomes: right way up, plain colours, white behind what is transparent."""

from io import BytesIO

from PIL import Image, ImageCms

Turn = Image.Transpose
_UPRIGHT = {  # Exif 2.32 §4.6.4, Orientation
    2: Turn.FLIP_LEFT_RIGHT, 3: Turn.ROTATE_180, 4: Turn.FLIP_TOP_BOTTOM, 5: Turn.TRANSPOSE, 6: Turn.ROTATE_270,
    7: Turn.TRANSVERSE, 8: Turn.ROTATE_90,
}  # fmt: skip
_ORIENTATION = 0x0112
_ONE_BYTE = 256  # values of two bytes in one of one


def orientation(picture: Image.Image) -> int:
    """1 to 8, as the camera noted it; 1 where its notes cannot be read."""
    try:
        noted = picture.getexif().get(_ORIENTATION)
    except Exception:  # SyntaxError, struct.error and more: whatever stands there is from outside
        return 1
    return noted if noted in _UPRIGHT else 1


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    """The picture as the camera was held."""
    return picture.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else picture


def in_srgb(picture: Image.Image, profile: bytes | None, *, in_place: bool = False) -> Image.Image:
    """The colours as every screen takes them; a profile that cannot be read changes nothing.

    In place where memory counts and nobody else holds the picture.
    """
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        plain = ImageCms.createProfile("sRGB")
        if in_place and picture.mode == mode:
            ImageCms.profileToProfile(picture, own, plain, inPlace=True)
            return picture
        return ImageCms.profileToProfile(picture, own, plain, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def of_eight_bits(picture: Image.Image) -> Image.Image:
    """Greys of sixteen bits, scaled and not cut off."""
    if not picture.mode.startswith("I;16"):
        return picture
    return picture.point(lambda value: value / _ONE_BYTE).convert("L")


def on_white(picture: Image.Image) -> Image.Image:
    """Without transparency, which a JPEG cannot hold."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    above = picture.convert("RGBA")
    ground = Image.new("RGBA", above.size, "white")
    ground.alpha_composite(above)
    return ground.convert("RGB")


def jpeg(picture: Image.Image, quality: int) -> bytes:
    """The pixels as a progressive JPEG, and nothing of what came with them: no notes, no profile, no comment."""
    picture.info.clear()
    written = BytesIO()
    picture.save(written, "JPEG", quality=quality, subsampling="4:2:0", optimize=True, progressive=True)
    return written.getvalue()
