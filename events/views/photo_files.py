"""The files of photos: each size to look at, and one, chosen or all to take along. Only what the guest may see.

Reading keeps nothing: whoever presses "download all" posts, which the history remembers, and is led on to the zip
(docs/decisions/0017).
"""

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from config import limits, sending_files

from ..actions import photo_downloads
from ..domain.photos import SIDES
from ..models import History, Photo
from ..models.seen_photo import seen_photo
from ..reports.gallery import MINE, PER_PAGE, Shown
from ..reports.photo_pictures import content_mark
from ..reports.photo_zips import FULL, file_name, photo_zip, zip_name
from .doors import guest_only, token_of, unknown_link

SHOWN = [f"{side}.jpg" for side in SIDES]
ORIGINAL = "original"
JPEG = "image/jpeg"
log = logging.getLogger("vertskap.photos")
PLACE_FREE_AFTER = 15 * 60  # seconds, where a process was killed


@guest_only("GET", "HEAD")
def photo_file(request, guest, key, name):
    """`480.jpg`, `1280.jpg`, `2000.jpg` to look at; `original` to take along, without the camera's notes."""
    if name == ORIGINAL:
        return _original(request, guest, key)
    photo = seen_photo(guest, key) if name in SHOWN else None
    if photo is None:
        return unknown_link(request)
    return sending_files.send(
        request, photo.file(name), content_type=JPEG, cache=sending_files.FOR_A_DAY, etag=content_mark(photo, name)
    )


def _original(request, guest, key):
    shown = Shown(guest)
    try:
        picture, _before, _after = shown.around(key)
    except Photo.DoesNotExist:
        return unknown_link(request)
    return sending_files.send(
        request, picture.photo.file(f"{FULL}.jpg"), content_type=JPEG, cache=sending_files.NOT_KEPT,
        download_name=file_name(guest.event, picture.number),
    )  # fmt: skip


@guest_only("POST")
def photos_take(request, guest):
    """Remembers who takes all, or those chosen, along, and leads on to the zip."""
    numbered = _asked_for(guest, request.POST.get("only", ""), request.POST.getlist("key"))
    if not numbered or (request.POST.get("choose") and not request.POST.getlist("key")):
        back = f"{reverse('photos', args=[token_of(request)])}?choose=1&chosen=none"
        return HttpResponse(status=303, headers={"Location": back})
    query = {name: request.POST[name] for name in ("only",) if request.POST.get(name)}
    if request.POST.getlist("key"):
        query["keys"] = ",".join(photo.key for _number, photo in numbered)
    is_all = not query
    photo_downloads.take(guest, numbered, is_all=is_all, channel=History.Channel.WEB, now=timezone.now())
    address = reverse("photos_zip", args=[token_of(request)])
    return HttpResponse(status=303, headers={"Location": f"{address}?{urlencode(query, safe=',')}".rstrip("?")})


@guest_only("GET", "HEAD")
def photos_zip(request, guest):
    """`all.zip`: all, `?only=mine` those with the guest, `?keys=` those chosen. Written while it is sent."""
    keys = [key for key in request.GET.get("keys", "").split(",") if key]
    numbered = _asked_for(guest, request.GET.get("only", ""), keys)
    if not numbered:
        return unknown_link(request)
    stream = photo_zip(guest.event, numbered, is_seen=lambda photo: _is_still_seen(guest, photo))
    if request.method == "HEAD":
        return _with_headers(HttpResponse(), guest.event, len(stream))
    places = _places(guest)
    if places is None:
        wait = _("Photos are being downloaded just now. Begin again when that is through, or in a few minutes.")
        return render(request, "429.html", {"wait_text": wait}, status=429)
    log.info("A zip of %s photos goes to guest %s", len(numbered), guest.pk)
    return _with_headers(StreamingHttpResponse(_Sent(stream, places)), guest.event, len(stream))


def _is_still_seen(guest, photo):
    """At the same place: one that was turned lies at another."""
    return Photo.objects.visible_to(guest).filter(pk=photo.pk, place=photo.place).exists()


def _asked_for(guest, only, keys):
    """[(number in the album, Photo)] of what the guest may see of it."""
    numbered = list(enumerate(Photo.objects.visible_to(guest).album_by_album(), 1))
    wanted = set(keys[:PER_PAGE])
    if only == MINE:
        wanted |= set(Photo.objects.visible_to(guest).marked(guest).values_list("key", flat=True))
    return [(number, photo) for number, photo in numbered if photo.key in wanted] if only or keys else numbered


def _places(guest):
    """Each link downloads one zip at a time, and all together leave threads for those who look; None where full."""
    own = limits.take_place("zip", guest.pk, 1, seconds=PLACE_FREE_AFTER)
    shared = own and limits.take_place("zips", "all", settings.PHOTO_ZIPS_AT_ONCE, seconds=PLACE_FREE_AFTER)
    if own and not shared:
        limits.give_back(own)
    return (own, shared) if shared else None


def _with_headers(response, event, length):
    headers = {
        **sending_files.HEADERS,
        "Content-Type": "application/zip",
        "Content-Length": str(length),
        "Content-Disposition": content_disposition_header(True, zip_name(event)),
        "Cache-Control": sending_files.NOT_KEPT,
    }
    for name, value in headers.items():
        response.headers[name] = value
    patch_vary_headers(response, ["Cookie"])
    return response


class _Sent:
    """What is sent, and the places it holds until it is through or nobody listens any more."""

    def __init__(self, parts, places):
        self.parts, self.places = parts, places

    def __iter__(self):
        return iter(self.parts)

    def close(self):
        for place in self.places:
            limits.give_back(place)
