"""Sending a file of the storage to whoever was found to be allowed to see it; this is the only way out (U4, U5).

It stands here because both faces send files and may not import each other, and because how bytes leave is a matter of
where the program runs: by itself, handed to nginx (X_ACCEL_PREFIX), or fetched at the bucket (STORAGE_SENDS_FILES).
"""

from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag

from events.domain.signed_addresses import WINDOW, window_of

FOR_A_DAY = "private, max-age=86400"  # what is shown; short, so that a removal takes effect
NOT_KEPT = "private, no-store"  # what is taken along
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "none",
}
IS_NOT_THERE = (FileNotFoundError, NotADirectoryError, IsADirectoryError, SuspiciousFileOperation)


def send(request, path, *, content_type, cache, download_name=None, etag=None):
    """The file at this path of the default storage; raises Http404 where there is none.

    Whether it may be seen is decided before. `cache` is the whole Cache-Control. With a `download_name` the browser
    keeps it under that name, else it shows it. `etag`, without quotes, changes with the bytes: who has them gets 304.
    """
    headers = _headers(content_type, cache, download_name, etag)
    try:
        _refuse_a_way_around(path)
        if settings.STORAGE_SENDS_FILES:
            return _led_to_the_bucket(path, headers, timezone.now())
        if known := etag and get_conditional_response(request, etag=headers["ETag"]):
            return _with(headers, known, besides={"Content-Type"})
        return _with(headers, _by_nginx(path) if settings.X_ACCEL_PREFIX else _by_ourselves(request, path))
    except IS_NOT_THERE:
        raise Http404 from None


def _headers(content_type, cache, download_name, etag):
    kept = {**HEADERS, "Content-Type": content_type, "Cache-Control": cache}
    kept["Content-Disposition"] = content_disposition_header(bool(download_name), download_name) or "inline"
    return {**kept, "ETag": quote_etag(etag)} if etag else kept


def _with(headers, response, besides=frozenset()):
    for name, value in headers.items():
        if name not in besides:
            response.headers[name] = value
    patch_vary_headers(response, ["Cookie"])
    return response


def _refuse_a_way_around(path):
    """What looks like a place below one folder must not end in another."""
    if ".." in path.split("/"):
        raise SuspiciousFileOperation(path)


def _by_ourselves(request, path):
    """Closed when the answer is; for HEAD it is not even opened."""
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": default_storage.size(path)})
    return FileResponse(default_storage.open(path))


def _by_nginx(path):
    """Nginx sends what lies at this internal address; ours are the headers."""
    if not default_storage.exists(path):
        raise FileNotFoundError(path)
    return HttpResponse(headers={"X-Accel-Redirect": f"{settings.X_ACCEL_PREFIX}{quote(path)}"})


def _led_to_the_bucket(path, headers, now):
    """On to an address that stays the same for a window; the browser asks here again when the window is over."""
    names = {"Content-Type": "response-content-type", "Content-Disposition": "response-content-disposition"}
    answer = {theirs: headers[ours] for ours, theirs in names.items()}
    answer["response-cache-control"] = kept = headers["Cache-Control"]
    response = HttpResponseRedirect(default_storage.signed_address(path, answer, now=now))
    if "no-store" not in kept:
        kept = f"private, max-age={(window_of(now) + WINDOW - now).seconds}"
    return _with({**HEADERS, "Cache-Control": kept}, response)
