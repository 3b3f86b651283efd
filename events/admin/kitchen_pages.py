"""The kitchen's pages: counts for organisers, names only for the kitchen's own role, each look kept in the history."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..actions import kitchen as deeds
from ..models import Activity, History
from ..reports import exports
from ..reports import kitchen as reports
from .access import access_of
from .export_pages import TYPES
from .pages import show

CHANNEL = History.Channel.OFFICE


@require_safe
def kitchen(request):
    """How many of what, for organisers and the kitchen; who may see the names."""
    event = request.event
    return show(
        request,
        "admin/kitchen/counts.html",
        _("Kitchen"),
        kitchens=reports.kitchens(event),
        cooks=reports.cooks(event),
        may_see_names=access_of(request).opens("event_kitchen_list", event.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def names(request, activity_id):
    """Who needs what, opened by a POST, for every look stands in the history (P3)."""
    activity = _activity(request, activity_id)
    if request.method != "POST":
        return HttpResponseRedirect(_counts_url(request))
    return _list(request, activity)


@require_POST
def hand_over(request, activity_id):
    """The kitchen has it: from now on only changes are told. Not when it has changed since it was opened."""
    activity = _activity(request, activity_id)
    try:
        deeds.hand_over(
            activity, seen=request.POST.get("seen", ""), by=request.user, channel=CHANNEL, now=timezone.now()
        )
    except deeds.ChangedMeanwhile:
        return _list(request, activity, has_changed=True)
    messages.success(request, _("The list is marked as handed over. From now on you see here what changes."))
    return HttpResponseRedirect(_counts_url(request))


@require_POST
def export(request, activity_id, form):
    """The list of one activity as CSV or XLSX."""
    activity = _activity(request, activity_id)
    if form not in TYPES:
        raise Http404
    headings, rows = reports.table(request.event, activity)
    deeds.take_along(activity, form, by=request.user, channel=CHANNEL, now=timezone.now())
    content = b"".join(exports.parts(headings, rows, "kitchen", form))
    name = f"{request.event.slug}-{activity.slug}-kitchen.{form}"
    return HttpResponse(
        content, content_type=TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _activity(request, activity_id):
    """The event's own activity with food, else 404 (S7)."""
    served = Activity.objects.filter(event=request.event, serves_food=True).on()
    return get_object_or_404(served.select_related("event"), pk=activity_id)


def _counts_url(request):
    return reverse("admin:event_kitchen", args=[request.event.pk])


def _list(request, activity, *, has_changed=False):
    found = next(each for each in reports.kitchens(request.event) if each.activity == activity)
    deeds.look(activity, by=request.user, channel=CHANNEL, now=timezone.now())
    people, news = reports.people(found)
    return show(
        request,
        "admin/kitchen/names.html",
        str(activity),
        status=409 if has_changed else 200,
        kitchen=found,
        people=people,
        news=news,
        has_changed=has_changed,
        counts_url=_counts_url(request),
    )
