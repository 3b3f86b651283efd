"""The event's photos for organisers: the grid, and what is done to one or many of them.

Everything works as plain forms; static/events/photo_desk.js adds the keyboard.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ..actions import photos as deeds
from ..models import History, Photo, PhotoUpload
from ..reports import photo_desk, photo_words
from .pages import show
from .photo_deeds import do, how, minutes_of, moved_in_time, number

A_PAGE = 60
LARGEST_ID = 2**63 - 1


def desk_of(request, given):
    """The Desk that an address or a form asks for; what is none of the event's is as if nothing was asked."""
    kind, album = given.get("show", ""), given.get("album", "")
    upload = str(number(given.get("upload", "")) or "")
    if album != photo_desk.NO_ALBUM:
        album = str(number(album) or "")
    return photo_desk.Desk(request.event, kind if kind in photo_desk.KINDS else "", album, upload)


def desk_url(event, query=None):
    """The grid; query is {name: value}."""
    return with_query(reverse("admin:event_photos", args=[event.pk]), query or {})


def with_query(url, query):
    asked = QueryDict(mutable=True)
    asked.update(query)
    return f"{url}?{asked.urlencode()}" if query else url


@require_safe
def grid(request):
    """The photos of one kind, in an album or upload, a page at a time."""
    desk = desk_of(request, request.GET)
    paginator = Paginator(desk.shown(desk.rows), A_PAGE)
    paginator.count = desk.count
    page = paginator.get_page(request.GET.get("p"))
    albums, page_url = photo_desk.albums(request.event), desk_url(request.event, desk.query)
    return show(
        request, "admin/photos/grid.html", _("Photos"), desk=desk, page=page, kinds=_kinds(desk), albums=albums,
        album_links=_albums(desk, albums), uploads=photo_desk.uploads(request.event), query=desk.query,
        done=done_of(request),
        refusers=photo_desk.who_said_no(request.event), held_url=desk_url(request.event, {"show": "held"}),
        keys=photo_words.keys(), why=photo_words.empty(desk.kind), query_string=with_query("", desk.query),
        page_url=f"{page_url}{'&' if desk.query else '?'}p=", add_url=_add_url(request.event),
    )  # fmt: skip


def _add_url(event):
    """Where photos are added, once that page is there."""
    try:
        return reverse("admin:event_photo_add", args=[event.pk])
    except NoReverseMatch:
        return ""


def _kinds(desk):
    """[(words, how many, address, is it this one)] of the kinds there are; all, waiting and shown always."""
    for kind, words in photo_words.KINDS.items():
        count = desk.counts[kind or "all"]
        if count or kind in ("", "waiting", "shown", desk.kind):
            query = {**desk.query, "show": kind}
            url = desk_url(desk.event, {name: value for name, value in query.items() if value})
            yield words, count, url, kind == desk.kind


def _albums(desk, albums):
    """[(title, how many, address, is it this one)] of the event's albums."""
    if not albums:
        return
    places = [("", _("All albums"), None), *((str(album.pk), str(album), album.n) for album in albums)]
    for key, title, count in [*places, (photo_desk.NO_ALBUM, _("Without an album"), None)]:
        query = {"show": desk.kind, "album": key}
        url = desk_url(desk.event, {name: value for name, value in query.items() if value})
        yield title, count, url, key == desk.album and not desk.upload


def done_of(request):
    """The line of history of what was just shown or hidden, with what it says; None where there is nothing to undo."""
    pk = number(request.GET.get("done", ""))
    whats = (History.What.PHOTO_SHOWN, History.What.PHOTO_HIDDEN)
    row = History.objects.filter(event=request.event, what__in=whats, pk=pk, by=request.user).first() if pk else None
    return (row and "was" in row.facts and {"row": row, "words": photo_words.done(row)}) or None


def chosen(request, desk):
    """QuerySet of what a form chose: the photos ticked, or with `all` whatever is of the kind in hand."""
    rows = Photo.objects.filter(event=request.event)
    if request.POST.get("all"):
        return rows.filter(pk__in=desk.rows.order_by().values("pk"))
    return rows.filter(pk__in=[number(pk) for pk in request.POST.getlist("photo")])


@require_POST
def act(request):
    """Does a deed to what was chosen, and comes back; deleting asks once, with the count."""
    desk = desk_of(request, request.POST)
    rows, back = chosen(request, desk), _way_back(request, desk)
    if not (count := rows.count()):
        messages.info(request, _("Choose photos first: a tick in the corner of each, or all at once."))
        return HttpResponseRedirect(back)
    if request.POST.get("deed") == "delete":
        return _delete(request, desk, rows, count, back)
    return HttpResponseRedirect(_with_done(back, do(request, rows)))


def _way_back(request, desk):
    """To the photo where the deed was done there, else to the grid at the page in hand."""
    photo, page = number(request.POST.get("at", "")), request.POST.get("p", "")
    if photo and Photo.objects.filter(event=request.event, pk=photo).exists():
        return with_query(reverse("admin:event_photo", args=[request.event.pk, photo]), desk.query)
    return desk_url(request.event, {**desk.query, **({"p": page} if number(page) > 1 else {})})


def _with_done(url, row):
    return f"{url}{'&' if '?' in url else '?'}done={row.pk}" if row else url


def _delete(request, desk, rows, count, back):
    """Asks once; what has changed in between is asked anew."""
    if request.POST.get("sure") != str(count):
        return _ask(request, desk, count, back)
    gone = deeds.delete(request.event, rows, **how(request))
    messages.success(request, ngettext("%(n)s photo deleted.", "%(n)s photos deleted.", gone) % {"n": gone})
    return HttpResponseRedirect(desk_url(request.event, desk.query))


def _ask(request, desk, count, back):
    chosen_ones = [("all", "1")] if request.POST.get("all") else [("photo", pk) for pk in request.POST.getlist("photo")]
    title = ngettext("Delete %(n)s photo?", "Delete %(n)s photos?", count) % {"n": count}
    text = _(
        "The pictures go with every size, who is marked on them, and the file as it came. Nothing brings them back. "
        "To take them from guests only, hide them."
    )
    return show(
        request, "admin/events/confirm.html", title, text=text,
        press=ngettext("Delete %(n)s photo", "Delete %(n)s photos", count) % {"n": count}, is_grave=True, back=back,
        hidden=[*chosen_ones, ("deed", "delete"), ("sure", count), *desk.query.items()],
    )  # fmt: skip


@require_POST
def undo(request, row_id):
    """Takes back what was just shown or hidden."""
    whats = (History.What.PHOTO_SHOWN, History.What.PHOTO_HIDDEN)
    row = get_object_or_404(
        History.objects.select_related("event"), event=request.event, pk=min(row_id, LARGEST_ID), what__in=whats
    )
    if deeds.undo(row, **how(request)):
        messages.success(request, _("Undone."))
    else:
        messages.info(request, _("There is nothing left of it to undo."))
    return HttpResponseRedirect(_way_back(request, desk_of(request, request.POST)))


@require_POST
def shift_upload(request, upload_id):
    """Sets how many minutes the clock of an upload's camera was off."""
    upload = get_object_or_404(PhotoUpload, event=request.event, pk=min(upload_id, LARGEST_ID))
    minutes = minutes_of(request)
    if minutes is not None:
        moved_in_time(request, deeds.shift_upload(upload, minutes, **how(request)))
    return HttpResponseRedirect(desk_url(request.event, {"upload": str(upload.pk)}))
