"""Who may work on which event in the back office. No membership, no access.

Organisers enter every page of their events. Hosts enter the pages named here and nothing else, and find there their own
guests only.
"""

from functools import cached_property

from django.db.models import Q
from django.http import Http404

from ..models import Event, Guest, Host, Membership

ORGANISER, HOST = Membership.Role.ORGANISER, Membership.Role.HOST
# Pages below an event, by name. What stands here shows guests through `Access.guests`, and never others.
HOSTS_TOO = frozenset({"event_guests", "event_guest_answer"})


class Access:
    """The events a user works on, looked up once per request. A superuser organises all."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def _memberships(self):
        if not self.user.is_active:
            return []
        rows = Membership.objects.filter(user=self.user, role__in=[ORGANISER, HOST]).select_related("event")
        return list(rows.order_by("-event__held_on", "event__slug"))

    @cached_property
    def events(self):
        """{event id: Event} of what this user organises, newest first."""
        if self.user.is_active and self.user.is_superuser:
            return {event.pk: event for event in Event.objects.all()}
        return {row.event_id: row.event for row in self._memberships if row.role == ORGANISER}

    @cached_property
    def host(self):
        """The Host this login belongs to, or None."""
        return Host.objects.filter(user=self.user).first() if self.user.is_active else None

    @cached_property
    def hosted(self):
        """{event id: Event} where this user is host and not organiser, newest first."""
        if self.user.is_superuser:
            return {}
        rows = [row for row in self._memberships if row.role == HOST and row.event_id not in self.events]
        return {row.event_id: row.event for row in rows} if rows and self.host else {}

    @property
    def is_organiser(self):
        return bool(self.user.is_superuser or self.events)

    @property
    def has_guests(self):
        """Whether this person works with guests at all, as organiser or as host."""
        return bool(self.is_organiser or self.hosted)

    def organises(self, event_id):
        return event_id in self.events

    def event(self, event_id, *, hosts_too=False):
        """The event when this user organises it, or is host at it and may enter as such; else not found (S7)."""
        if event_id in self.events:
            return self.events[event_id]
        if hosts_too and event_id in self.hosted:
            return self.hosted[event_id]
        raise Http404

    def guests(self):
        """The guests this user may see: all of organised events, at hosted ones those the host looks after."""
        if self.user.is_active and self.user.is_superuser:
            return Guest.objects.all()
        seen = Q(event__in=list(self.events))
        if self.hosted:
            own = Guest.objects.filter(event__in=list(self.hosted)).looked_after_by(self.host)
            seen |= Q(pk__in=own.values("pk"))
        return Guest.objects.filter(seen)

    def sees(self, guest):
        """Whether `guests` has this one; no query where guest, contact and whoever brings the guest are loaded."""
        if self.organises(guest.event_id):
            return True
        return guest.event_id in self.hosted and guest.host_in_charge_id == self.host.pk


def access_of(request):
    """The request's one Access."""
    if not hasattr(request, "access"):
        request.access = Access(request.user)
    return request.access
