"""The files of photos for organisers: every size, what is taken along, and where it is kept the file as it came."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from config.sending_files import FOR_A_DAY, NOT_KEPT, send

from ..domain.photos import SIDES
from ..models import Photo
from ..reports.photo_pictures import content_mark

JPEG = "image/jpeg"
SHOWN = [f"{side}.jpg" for side in SIDES]
TAKEN_ALONG, ORIGINAL = "full.jpg", "original"
TYPES = {"jpeg": JPEG, "png": "image/png", "webp": "image/webp", "heif": "image/heic", "avif": "image/avif"}


@require_safe
def photo_file(request, key, name):
    """One file of a photo of the event; 404 for what is not there (yet)."""
    if name not in (*SHOWN, TAKEN_ALONG, ORIGINAL):
        raise Http404
    photo = get_object_or_404(Photo, event=request.event, key=key)
    path, etag = photo.file(name), content_mark(photo, name)
    if name in SHOWN:
        return send(request, path, content_type=JPEG, cache=FOR_A_DAY, etag=etag)
    kind = TYPES.get(photo.format.lower(), "application/octet-stream") if name == ORIGINAL else JPEG
    called = f"{request.event.slug}-{photo.pk:04d}{_ending(kind)}"
    return send(request, path, content_type=kind, cache=NOT_KEPT, download_name=called)


def _ending(kind):
    """A file's ending by its type; none where we do not know it."""
    return {"application/octet-stream": "", JPEG: ".jpg"}.get(kind, "." + kind.partition("/")[2])
