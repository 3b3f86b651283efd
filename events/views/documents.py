"""A guest's diploma and pictures to share: made of the own result, or of that of somebody the guest brings.

They stand behind the personal link alone and are kept nowhere but in the guest's browser, which asks by the ETag
whether they are still so.
"""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain.documents import typesetting
from ..domain.documents.diplomas import Diplomas, diplomas
from ..domain.documents.shares import Shape, share
from ..reports import diplomas as reports
from ..reports.documents import frame
from .doors import guest_only, unknown_link

ASKED_AGAIN = "private, no-cache"  # kept, and shown only when it is still so


@guest_only("GET", "HEAD")
def diploma(request, guest):
    """`/i/<token>/results/diploma.pdf`; `?entry=` names that of a companion."""
    result = reports.own_result(guest, request.GET.get("entry", ""))
    if result is None:
        return unknown_link(request)
    content = Diplomas(diplomas=(reports.diploma(result),))
    around = frame(_("Diploma: %(name)s") % {"name": result.entry.guest.name})
    return _answer(
        request, typesetting.fingerprint("diploma", content, around), lambda: diplomas(content, around),
        content_type="application/pdf", file_name="diploma.pdf",
    )  # fmt: skip


@guest_only("GET", "HEAD")
def share_picture(request, guest, shape):
    """`/i/<token>/results/share/<square|story|og>.png`; `?entry=` names that of a companion."""
    result = reports.own_result(guest, request.GET.get("entry", ""))
    if result is None or shape not in set(Shape):
        return unknown_link(request)
    content = reports.share(result, Shape(shape))
    around = frame(str(result.race.activity.event))
    return _answer(
        request, typesetting.fingerprint("share", content, around), lambda: share(content, around),
        content_type="image/png", file_name=f"{shape}.png",
    )  # fmt: skip


def _answer(request, fingerprint, make, *, content_type, file_name):
    """What the browser has already is not made anew."""
    etag = f'"{fingerprint}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(make(), content_type=content_type)
        response["Content-Disposition"] = f'inline; filename="{file_name}"'
    response["ETag"], response["Cache-Control"] = etag, ASKED_AGAIN
    response["Content-Language"] = get_language()
    return response
