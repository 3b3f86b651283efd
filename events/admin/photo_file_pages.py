"""The files of photos for organisers: every size, what is taken along, and where it is kept the file as it came."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from ..domain.photos import SIDES
from ..models import Photo

SHOWN = [f"{side}.jpg" for side in SIDES]
TAKEN_ALONG, ORIGINAL = "full.jpg", "original"
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "heif": "image/heic", "avif": "image/avif"}
HEADERS = {  # photos.md §3.11
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOR_A_DAY, NOT_AT_ALL = "private, max-age=86400", "private, no-store"


@require_safe
def photo_file(request, key, name):
    """One file of a photo of the event; 404 for what is not there (yet)."""
    if name not in (*SHOWN, TAKEN_ALONG, ORIGINAL):
        raise Http404
    photo = get_object_or_404(Photo, event=request.event, key=key)
    is_original = name == ORIGINAL
    try:
        file = default_storage.open(photo.file(name))
    except FileNotFoundError:
        raise Http404 from None
    kind = TYPES.get(photo.format, "application/octet-stream") if is_original else "image/jpeg"
    called = f"{request.event.slug}-{photo.pk:04d}" if name not in SHOWN else ""
    response = FileResponse(file, as_attachment=bool(called), filename=called and called + _ending(kind))
    response.headers.update({**HEADERS, "Content-Type": kind})
    response.headers["Cache-Control"] = FOR_A_DAY if name in SHOWN else NOT_AT_ALL
    return response


def _ending(kind):
    """A file's ending by its type; none where we do not know it."""
    return {"application/octet-stream": "", "image/jpeg": ".jpg"}.get(kind, "." + kind.partition("/")[2])
