"""The decoders beside JPEG's, for the child that makes such photos: importing this makes Pillow know them."""

import pi_heif
from PIL import AvifImagePlugin, PngImagePlugin, WebPImagePlugin

KNOWN = (AvifImagePlugin, PngImagePlugin, WebPImagePlugin)
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pi_heif.options.DECODE_THREADS = 1
pi_heif.register_heif_opener(thumbnails=False)
