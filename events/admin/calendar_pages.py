"""Calendar invitations to one part of the programme: to whom they go, how one looks, and the press."""

from collections import defaultdict

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from .. import emails
from ..actions import calendar_invitations
from ..domain.letters import HasLineBreak, UnknownPlaceholder
from ..models import Activity, Guest, History, Letter
from .mail_frame import mail_page
from .pages import show

SHOWN = 200
WHY_NOT = {
    "already_sent": gettext_lazy("have it already"),
    "declined": gettext_lazy("have said no"),
    "not_written": gettext_lazy("are not invited yet; it goes along with their invitation"),
    "no_email": gettext_lazy("have no mail address"),
    "bounced": gettext_lazy("mail does not arrive at their address"),
    "revoked": gettext_lazy("their invitation is withdrawn"),
    "unsubscribed": gettext_lazy("want no more mail"),
}


def _part(request, activity_id):
    """The event's own part that is answered in calendars, else 404 (S7)."""
    activity = get_object_or_404(Activity, pk=activity_id, event=request.event, cancelled_at=None)
    if not (calendar_invitations.are_possible() and activity.invites_by_calendar):
        raise Http404
    return activity


@require_safe
def letter(request, activity_id):
    """The mail as the first who gets it would get it."""
    activity = _part(request, activity_id)
    first = next(iter(calendar_invitations.audience(activity).guests), None)
    if first is None:
        raise Http404
    guest = Guest.objects.select_related("contact__company", "contact__host", "host", "invitation").get(pk=first.pk)
    try:
        return mail_page(emails.preview(request.event, Letter.Kind.CALENDAR, None, guest, activity=activity).html)
    except (emails.NoText, UnknownPlaceholder, HasLineBreak) as fault:
        raise Http404 from fault


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, activity_id):
    """Says to how many it goes and to whom not; the POST sends to as many, or asks anew."""
    activity = _part(request, activity_id)
    asked = calendar_invitations.audience(activity)
    back = reverse("admin:events_activity_change", args=[activity.pk])
    if request.method == "POST":
        if request.POST.get("seen") == str(len(asked.guests)):
            return _send(request, activity, back)
        messages.warning(request, _("The list has changed since you looked. Please look once more."))
    return show(
        request,
        "admin/events/part_calendar.html",
        _("Calendar invitations"),
        activity=activity,
        asked=asked,
        left_out=_groups(asked.left_out),
        reader=asked.guests[0] if asked.guests else None,
        shown=SHOWN,
        back=back,
    )


def _send(request, activity, back):
    way = {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}
    count = calendar_invitations.send(activity, **way)
    said = ngettext("%(n)s calendar invitation is on its way.", "%(n)s calendar invitations are on their way.", count)
    messages.success(request, said % {"n": count})
    return HttpResponseRedirect(back)


def _groups(left_out):
    """(reason in words, guests), the most first."""
    groups = defaultdict(list)
    for guest, reason in left_out:
        groups[reason].append(guest)
    return sorted(((WHY_NOT[code], guests) for code, guests in groups.items()), key=lambda group: -len(group[1]))
