"""Pages that do something to a whole event: making it, changing its state, cancelling a part."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ..actions import events, next_edition
from ..forms.events import LIKE, MakeEventForm
from ..models import Activity, Event, History
from . import change_pages
from .access import access_of
from .pages import show

OFFICE = History.Channel.OFFICE
both = require_http_methods(["GET", "HEAD", "POST"])
State = Event.State

# state: (where one may come from, what to press, what it means)
STEPS = {
    State.OPEN: (
        {State.DRAFT, State.CLOSED, State.CANCELLED},
        gettext_lazy("Open for answers"),
        gettext_lazy("Guests with a link can answer and change their answers until the deadline. Nothing is sent."),
    ),
    State.CLOSED: (
        {State.OPEN},
        gettext_lazy("Close for answers"),
        gettext_lazy(
            "Guests see what they answered and whom to call, but change nothing. You can still answer for them."
        ),
    ),
    State.HELD: (
        {State.OPEN, State.CLOSED},
        gettext_lazy("Mark as held"),
        gettext_lazy("The guests' pages thank for coming. Answers stay as they are."),
    ),
    State.CANCELLED: (
        {State.DRAFT, State.OPEN, State.CLOSED},
        gettext_lazy("Cancel the event"),
        "",
    ),
    State.ARCHIVED: (
        {State.HELD, State.CANCELLED},
        gettext_lazy("Put in the archive"),
        gettext_lazy("The event stays readable here."),
    ),
}


def steps_from(event):
    """(title, address) of the states the event may go to."""
    return [
        (press, reverse("admin:event_state", args=[event.pk, state]))
        for state, (sources, press, _text) in STEPS.items()
        if event.state in sources
    ]


@both
def make_event(request):
    """For those who may: an event from a known programme or an empty one, which the maker then organises."""
    if not request.user.has_perm("events.add_event"):
        raise PermissionDenied
    others = access_of(request).events
    begins = {"programme": f"{LIKE}{request.GET.get('like', '')}", "with_guests": True}
    form = MakeEventForm(request.POST or None, others=others, initial=begins if "like" in request.GET else None)
    if request.method == "POST" and form.is_valid():
        try:
            event = _make(request, form.cleaned_data)
        except (IntegrityError, ValidationError):  # pressed twice: read again, the form says so
            form = MakeEventForm(request.POST, others=others)
        else:
            messages.success(request, _("The event is made. Look through the programme, then bring in the guests."))
            if event.held_on < timezone.localdate(timezone=event.zone):
                messages.warning(request, _("That day is past. Is the year right? You can change it under Settings."))
            return HttpResponseRedirect(_after_making(event, form.cleaned_data))
    return show(
        request,
        "admin/events/event_make.html",
        _("Make an event"),
        status=422 if form.errors else 200,
        form=form,
        errors=form.errors,
        list_url=reverse("admin:index") + "?all=1",
    )


def _after_making(event, said):
    if said["source"] and said.get("with_guests"):
        return f"{reverse('admin:event_guests_along', args=[event.pk])}?from={said['source'].pk}"
    return reverse("admin:event_overview", args=[event.pk])


def _make(request, said):
    zone = timezone.get_default_timezone()
    deadline = events.end_of_day(said["deadline"], zone) if said["deadline"] else None
    fields = {"answer_by_at": deadline, "town": said["town"], "series": said["series"]}
    common = {"title": said["title"], "held_on": said["held_on"], "by": request.user, "channel": OFFICE}
    capacities = {"race": said["race_capacity"], "dinner": said["dinner_capacity"]}
    common |= {"capacities": capacities, "now": timezone.now(), **fields}
    if said["source"]:
        return next_edition.make_like(said["source"], said["slug"], **common)
    return events.make(said["slug"], programme=said["programme"], **common)


@both
def change_state(request, state):
    """Says what the new state means and asks once; where it is cancelled, or on again, guests may be told."""
    sources, press, text = STEPS.get(state, (set(), "", ""))
    back = reverse("admin:event_overview", args=[request.event.pk])
    if request.method == "POST" and state == request.event.state:
        return HttpResponseRedirect(back)
    if request.event.state not in sources:
        raise Http404
    if state == State.CANCELLED or (request.event.state, state) == (State.CANCELLED, State.OPEN):
        return change_pages.decide(request, {"deed": "state", "state": state}, back=back)
    if request.method == "POST":
        events.change_state(request.event, state, by=request.user, channel=OFFICE, now=timezone.now())
        messages.success(request, _("Saved. Thank you!"))
        return HttpResponseRedirect(back)
    return show(request, "admin/events/confirm.html", press, text=text, press=press, back=back)


@both
def cancel_part(request, activity_id):
    """Takes a part off the programme, or puts it back."""
    activity = get_object_or_404(Activity, pk=activity_id, event=request.event)
    plan = {"deed": "restore" if activity.is_cancelled else "cancel", "part": activity.pk}
    return change_pages.decide(request, plan, back=reverse("admin:event_programme", args=[request.event.pk]))
