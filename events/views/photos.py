"""The event's photos, as a guest looks at them: the album, and each on a page of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ..actions import photo_marks, photo_removals
from ..domain.photos import KEY_LENGTH
from ..forms.photo_removal import RemovalForm
from ..models import Event, Gallery, History, Photo
from ..reports import gallery as reports
from ..reports.photo_pictures import in_rows
from .cards import around
from .doors import guest_only, is_from_office, token_of
from .photo_adding import add_url


class PhotoKey:
    """A photo in an address (domain.photos), for urls.py."""

    regex = f"[0-9A-Za-z]{{{KEY_LENGTH}}}"
    to_python = to_url = staticmethod(str)


CHANNEL = History.Channel.WEB
OVER = {Event.State.HELD, Event.State.ARCHIVED}


@guest_only("GET", "HEAD")
def photos(request, guest):
    """`/i/<token>/photos/`: all a guest may see; `?only=mine` those with the guest, `?choose=1` to take some along."""
    gallery = Gallery.objects.of(guest.event)
    shown = reports.Shown(guest, only=request.GET.get("only", ""))
    now = timezone.now()
    number = _page_number(request, shown.total)
    pictures = shown.page(number) if shown.total else []
    own = shown.own() if number == 1 and shown.only != reports.MINE and shown.total else []
    context = {
        **_around(request, guest),
        "gallery": gallery,
        "photo_add_url": add_url(guest, token_of(request), now=now),
        "is_over": guest.event.state in OVER or guest.event.held_on < timezone.localdate(timezone=guest.event.zone),
        "only": shown.only,
        "is_choosing": request.GET.get("choose") == "1",
        "nothing_chosen": request.GET.get("chosen") == "none",
        "total": shown.total,
        "size": shown.size,
        "cover": None if number > 1 or shown.only else shown.cover(gallery.cover_id, pictures),
        "sections": shown.sections(pictures),
        "page": number,
        "more": number + 1 if number * reports.PER_PAGE < shown.total else 0,
        "before": number - 1,
        "own": own,
        "own_shown": in_rows(own[: reports.OWN_SHOWN]),
        "per_page": reports.PER_PAGE,
        **(_asked_away(guest, now) if number == 1 and not is_from_office(request) else {}),
    }
    return render(request, "events/photos.html", context)


def _asked_away(guest, now):
    """What the guest asked to take away, for that guest alone."""
    asked, gone = reports.asked_away(guest, now=now)
    return {"asked_away": asked, "gone": gone}


@guest_only("GET", "HEAD")
def photo(request, guest, key):
    """`/i/<token>/photos/<key>/`: one photo and what one may do with it; `?only=mine` keeps to those with the guest."""
    return _photo_page(request, guest, key, RemovalForm())


def _photo_page(request, guest, key, form):
    shown = reports.Shown(guest, only=request.GET.get("only", ""))
    try:
        picture, before, after = shown.around(key)
    except Photo.DoesNotExist:
        return _not_shown(request, guest)
    context = {
        **_around(request, guest),
        "picture": picture,
        "before": before,
        "after": after,
        "only": shown.only,
        "form": form,
        "said_no": not picture.photo.is_own and photo_marks.said_no(guest),
    }
    return render(request, "events/photo.html", context, status=422 if form.errors else 200)


@guest_only("POST")
def photo_me(request, guest, key):
    """ "That's me", or with `not=1` that it is not; back to the photo where it is still shown."""
    deed = photo_marks.unmark if request.POST.get("not") == "1" else photo_marks.mark
    try:
        deed(guest, key, channel=CHANNEL, now=timezone.now())
    except Photo.DoesNotExist:
        return _not_shown(request, guest)
    token = token_of(request)
    is_shown = Photo.objects.visible_to(guest).filter(key=key).exists()
    return _to(reverse("photo", args=[token, key]) if is_shown else reverse("photos", args=[token]))


@guest_only("POST")
def photo_remove(request, guest, key):
    """Asks to take the photo away, which hides it at once; the album says what became of it."""
    form = RemovalForm(request.POST)
    if not form.is_valid():
        return _photo_page(request, guest, key, form)
    try:
        photo_removals.ask(guest, key, form.cleaned_data["note"], channel=CHANNEL, now=timezone.now())
    except Photo.DoesNotExist:
        return _not_shown(request, guest)
    return _to(reverse("photos", args=[token_of(request)]) + "#asked")


def strip_beside(request, guest, rows):
    """What templates/events/parts/photo_strip.html needs on the guest's other pages, by rows with models.photo_facts:
    one query, and only for whom somebody has marked.
    """
    own, are_there = [], any(row.has_photos for row in rows)
    if are_there and any(row.is_on_photos for row in rows):
        own = reports.strip(guest)
    return {"own_photos": own, "photos_url": reverse("photos", args=[token_of(request)]) if are_there else ""}


def _not_shown(request, guest):
    """The same for what was hidden a moment ago, what is gone, and what never was this event's (S7)."""
    return render(request, "events/photo_gone.html", _around(request, guest), status=404)


def _around(request, guest):
    return {**around(guest), "token": token_of(request)}


def _page_number(request, total):
    """Of the address; the last page for a number beyond it, and the first for what is none."""
    asked = request.GET.get("page", "")
    pages = max(1, -(-total // reports.PER_PAGE))
    return min(max(1, int(asked)), pages) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _to(address):
    return HttpResponse(status=303, headers={"Location": address})
