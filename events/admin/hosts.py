"""Lists of rows that belong to guests, open to hosts as well: they find those of their own guests there."""

from .access import access_of


class HostsToo:
    """Before EventScopedAdmin among a class's bases; its pages are named for hosts in access.PAGES_OF_ROLE."""

    guest_path = "guest"

    def guest_of(self, obj):
        return obj.guest

    def is_allowed(self, request, obj=None):
        access = access_of(request)
        return access.sees(self.guest_of(obj)) if obj else access.has_guests

    def seen_by(self, access, rows):
        return rows.filter(**{f"{self.guest_path}__in": access.guests().values("pk")})


def is_organised(request):
    """Whether this person organises the event in hand; without one, any."""
    access, event = access_of(request), getattr(request, "event", None)
    return access.organises(event.pk) if event else access.is_organiser
