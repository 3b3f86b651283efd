"""Adding photos in the back office: any number of files or a zip, a row for each, and what has become of a go.

A photographer sees the own goes only, organisers all of the event's.
"""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..actions import albums, photo_adding, photo_receiving
from ..domain.photos import KEY_LENGTH
from ..forms.photos import FileSentForm, OfficePhotosForm
from ..models import Album, History, PhotoUpload
from ..reports import photo_uploads as reports
from .access import access_of
from .pages import show

CHANNEL = History.Channel.OFFICE
SHOWN_GOES = 12


@require_http_methods(["GET", "HEAD", "POST"])
def add_photos(request):
    """The page, the go that ?upload= names, and what a form or a script sends."""
    upload = _upload(request)
    if request.method != "POST":
        return _shown(request, upload, _form(request))
    return _sent_by_script(request, upload) if _is_script(request) else _sent(request, upload)


def _is_script(request):
    return request.headers.get("Accept", "").startswith("application/json")


def _goes(request):
    goes = PhotoUpload.objects.filter(event=request.event).select_related("event", "album", "by", "guest__contact")
    return goes if _organises(request) else goes.filter(by=request.user)


def _upload(request):
    """The go that is asked for; 404 for that of another event, or of another photographer (S7)."""
    key = (request.POST if request.method == "POST" else request.GET).get("upload", "")
    if not key:
        return None
    is_key = key.isascii() and key.isalnum() and len(key) == KEY_LENGTH
    upload = _goes(request).filter(key=key).first() if is_key else None
    if upload is None:
        raise Http404
    upload.event = request.event
    return upload


def _form(request, *args, **kwargs):
    return OfficePhotosForm(
        *args, albums=Album.objects.filter(event=request.event), makes_albums=_organises(request), **kwargs
    )


def _organises(request):
    return access_of(request).organises(request.event.pk)


def _begin(request, form, chosen):
    return photo_receiving.open_upload(
        request.event, way=PhotoUpload.Way.OFFICE, by=request.user, album=_album(request, form),
        chosen=chosen, now=timezone.now(),
    )  # fmt: skip


def _album(request, form):
    """That which was chosen, or the one whose name was typed; None where neither was."""
    if title := form.cleaned_data.get("new_album"):
        how = {"by": request.user, "channel": CHANNEL, "now": timezone.now()}
        return albums.called(request.event, title, language=get_language(), **how)
    return form.cleaned_data.get("album")


def _sent(request, upload):
    """All files of a form that no script sends."""
    form = _form(request, request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, upload, form, status=422)
    upload = upload or _begin(request, form, 0)
    for number, file in enumerate(form.cleaned_data["files"]):
        ident = f"{number}-{file.size}-{file.name}"
        photo_adding.add(upload, file, ident=ident, channel=CHANNEL, now=timezone.now())
    messages.success(request, _("The photos have come in."))
    return HttpResponseRedirect(f"{request.path}?upload={upload.key}")


def _sent_by_script(request, upload):
    """First what the form says, answered with the go; then each file, answered with what became of it."""
    said = FileSentForm(request.POST)
    chosen = (said.is_valid() and said.cleaned_data["chosen"]) or 0
    if upload is None:
        form = _form(request, request.POST, comes_first=True)
        if not form.is_valid():
            return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
        return JsonResponse({"upload": _begin(request, form, chosen).key})
    lines = _lines(upload, request.FILES.get("files"), said, chosen) if said.is_valid() else []
    if not lines:
        return JsonResponse({"sentence": _("No photo came along. Please send it again.")}, status=422)
    return JsonResponse({"rows": [asdict(reports.row(line)) for line in lines]})


def _lines(upload, file, said, chosen):
    told = {"ident": said.cleaned_data["ident"], "chosen": chosen}
    if file is None:
        name, size = said.cleaned_data["name"], said.cleaned_data["size"] or 0
        return photo_adding.refuse_unsent(upload, name=name, size=size, **told)
    return photo_adding.add(upload, file, channel=CHANNEL, now=timezone.now(), **told)


def _shown(request, upload, form, status=200):
    context = {"form": form, "errors": form.errors, "upload": upload, "script": reports.for_script()}
    if upload:
        tally = reports.tally(upload)
        context |= {
            "rows": reports.rows(upload), "tally": tally, "counted": reports.counted(tally),
            "made": reports.made(upload), "not_made": reports.not_made(upload),
        }  # fmt: skip
    else:
        context["goes"] = [(go, reports.counted(reports.tally(go))) for go in _goes(request)[:SHOWN_GOES]]
    return show(
        request, "admin/photos/add.html", _("Add photos"), status, photos_url=_photos_url(request), **context
    )  # fmt: skip


def _photos_url(request):
    """The page where organisers look at the photos; "" for a photographer, whom it does not open."""
    if not access_of(request).opens("event_photos", request.event.pk):
        return ""
    try:
        return reverse("admin:event_photos", args=[request.event.pk])
    except NoReverseMatch:
        return ""
