"""Photos that guests add, on their own page and by the code on the tables: one by one by a script, or all at once."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from config import limits
from config.middleware import client_address

from ..actions import photo_adding, photo_receiving
from ..domain.photos import KEY_LENGTH
from ..forms.photos import AddPhotosForm, FileSentForm, GuestPhotosForm, TablePhotosForm
from ..models import Event, Gallery, History, Photo, PhotoUpload, links
from ..reports import photo_uploads as reports
from .cards import event_view
from .doors import contact_of, guest_only, token_of, too_many, unknown_link

TAKES_PHOTOS = {Event.State.OPEN, Event.State.CLOSED, Event.State.HELD}
WAIT_SECONDS = 20
Way = PhotoUpload.Way


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where photos are handed in: the goes and photos of whoever stands there, and how another go begins."""

    uploads: Any
    photos: Any
    form: type
    begin: Callable
    show: Callable
    closed: str = ""


def is_too_often(request, public_id):
    """Photos have a count of their own, for one go is many requests; counted in either case."""
    by_link = limits.is_exceeded("photos-link", public_id, settings.PHOTOS_PER_LINK_PER_MINUTE, seconds=60)
    return _is_too_often_here(request) or by_link


def _is_too_often_here(request):
    address = client_address(request)
    return limits.is_exceeded("photos-address", address, settings.PHOTOS_PER_ADDRESS_PER_MINUTE, seconds=60)


def wait_a_moment(request):
    """A script waits and sends the same again by itself."""
    sentence = gettext("That was many photos at once. Wait a moment, and send the rest.")
    if _is_script(request):
        response = JsonResponse({"sentence": sentence}, status=429)
    else:
        response = too_many(request, gettext("Your photos are where they were: choose them once more then."))
    response["Retry-After"] = str(WAIT_SECONDS)
    return response


def add_url(guest, token, *, now):
    """Where this guest adds photos; "" where none are taken in from guests, or not yet. No query."""
    return reverse("photo_add", args=[token]) if not _why_closed(guest.event, now=now) else ""


@guest_only("GET", "HEAD", "POST", counts=is_too_often, refuses=wait_a_moment)
def photo_add(request, guest):
    """`/i/<token>/photos/add/`: the guest's photos come in, and what the guest has added can be taken back."""
    event, now = guest.event, timezone.now()

    def begin(said, chosen):
        return photo_receiving.open_upload(event, way=Way.GUEST, by=None, guest=guest, chosen=chosen, now=now)

    def show(status, **context):
        around = {"guest": guest, "home_url": reverse("guest_page", args=[token_of(request)])}
        return _page(request, event, "events/photo_add.html", status, **around, **context)

    desk = Desk(
        uploads=PhotoUpload.objects.filter(guest=guest, way=Way.GUEST),
        photos=Photo.objects.filter(event=event, sent_by=guest, upload__way=Way.GUEST),
        form=GuestPhotosForm, begin=begin, show=show, closed=_why_closed(event, now=now),
    )  # fmt: skip
    return _serve(request, desk, now)


@require_http_methods(["GET", "HEAD", "POST"])
def table_photos(request, token):
    """`/p/<token>/`: whoever sits at a table adds photos under a name. It shows no photo, and opens nothing else."""
    gallery, now = links.find_tables(token), timezone.now()
    if gallery is None or not gallery.takes_table_photos or gallery.event.state not in TAKES_PHOTOS:
        return unknown_link(request)
    if request.method == "POST" and _is_too_often_here(request):
        return wait_a_moment(request)
    event, key = gallery.event, _key_of(request)

    def begin(said, chosen):
        name = said["sender_name"]
        return photo_receiving.open_upload(event, way=Way.TABLE, by=None, sender_name=name, chosen=chosen, now=now)

    def show(status, **context):
        return _page(request, event, "events/table_photos.html", status, **context)

    desk = Desk(
        uploads=PhotoUpload.objects.filter(event=event, way=Way.TABLE),
        photos=Photo.objects.filter(event=event, upload__key=key, upload__way=Way.TABLE),
        form=TablePhotosForm, begin=begin, show=show,
    )  # fmt: skip
    return _serve(request, desk, now)


