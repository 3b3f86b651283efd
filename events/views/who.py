"""Who else is coming: only where the organiser turned it on, and only those who agreed (P13)."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from ..models import Consent, Event
from ..reports.who import coming, named_page
from .cards import event_view
from .doors import contact_of, guest_only, unknown_link

SHOWN_IN = {Event.State.OPEN, Event.State.CLOSED}  # before, nobody has answered; after, it is no longer a question


def shows_who(event):
    """Whether this event's guests may see who else is coming."""
    return event.shows_guests and event.state in SHOWN_IN


@guest_only("GET", "HEAD")
def who(request, guest):
    """`/i/<token>/who/`, page by page."""
    event = guest.event
    if not shows_who(event):
        return unknown_link(request)
    numbers = coming(event)
    context = {
        "event": event_view(event),
        "contact": contact_of(event),
        "step_title": _("Who else is coming?"),
        "numbers": numbers,
        "page": named_page(event, request.GET.get("page"), named=numbers.named),
        "own": Consent.objects.said_by(guest).get(Consent.Purpose.NAME),
    }
    return render(request, "events/who.html", context)
