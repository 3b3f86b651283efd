"""Who may work on which event in the back office, and open which page. No membership, no access."""

from functools import cached_property

from django.http import Http404

from ..models import Event, Membership

Role = Membership.Role
ORGANISER = Role.ORGANISER

# The pages (by name) that a role opens at its events, where it arrives first. What is not named here opens to
# organisers alone.
PAGES_OF_ROLE = {
    Role.PHOTOGRAPHER: ["event_photographer"],
}


def roles_for(page):
    """The roles that open the page of this name."""
    return {ORGANISER, *(role for role, pages in PAGES_OF_ROLE.items() if page in pages)}


class Access:
    """What a user may do at which events, looked up once per request. A superuser organises all."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def memberships(self):
        """[(Event, role)] of this user, newest event first; one query."""
        if not self.user.is_active:
            return []
        if self.user.is_superuser:
            return [(event, ORGANISER) for event in Event.objects.all()]
        rows = Membership.objects.filter(user=self.user).select_related("event")
        return [(row.event, row.role) for row in rows.order_by("-event__held_on", "event__slug")]

    @cached_property
    def events(self):
        """{event id: Event} of what this user organises, newest first."""
        return {event.pk: event for event, role in self.memberships if role == ORGANISER}

    @cached_property
    def worked_on(self):
        """{event id: Event} of all at which this user opens a page, newest first."""
        return {event.pk: event for event, role in self.memberships if role == ORGANISER or PAGES_OF_ROLE.get(role)}

    @property
    def is_organiser(self):
        return bool(self.user.is_superuser or self.events)

    def organises(self, event_id):
        return event_id in self.events

    def roles_at(self, event_id):
        return {role for event, role in self.memberships if event.pk == event_id}

    def opens(self, page, event_id):
        """Whether this user opens the page of this name at the event."""
        return not roles_for(page).isdisjoint(self.roles_at(event_id))

    def first_page(self, event_id):
        """The name of the page where this user arrives at an event worked on."""
        if self.organises(event_id):
            return "event_overview"
        roles = self.roles_at(event_id)
        return next(pages[0] for role, pages in PAGES_OF_ROLE.items() if role in roles)

    def event(self, event_id, roles=frozenset({ORGANISER})):
        """The event at which this user has one of these roles; anything else is not found (S7)."""
        for event, role in self.memberships:
            if event.pk == event_id and role in roles:
                return event
        raise Http404


def access_of(request):
    """The request's one Access."""
    if not hasattr(request, "access"):
        request.access = Access(request.user)
    return request.access
