"""After the deadline: grace for those who are late, and what guests wanted to say too late."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..actions import late, programme
from ..actions.events import end_of_day
from ..domain import dates
from ..forms.activities import GraceForm
from ..models import Activity, Event, History
from ..reports.late import late_wishes as wishes_of
from .guest_pages import OFFICE, both, page_of, say_what_came_of_it
from .pages import show


def shut_parts(event, activities, *, now):
    """Those whose deadline has passed and which have not begun, while the event is open."""
    if event.state != Event.State.OPEN:
        return []
    return [
        activity
        for activity in activities
        if not activity.is_cancelled and activity.deadline_at(event) < now < activity.starts_at
    ]


def said_of(activity, event, *, now):
    """What the overview says of a part whose deadline has passed: "answers taken until …", or that they ended."""
    moment, language = timezone.localtime(activity.closes_at(event), event.zone), get_language()
    words = {"day": dates.by_day(moment, language), "clock": dates.at_clock(moment, language)}
    if moment >= now:
        return _("The deadline has passed. Still taking answers until %(day)s %(clock)s.") % words
    return _("The deadline has passed.")


@both
def grace(request):
    """Takes answers for a while longer, though the deadline stays the one that is named."""
    now, event = timezone.now(), request.event
    shut = shut_parts(event, Activity.objects.filter(event=event).on().in_order(), now=now)
    wanted = [activity.pk for activity in shut if request.GET.get("part", str(activity.pk)) == str(activity.pk)]
    tomorrow = timezone.localdate(now, event.zone) + timedelta(days=1)
    initial = {"until": end_of_day(tomorrow, event.zone), "parts": wanted}
    form = GraceForm(request.POST or None, parts=shut, now=now, initial=initial)
    back = reverse("admin:event_overview", args=[event.pk])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        programme.give_grace(said["parts"], said["until"], by=request.user, channel=OFFICE, now=now)
        messages.success(request, _("Saved. Thank you!"))
        return HttpResponseRedirect(back)
    return show(
        request,
        "admin/events/grace.html",
        _("Take answers a little longer"),
        status=422 if form.errors else 200,
        form=form,
        errors=form.errors,
        is_shut=bool(shut),
        list_url=back,
    )


@require_safe
def late_wishes(request):
    """What guests wanted to say after the deadline, and nobody has dealt with yet."""
    return show(request, "admin/events/late.html", _("After the deadline"), wishes=wishes_of(request.event))


@require_POST
def decide(request, guest_id, row_id):
    """One press: says it for the guest, or leaves things as they are."""
    rows = History.objects.select_related("event", "activity", "guest__contact__company", "guest__event")
    rows = rows.filter(guest__forgotten_at=None, what=History.What.LATE)
    row = get_object_or_404(rows, pk=row_id, guest=guest_id, event=request.event)
    how = {"by": request.user, "channel": OFFICE, "now": timezone.now()}
    if request.POST.get("decision") == "grant":
        given = late.grant(row, **how, tell="tell" in request.POST)
        if given:
            say_what_came_of_it(request, given)
        else:
            messages.info(request, _("Somebody has dealt with this already."))
    elif late.set_aside(row, **how):
        messages.info(request, _("The answer stays as it was. The guest is not written to: a call is kindest."))
    to = "admin:event_late" if request.POST.get("from") == "list" else None
    return HttpResponseRedirect(reverse(to, args=[request.event.pk]) if to else page_of(row.guest))
