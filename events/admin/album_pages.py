"""The albums of an event's photos: made, named in every language, put in order, taken away."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ..actions import albums as deeds
from ..forms.albums import AlbumForm
from ..models import Album
from ..reports import photo_desk
from .pages import show
from .photo_deeds import how
from .photo_pages import LARGEST_ID

STEPS = {"up": -1, "down": 1}
both = require_http_methods(["GET", "HEAD", "POST"])


def albums_url(event):
    return reverse("admin:event_photo_albums", args=[event.pk])


def _album_of(request, album_id):
    return get_object_or_404(Album.objects.select_related("event"), event=request.event, pk=min(album_id, LARGEST_ID))


@both
def albums(request):
    """All of them; POST makes one."""
    form = AlbumForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        album = deeds.make(request.event, form.cleaned_data["title"], **how(request))
        messages.success(request, _("The album “%(album)s” is made.") % {"album": album})
        return HttpResponseRedirect(albums_url(request.event))
    found = photo_desk.albums(request.event)
    return show(
        request, "admin/photos/albums.html", _("Albums"), 422 if form.errors else 200, form=form, errors=form.errors,
        albums=found,
    )  # fmt: skip


@both
def album(request, album_id):
    """Its title in every language."""
    found = _album_of(request, album_id)
    form = AlbumForm(request.POST if request.method == "POST" else None, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        if deeds.rename(found, form.cleaned_data["title"], **how(request)):
            messages.success(request, _("Saved. Thank you!"))
        return HttpResponseRedirect(albums_url(request.event))
    return show(
        request, "admin/photos/album.html", str(found), 422 if form.errors else 200, form=form, errors=form.errors,
        album=found, back=albums_url(request.event),
    )  # fmt: skip


@require_POST
def move(request, album_id):
    """One place up or down."""
    deeds.move(_album_of(request, album_id), STEPS.get(request.POST.get("step"), 1), **how(request))
    return HttpResponseRedirect(f"{albums_url(request.event)}#a{album_id}")


@both
def remove(request, album_id):
    """Asks once; its photos stay, without an album."""
    found = _album_of(request, album_id)
    count = found.photo_set.count()
    if request.method == "POST":
        deeds.delete(found, **how(request))
        messages.success(request, _("The album is gone, its photos are here."))
        return HttpResponseRedirect(albums_url(request.event))
    text = ngettext(
        "%(n)s photo stays, without an album.", "%(n)s photos stay, without an album.", count
    ) % {"n": count}  # fmt: skip
    return show(
        request, "admin/events/confirm.html", _("Delete the album “%(album)s”?") % {"album": found}, text=text,
        press=_("Delete the album"), is_grave=True, back=albums_url(request.event),
    )  # fmt: skip
