"""Pages for what went wrong: kind, and naming somebody to ask."""

from django.conf import settings
from django.shortcuts import render

from ..reports import guestlist_refusals, picture_refusals


def bad_request(request, exception=None):
    return render(request, "404.html", {"here": "/"}, status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_failed(request, reason=""):
    return render(request, "403_csrf.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", {"here": "/"}, status=404)


def broken(request):
    """Our own failure, told to guests as guests and to organisers as organisers."""
    is_office = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
    return render(request, "500_office.html" if is_office else "500.html", status=500)


def locked_out(request, credentials=None, *args, **kwargs):
    return render(request, "429.html", status=429)


def SizeLimit(get_response):
    """Middleware: what is far larger than what a page takes is refused before it fills the disk, whoever sends it.

    Django would write files of any size to a temporary folder, before it asks who is there.
    """

    def handle(request):
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        limit, refusals = _taken_at(request.path_info)
        if size <= 2 * limit:  # the form explains what is a little too large
            return get_response(request)
        facts = {"is_unpacked": False, "size_bytes": size, "limit_bytes": limit}
        sentence = refusals.sentence("file_is_too_big", facts)
        return render(request, "413.html", {"sentence": sentence, "here": ""}, status=413)

    return handle


def _taken_at(path):
    """(the most bytes of a file, who words the refusal) at this address."""
    if path.startswith(f"/{settings.ADMIN_PATH}") and path.endswith("/letters/picture/"):
        return settings.LETTER_PICTURE_MAX_BYTES, picture_refusals
    return settings.GUEST_LIST_MAX_BYTES, guestlist_refusals
