"""The demo's companions: some with a name, one to be named later, two who wait together, and a place just given."""

from datetime import timedelta

from ..domain import invented
from ..domain.answers import HOLDING, Choice
from ..models import Activity, Answer, Guest, History
from . import companions, programme

WAY = {"by": None, "channel": History.Channel.COMMAND}
BRINGING = 6


def fill(event, *, now):
    """Guests of the open event tell, in the last hours, who comes with them; then the dinner gets two more places."""
    event.companions_allowed = 1
    programme.change_event(event, {"companions_allowed"}, now=event.created_at, **WAY)
    moment = now - timedelta(hours=5)
    for name, guest in zip(invented.COMPANIONS, _who_bring_somebody(event), strict=False):
        moment += timedelta(minutes=20)
        _bring(guest, name, moment)
    dinner = Activity.objects.get(event=event, slug="dinner")
    programme.change(dinner, {"capacity": dinner.capacity + 2}, now=now - timedelta(hours=1), **WAY)


def _who_bring_somebody(event):
    """Some who come, and last who waits for the dinner."""
    answered = Guest.objects.filter(event=event).exclude(answered_at=None).select_related("event", "contact")
    may_bring = answered.filter(companions_allowed__gt=0, answer__state__in=HOLDING).distinct()
    guests = list(may_bring.order_by("pk")[:BRINGING])
    waiting = Answer.objects.filter(activity__event=event, activity__slug="dinner").waiting()
    last = waiting.select_related("guest__event", "guest__contact").last()
    if last and last.guest not in guests:
        Guest.objects.filter(pk=last.guest_id).update(companions_allowed=1)
        last.guest.companions_allowed = 1
        guests.insert(2, last.guest)
    return guests


def _bring(guest, name, moment):
    held = Answer.objects.filter(guest=guest, state__in=HOLDING).values_list("activity__slug", flat=True)
    wish = companions.Wish(name=name, answers=dict.fromkeys(held, Choice.COMING))
    companions.save(guest, [wish], by=None, channel=History.Channel.WEB, now=moment)
