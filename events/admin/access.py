"""Who may work on which event in the back office. No membership, no access; each role opens its own pages only."""

from functools import cached_property

from django.http import Http404

from ..models import Event, Membership

ORGANISER, KITCHEN = Membership.Role.ORGANISER, Membership.Role.KITCHEN
IN_ORDER = ("-event__held_on", "event__slug")


class Access:
    """The events a user works on, looked up once per request. A superuser has every role everywhere."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def _by_role(self):
        """{role: {event id: Event}}, newest first."""
        if not self.user.is_active:
            return {}
        if self.user.is_superuser:
            events = {event.pk: event for event in Event.objects.all()}
            return {ORGANISER: events, KITCHEN: events}
        roles = {}
        for row in Membership.objects.filter(user=self.user).select_related("event").order_by(*IN_ORDER):
            roles.setdefault(row.role, {})[row.event_id] = row.event
        return roles

    @property
    def events(self):
        """{event id: Event} of what this user organises, newest first."""
        return self._by_role.get(ORGANISER, {})

    @property
    def kitchens(self):
        """{event id: Event} of whose food this user may know everything."""
        return self._by_role.get(KITCHEN, {})

    @property
    def workplaces(self):
        """{event id: (Event, name of the page where the work begins)} of every event this user sees, newest first."""
        found = {pk: (event, "event_kitchen") for pk, event in self.kitchens.items()}
        found |= {pk: (event, "event_overview") for pk, event in self.events.items()}
        newest_first = sorted(found.items(), key=lambda item: item[1][0].slug)
        return dict(sorted(newest_first, key=lambda item: item[1][0].held_on, reverse=True))

    @property
    def is_organiser(self):
        return bool(self.user.is_superuser or self.events)

    def organises(self, event_id):
        return event_id in self.events

    def cooks(self, event_id):
        return event_id in self.kitchens

    def event(self, event_id):
        """The event when this user organises it; anything else is not found (S7)."""
        return _found(event_id, self.events)

    def kitchen(self, event_id):
        """The event when this user has its kitchen's role."""
        return _found(event_id, self.kitchens)

    def event_with_food(self, event_id):
        """The event when this user organises it or has its kitchen's role."""
        return _found(event_id, self.kitchens | self.events)


def _found(event_id, events):
    if event_id not in events:
        raise Http404
    return events[event_id]


def access_of(request):
    """The request's one Access."""
    if not hasattr(request, "access"):
        request.access = Access(request.user)
    return request.access
