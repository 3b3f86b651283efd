"""One photo in the office: large, with its caption, and who is on it, marked by bib or name by keyboard alone."""

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..actions import photo_marks
from ..actions import photos as deeds
from ..models import Guest, Photo
from ..models.photo import LONGEST_CAPTION
from ..reports import photo_asks, photo_desk, photo_people, photo_words
from .pages import show
from .photo_deeds import how, number
from .photo_pages import LARGEST_ID, desk_of, desk_url, done_of, with_query


def photo_of(request, photo_id):
    """The event's photo with what stands beside it, else 404."""
    rows = photo_desk.with_facts(Photo.objects.filter(event=request.event)).select_related("event")
    desk = photo_desk.Desk(request.event)
    return get_object_or_404(desk.shown(rows), pk=min(photo_id, LARGEST_ID))


def photo_url(event, pk, query=None):
    return with_query(reverse("admin:event_photo", args=[event.pk, pk]), query or {})


@require_safe
def photo(request, photo_id):
    """The photo, its place among those of the kind in hand, and the way to the ones beside it."""
    return _page(request, photo_of(request, photo_id), desk_of(request, request.GET))


def _page(request, found, desk, *, typed="", asked=(), status=200):
    at, count, before, after = desk.beside(found)
    ways = {"before": before, "after": after}
    urls = {way: pk and photo_url(request.event, pk, desk.query) for way, pk in ways.items()}
    asks = photo_asks.about(found) if found.is_asked else None
    return show(
        request, "admin/photos/one.html", _("Photo"), status, photo=found, query=desk.query, at=at, count=count,
        after=after, urls=urls, grid_url=desk_url(request.event, desk.query),
        albums=photo_desk.albums(request.event), typed=typed, asked=asked, asks=asks, done=done_of(request),
        keys=photo_words.keys(), longest=LONGEST_CAPTION, refusal=photo_words.refusal(found),
        refused=[mark.guest.name_in_lists for mark in found.marks if mark.says_no],
    )  # fmt: skip


@require_POST
def caption(request, photo_id):
    """What the picture shows, in a line."""
    found = photo_of(request, photo_id)
    if deeds.caption(found, request.POST.get("caption", "").replace("\0", ""), **how(request)):
        messages.success(request, _("The caption is saved."))
    return HttpResponseRedirect(photo_url(request.event, found.pk, desk_of(request, request.POST).query))


@require_POST
def tag(request, photo_id):
    """Marks who was typed (bibs or names, with commas between) or chosen, and goes on to the next photo.

    Nothing typed only goes on. What may mean several, or nobody, is asked about; the rest is marked already.
    """
    found, desk = photo_of(request, photo_id), desk_of(request, request.POST)
    typed = request.POST.get("who", "").replace("\0", "")
    people, left, asked = _meant(request, typed)
    for guest in people:
        _mark(request, found, guest)
    if left:
        return _page(request, photo_of(request, photo_id), desk, typed=", ".join(left), asked=asked, status=422)
    goes_on = not request.POST.get("stay") and number(request.POST.get("next", ""))
    to = goes_on if goes_on and Photo.objects.filter(event=request.event, pk=goes_on).exists() else found.pk
    return HttpResponseRedirect(photo_url(request.event, to, desk.query) + "#who")


def _meant(request, typed):
    """(guests who are meant, the words that are not clear, [(word, who may be meant)] for each of these).

    Those chosen from a list count beside what was typed, and answer a word that may mean them.
    """
    chosen = [number(pk) for pk in request.POST.getlist("guest")]
    rows = Guest.objects.filter(event=request.event, forgotten_at=None, pk__in=chosen)
    people, left, asked = list(rows.select_related("event", "contact", "companion_of__contact")), [], []
    answered = {guest.pk for guest in people}
    for word in filter(None, (part.strip() for part in typed.split(","))):
        found = photo_people.found(request.event, word)
        if len(found) == 1:
            people.append(found[0].guest)
        elif not answered.intersection(each.guest.pk for each in found):
            left.append(word)
            asked.append((word, found))
    return people, left, asked


def _mark(request, found, guest):
    guest.event = request.event
    photo_marks.mark_by_office([found], guest, **how(request))
    name = {"name": guest.name_in_lists}
    if photo_marks.said_no(guest):
        messages.warning(
            request, _("%(name)s said no to photos. This photo is held back now: no guest sees it.") % name
        )
    else:
        messages.success(request, _("%(name)s is marked.") % name)


@require_POST
def untag(request, photo_id, guest_id):
    """The guest is not on it, whoever said so."""
    found = photo_of(request, photo_id)
    rows = Guest.objects.filter(event=request.event).select_related("event", "contact", "companion_of__contact")
    guest = get_object_or_404(rows, pk=min(guest_id, LARGEST_ID))
    if photo_marks.unmark_by_office([found], guest, **how(request)):
        messages.success(request, _("%(name)s is no longer marked.") % {"name": guest.name_in_lists})
    return HttpResponseRedirect(photo_url(request.event, found.pk, desk_of(request, request.POST).query))


@require_safe
def people(request):
    """Who may be meant by ?q=, as the page's script asks while somebody types."""
    found = photo_people.found(request.event, request.GET.get("q", "").replace("\0", ""))
    rows = [
        {"guest": each.guest.pk, "words": each.words, "company": each.company, "says_no": each.says_no}
        for each in found
    ]
    return JsonResponse({"people": rows}, headers={"Cache-Control": "private, no-store"})
