"""What letters and pages show of the house: the picture of an event, the logo, the colours. The same for everybody.

These addresses hold no token and no name and set no cookie, so whoever opens a letter tells nothing by it (P14).
"""

import hashlib
from functools import lru_cache

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.template.loader import get_template
from django.views.decorators.http import require_safe

from ..models import house_style

FOR_EVER = "public, max-age=31536000, immutable"  # an address never shows anything else
FOR_AN_HOUR = "public, max-age=3600"
ALONE = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # U4; a logo as SVG may bring its own styles


def _sent(data, content_type, *, kept):
    headers = {"Cache-Control": kept, "Content-Security-Policy": ALONE, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=content_type, headers=headers)


@require_safe
def letter_picture(request, key):
    """The picture at the top of an event's letters; once it is taken away, nothing."""
    try:
        with default_storage.open(f"letters/{key}.jpg") as file:
            data = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return _sent(data, "image/jpeg", kept=FOR_EVER)


@require_safe
def logo(request, key):
    """The logo as it is now, also for letters that name an earlier one."""
    shown = house_style.logo()
    if shown is None:
        raise Http404
    return _sent(shown.data, shown.content_type, kept=FOR_EVER if key == shown.key else FOR_AN_HOUR)


@lru_cache(maxsize=4)
def _colours(palette):
    """The stylesheet, and the key of exactly this one."""
    css = get_template("events/colours.css").render({"colours": palette})
    return css, hashlib.sha256(css.encode()).hexdigest()[:16]


def colours_key():
    """What the address of the colours ends in; "" while they are those of the stylesheet."""
    palette = house_style.palette()
    return "" if palette == house_style.FJORD else _colours(palette)[1]


@require_safe
def colours(request, key):
    """The company's colours as the variables of the guests' stylesheet."""
    css, now = _colours(house_style.palette())
    return _sent(css, "text/css; charset=utf-8", kept=FOR_EVER if key == now else FOR_AN_HOUR)
