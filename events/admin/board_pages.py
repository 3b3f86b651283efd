"""The board of each race: its link, whether times are on it, and a new link."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..actions import boards
from ..models import Activity, History, Race, links
from ..reports import board as reports
from .access import access_of
from .pages import show

CHANNEL = History.Channel.OFFICE


@require_safe
def board(request):
    """The event's races, each with its board; whoever works at start and finish may look."""
    races = {race.activity_id: race for race in Race.objects.filter(activity__event=request.event)}
    found = [_shown(activity, races.get(activity.pk)) for activity in _races(request.event)]
    return show(
        request, "admin/race/board.html", _("Board"), boards=found,
        may_change=access_of(request).organises(request.event.pk),
    )  # fmt: skip


def _shown(activity, race):
    if race is None:
        return {"activity": activity, "url": ""}
    race.activity = activity
    return {"activity": activity, "race": race, "url": links.board_url(race), **_counted(reports.build(race))}


def _counted(built):
    named = sum(bool(row.name) for row in built.rows)
    return {"named": named, "unnamed": len(built.rows) - named}


@require_POST
def make(request, activity_id):
    """The first link of a race's board."""
    boards.make(_race(request, activity_id))
    return _back(request)


@require_POST
def switch(request, activity_id):
    """Times on the board before they are published, or not; the other button takes it back."""
    is_live = request.POST.get("live") == "1"
    boards.switch(_race(request, activity_id), is_live, by=request.user, channel=CHANNEL, now=timezone.now())
    messages.success(
        request,
        _("Times now stand on the board as they come in.")
        if is_live
        else _("The board shows the start list until you show the results to the guests."),
    )
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def renew(request, activity_id):
    """A new link; the one everybody has opens nothing any more."""
    activity = _race(request, activity_id)
    if request.method == "POST":
        boards.renew(activity, by=request.user, channel=CHANNEL, now=timezone.now())
        messages.success(request, _("The board has a new link. The one before opens nothing any more."))
        return _back(request)
    return show(
        request, "admin/events/confirm.html", _("Make a new link to the board?"),
        text=_("The link you have given out stops working at once, also on screens that show the board now."),
        more=_("Guests find the new one on no page of theirs: you give it out again."),
        press=_("Make a new link"), is_grave=True, back=reverse("admin:event_board", args=[request.event.pk]),
    )  # fmt: skip


def _races(event):
    return Activity.objects.filter(event=event, kind=Activity.Kind.RACE).select_related("event").in_order()


def _race(request, activity_id):
    """The event's own race, else 404 (S7)."""
    return get_object_or_404(_races(request.event), pk=activity_id)


def _back(request):
    return HttpResponseRedirect(reverse("admin:event_board", args=[request.event.pk]))