def _why_closed(event, *, now):
    """A sentence on why guests cannot add photos just now; "" where they can. The link has read the gallery."""
    gallery = getattr(event, "gallery", None) or Gallery()
    if not gallery.takes_guest_photos or event.state not in TAKES_PHOTOS:
        return gettext("Photos from guests are not taken in here just now.")
    if timezone.localtime(now, event.zone).date() < event.held_on:
        return gettext("From the day of the event on, you can add your photos here.")
    return ""


def _serve(request, desk, now):
    is_post, key = request.method == "POST", _key_of(request)
    upload = desk.uploads.filter(key=key).select_related("event").first() if key else None
    if key and upload is None:
        return unknown_link(request)
    if is_post and "take" in request.POST:
        return _take_back(request, desk, now)
    if is_post and not desk.closed:
        return _sent_by_script(request, desk, upload, now) if _is_script(request) else _sent(request, desk, upload, now)
    if is_post and _is_script(request):
        return JsonResponse({"sentence": desk.closed}, status=409)
    return _shown(desk, upload, _form(desk, upload), status=409 if is_post else 200)


def _is_script(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _key_of(request):
    """The go that is asked for, as "?" where it can be none of ours."""
    key = (request.POST if request.method == "POST" else request.GET).get("upload", "")
    return key if not key or (key.isascii() and key.isalnum() and len(key) == KEY_LENGTH) else "?"


def _form(desk, upload, *args, **kwargs):
    """Whoever goes on with a go has said everything but which photos."""
    return (AddPhotosForm if upload else desk.form)(*args, **kwargs)


def _sent(request, desk, upload, now):
    """All files of a form that no script sends."""
    form = _form(desk, upload, request.POST, request.FILES)
    if not form.is_valid():
        return _shown(desk, upload, form, status=422)
    upload = upload or desk.begin(form.cleaned_data, 0)
    for number, file in enumerate(form.cleaned_data["files"]):
        ident = f"{number}-{file.size}-{file.name}"
        photo_adding.add(upload, file, ident=ident, channel=History.Channel.WEB, now=now)
    return _to(request, upload)


def _sent_by_script(request, desk, upload, now):
    """First what the form says, answered with the go; then each file, answered with what became of it."""
    said = FileSentForm(request.POST)
    chosen = (said.is_valid() and said.cleaned_data["chosen"]) or 0
    if upload is None:
        form = _form(desk, upload, request.POST, comes_first=True)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
        return JsonResponse({"upload": desk.begin(form.cleaned_data, chosen).key})
    lines = _lines(upload, request.FILES.get("files"), said, chosen, now) if said.is_valid() else []
    if not lines:
        return JsonResponse({"sentence": gettext("No photo came along. Please send it again.")}, status=422)
    return JsonResponse({"rows": [asdict(reports.row(line)) for line in lines]})


def _lines(upload, file, said, chosen, now):
    told = {"ident": said.cleaned_data["ident"], "chosen": chosen}
    if file is None:
        name, size = said.cleaned_data["name"], said.cleaned_data["size"] or 0
        return photo_adding.refuse_unsent(upload, name=name, size=size, **told)
    return photo_adding.add(upload, file, channel=History.Channel.WEB, now=now, **told)


def _take_back(request, desk, now):
    """One of the own photos, else the warm 404 (S7)."""
    photo = desk.photos.filter(key=_alnum(request.POST["take"])).first()
    if photo is None:
        return unknown_link(request)
    photo_adding.take_back(photo, by=None, channel=History.Channel.WEB, now=now)
    return _to(request, None)


def _alnum(text):
    return text if text.isascii() and text.isalnum() else "?"


def _to(request, upload):
    key = upload.key if upload else request.POST.get("upload", "")
    return HttpResponse(status=303, headers={"Location": f"{request.path}?upload={key}" if key else request.path})


def _shown(desk, upload, form, *, status):
    own = reports.own_photos(desk.photos)
    context = {"form": form, "upload": upload, "own": own, "closed": desk.closed, "is_closed": bool(desk.closed)}
    if upload:
        tally = reports.tally(upload)
        context |= {"rows": reports.rows(upload), "tally": tally, "counted": reports.counted(tally)}
    return desk.show(status, **context)


def _page(request, event, template, status, **context):
    around = {
        "event": event_view(event), "contact": contact_of(event), "script": reports.for_script(),
        "gallery": getattr(event, "gallery", None) or Gallery(),
    }  # fmt: skip
    return render(request, template, {**around, **context}, status=status)
