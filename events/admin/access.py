"""Who may work on which event in the back office, and open which page. No membership, no access."""

from functools import cached_property

from django.db.models import Q
from django.http import Http404

from ..models import Event, Guest, Host, Membership, Voice

Role = Membership.Role
ORGANISER = Role.ORGANISER

# The pages (by name) that a role opens at its events, where it arrives first. What is not named here opens to
# organisers alone.
PAGES_OF_ROLE = {
    # Hosts find their own guests only: what opens to them shows guests through Access.guests.
    Role.HOST: [
        "event_guests",
        "event_guest_answer",
        "event_guest_told",
        "event_guest_companions",
        "event_guest_consents",
        "event_voices",
        "event_voice_read",
        "event_cheers",
        "event_cheer_say",
    ],
    Role.KITCHEN: ["event_kitchen", "event_kitchen_list", "event_kitchen_handed_over", "event_kitchen_export"],
    Role.PHOTOGRAPHER: ["event_photographer", "event_photo_add"],
    # Who starts where, and somebody more; what is given out to all is the organisers'.
    Role.STARTER: [
        "event_starts",
        "event_start",
        "event_starts_move",
        "event_starts_next",
        "event_starts_more",
        "event_board",
        "event_times",
        "event_time",
        "event_time_undo",
        "event_documents",
        "event_document",
        "event_document_picture",
    ],
}
# What opens to the role alone: names beside health data are not for organisers (P3).
CLOSED_TO_ORGANISERS = {"event_kitchen_list", "event_kitchen_handed_over", "event_kitchen_export"}


def roles_for(page):
    """The roles that open the page of this name."""
    roles = {role for role, pages in PAGES_OF_ROLE.items() if page in pages}
    return roles if page in CLOSED_TO_ORGANISERS else {ORGANISER, *roles}


class Access:
    """What a user may do at which events, looked up once per request. A superuser organises and cooks for all."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def memberships(self):
        """[(Event, role)] of this user, newest event first; one query."""
        if not self.user.is_active:
            return []
        if self.user.is_superuser:
            return [(event, role) for event in Event.objects.all() for role in (ORGANISER, Role.KITCHEN)]
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

    @cached_property
    def host(self):
        """The Host this login belongs to, or None."""
        return Host.objects.filter(user=self.user).first()

    @cached_property
    def hosted(self):
        """The ids of the events where this user is host and not organiser."""
        ids = {event.pk for event, role in self.memberships if role == Role.HOST} - self.events.keys()
        return ids if ids and self.host else set()

    @property
    def has_guests(self):
        """Whether this user works with guests at all, as organiser or as host."""
        return self.is_organiser or any(role == Role.HOST for _event, role in self.memberships)

    def guests(self):
        """The guests this user sees: all of organised events, and at hosted ones those the host looks after."""
        if self.user.is_active and self.user.is_superuser:
            return Guest.objects.all()
        seen = Q(event__in=list(self.events))
        if self.hosted:
            own = Guest.objects.filter(event__in=self.hosted).looked_after_by(self.host)
            seen |= Q(pk__in=own.values("pk"))
        return Guest.objects.filter(seen)

    def voices(self):
        """What this user hears: all of organised events; of hosted ones the words of own guests, for a link in wrong
        hands is for organisers.
        """
        heard = Voice.objects.filter(guest__in=self.guests())
        if self.user.is_active and self.user.is_superuser:
            return heard
        return heard.filter(Q(guest__event__in=list(self.events)) | Q(kind=Voice.Kind.WORD))

    def sees(self, guest):
        """Whether `guests` has this one; no query where the guest's contact is loaded."""
        if self.organises(guest.event_id):
            return True
        return guest.event_id in self.hosted and guest.host_in_charge_id == self.host.pk

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
