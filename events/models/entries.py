"""A guest's answer as a calendar entry."""

from functools import lru_cache

from django.conf import settings

from ..domain.calendars import Entry
from ..domain.markup import to_text

ALARM_MINUTES = 60
_plain = lru_cache(maxsize=256)(to_text)  # an organiser's text stands in the files of all guests


def entry(answer, *, event, language):
    """The stored revision as domain.calendars.Entry; its address leads to the site, never to the guest's page."""
    activity = answer.activity
    name, _email, phone = event.contact
    place = (activity.place.in_language(language), activity.address)
    about = (_plain(activity.description.in_language(language)), f"{name}, {phone}")
    return Entry(
        uid=answer.uid,
        sequence=answer.sequence,
        stamped_at=answer.stamped_at,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        summary=f"{activity.title.in_language(language)} – {event.title.in_language(language)}",
        location=", ".join(part for part in place if part),
        description="\n\n".join(part for part in about if part),
        url=f"{settings.SITE_URL}/",
        is_cancelled=activity.is_cancelled or event.state == event.State.CANCELLED,
        language=language,
        alarm_minutes=ALARM_MINUTES,
    )
