"""What is read out instead of a photo: in the gallery, and in a letter (A10)."""

from django.utils.translation import gettext as _

from ..domain import dates


def alt_of(photo, number, total, zone, language):
    """Its number among so many, and when it was taken by the event's clock, where a camera told it."""
    said = {"number": number, "total": total}
    if photo.ordered_at is None:
        return _("Photo %(number)s of %(total)s") % said
    clock = dates.clock(photo.ordered_at.astimezone(zone), language)
    return _("Photo %(number)s of %(total)s, taken %(clock)s") % {**said, "clock": clock}
