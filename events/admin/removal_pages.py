"""Requests to take a photo away: each hides at once, and an organiser decides here (P6)."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..actions import photo_removals
from ..actions import photos as deeds
from ..forms.photo_removal import ReasonForm
from ..models import Photo, RemovalRequest
from ..reports import photo_asks
from .guest_pages import page_of
from .pages import show
from .photo_deeds import how
from .photo_pages import LARGEST_ID

DELETE, Decision = "delete", RemovalRequest.Decision
DECISIONS = {"hide": Decision.REMOVED, DELETE: Decision.REMOVED, "show": Decision.KEPT}


@require_safe
def removals(request):
    """What waits, the longest first; and what was decided lately."""
    waiting = [(asked, asked.linked(page_of)) for asked in photo_asks.waiting(request.event)]
    return show(
        request, "admin/photos/removals.html", _("Asked to be taken away"), waiting=waiting,
        decided=photo_asks.decided(request.event), photos_url=reverse("admin:event_photos", args=[request.event.pk]),
    )  # fmt: skip


@require_POST
def decide(request, removal_id):
    """Stays hidden, is deleted, or is shown again, with a reason; for all who asked for the same photo."""
    rows = RemovalRequest.objects.filter(photo__event=request.event).select_related("photo__event")
    removal = get_object_or_404(rows, pk=min(removal_id, LARGEST_ID))
    wish = request.POST.get("decision", "")
    if wish not in DECISIONS:
        raise Http404
    if wish == DELETE and "sure" not in request.POST:
        return _ask(request)
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if wish == "show" and not form.is_valid():
        return _ask_why(request, form)
    reason = form.cleaned_data["reason"] if wish == "show" else ""
    if photo_removals.decide(removal, DECISIONS[wish], reason=reason, **how(request)):
        _carry_out(request, removal, wish)
    else:
        messages.info(request, _("Somebody has decided on it already."))
    return HttpResponseRedirect(reverse("admin:event_photo_removals", args=[request.event.pk]))


def _ask_why(request, form):
    return show(
        request, "admin/photos/show_again.html", _("Show this photo again?"), status=422 if form.errors else 200,
        form=form, list_url=reverse("admin:event_photo_removals", args=[request.event.pk]),
    )  # fmt: skip


def _ask(request):
    return show(
        request, "admin/events/confirm.html", _("Delete this photo?"), is_grave=True, press=_("Delete it"),
        text=_("It goes with every size, and nothing brings it back. Hidden it stays here, for you alone."),
        back=reverse("admin:event_photo_removals", args=[request.event.pk]),
        hidden=[("decision", DELETE), ("sure", "1")],
    )  # fmt: skip


def _carry_out(request, removal, wish):
    if wish == DELETE:
        deeds.delete(request.event, Photo.objects.filter(pk=removal.photo_id), **how(request))
        messages.success(request, _("The photo is deleted."))
    elif wish == "show":
        messages.success(request, _("The photo is shown again. Whoever asked hears why."))
    else:
        messages.success(request, _("The photo stays hidden. Whoever asked hears of it."))
