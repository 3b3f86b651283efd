"""Who may work on which event in the back office. No membership, no access."""

from functools import cached_property

from django.http import Http404

from ..models import Event, Membership

ORGANISER = Membership.Role.ORGANISER


class Access:
    """The events a user organises, looked up once per request. A superuser organises all."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def events(self):
        """{event id: Event} of what this user organises, newest first."""
        if not self.user.is_active:
            return {}
        if self.user.is_superuser:
            return {event.pk: event for event in Event.objects.all()}
        rows = Membership.objects.filter(user=self.user, role=ORGANISER).select_related("event")
        return {row.event_id: row.event for row in rows.order_by("-event__held_on", "event__slug")}

    @property
    def is_organiser(self):
        return bool(self.user.is_superuser or self.events)

    def organises(self, event_id):
        return event_id in self.events

    def event(self, event_id):
        """The event when this user organises it; anything else is not found (S7)."""
        if event_id not in self.events:
            raise Http404
        return self.events[event_id]


def access_of(request):
    """The request's one Access."""
    if not hasattr(request, "access"):
        request.access = Access(request.user)
    return request.access
