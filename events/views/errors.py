"""Pages for what went wrong: kind, and naming somebody to ask."""

import re

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import TooManyFilesSent
from django.shortcuts import render
from django.urls import reverse

from ..models import links
from ..reports import guestlist_refusals, photo_uploads, picture_refusals

PHOTOS_OF_GUEST = re.compile(r"/i/([^/]+)/photos/add/")
MULTIPART_BYTES = 1024**2  # what stands around the files
OF_GUEST = re.compile(r"/i/([^/]+)/")
PHOTOS_OF_TABLES = re.compile(r"/p/([^/]+)/")


def bad_request(request, exception=None):
    if isinstance(exception, TooManyFilesSent):
        return too_large(request, photo_uploads.too_many_at_once(settings.DATA_UPLOAD_MAX_NUMBER_FILES))
    return render(request, "404.html", {"here": "/"}, status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", {"is_office": _is_office(request)}, status=403)


def csrf_failed(request, reason=""):
    """In the back office what was typed waits to be sent once more; a guest's page is short, and opened again."""
    kept = admin.site.refused_form(request) if _is_office(request) else None
    return kept.render() if kept else render(request, "403_csrf.html", status=403)


def _is_office(request):
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}")


def not_found(request, exception=None):
    return render(request, "404.html", {"here": "/", "is_office": _is_office(request)}, status=404)


def broken(request):
    """Our own failure, told to guests as guests and to organisers as organisers."""
    return render(request, "500_office.html" if _is_office(request) else "500.html", status=500)


def locked_out(request, credentials=None, *args, **kwargs):
    return render(request, "429.html", status=429)


def KindRefusal(get_response):
    """Middleware: who opens an address that only takes a POST, from a browser's history say, gets a page and a way on.

    A script's GET and any HEAD keep the bare 405; all keep its Allow header.
    """

    def handle(request):
        response = get_response(request)
        is_read = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        return _not_a_page(request, response["Allow"]) if is_read and response.status_code == 405 else response

    return handle


def _not_a_page(request, allowed):
    match = OF_GUEST.match(request.path_info)
    token = match[1] if match and links.find(match[1]) else ""  # never what was typed
    here = reverse("guest_page", args=[token]) if token else "/"
    context = {"here": here, "token": token, "is_office": _is_office(request)}
    response = render(request, "405.html", context, status=405)
    response["Allow"] = allowed
    return response


def too_large(request, sentence):
    return render(request, "413.html", {"sentence": sentence, "here": ""}, status=413)


def SizeLimit(get_response):
    """Middleware: what is far larger than what a page takes is refused before it fills the disk, whoever sends it.

    Django would write files of any size to a temporary folder, before it asks who is there.
    """

    def handle(request):
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        limit, refusals = _taken_at(request.path_info)
        if size <= 2 * limit:  # the form explains what is a little too large
            return get_response(request)
        photos_limit = _photos_taken_at(request)
        if size <= photos_limit:
            return get_response(request)
        if photos_limit:
            return too_large(request, photo_uploads.too_large_at_once(size, photos_limit))
        facts = {"is_unpacked": False, "size_bytes": size, "limit_bytes": limit}
        return too_large(request, refusals.sentence("file_is_too_big", facts))

    return handle


def _taken_at(path):
    """(the most bytes of a file, who words the refusal) at this address."""
    if path.startswith(f"/{settings.ADMIN_PATH}") and path.endswith("/letters/picture/"):
        return settings.LETTER_PICTURE_MAX_BYTES, picture_refusals
    return settings.GUEST_LIST_MAX_BYTES, guestlist_refusals


def _photos_taken_at(request):
    """The most bytes of a request with photos, from whoever has a genuine link or is logged in; else 0. One query."""
    path = request.path_info
    if path.startswith(f"/{settings.ADMIN_PATH}"):
        is_ours = path.endswith("/photos/add/") and SESSION_KEY in request.session
        return settings.PHOTO_ZIP_MAX_BYTES + MULTIPART_BYTES if is_ours else 0
    guest, tables = PHOTOS_OF_GUEST.fullmatch(path), PHOTOS_OF_TABLES.fullmatch(path)
    is_genuine = (guest and links.find(guest[1])) or (tables and links.find_tables(tables[1]))
    return settings.PHOTOS_AT_ONCE_MAX_BYTES if is_genuine else 0
