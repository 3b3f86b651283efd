"""What guests wanted to say after the deadline."""

from ..models import History

SHOWN = 200


def late_wishes(event):
    """The history rows of open wishes, the oldest first, with guest and activity; one query."""
    rows = History.objects.filter(event=event).open_wishes()
    return list(
        rows.select_related("guest__contact__company", "guest__companion_of__contact", "activity").order_by("at", "pk")[
            :SHOWN
        ]
    )
