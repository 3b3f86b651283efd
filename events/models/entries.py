"""A guest's answers as calendar entries: one by one, and together in the private calendar."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from django.conf import settings

from ..domain import feeds
from ..domain.calendars import Entry
from ..domain.markup import to_text
from .answer import Answer
from .own_start import start_words
from .prepared import Prepared

ALARM_MINUTES = 60
_plain = lru_cache(maxsize=256)(to_text)  # an organiser's text stands in the files of all guests


def entry(answer, *, event, language):
    """The stored revision as domain.calendars.Entry; its address leads to the site, never to the guest's page."""
    activity = answer.activity
    name, _email, phone = event.contact
    place = (activity.place.in_language(language), activity.address)
    start = start_words(answer, event, language)
    about = (f"{start}." if start else "", _plain(activity.description.in_language(language)), f"{name}, {phone}")
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


def public_entry(answer, *, event, language):
    """The same without whom to ask and the own start: what may be told to somebody else's calendar service."""
    about = _plain(answer.activity.description.in_language(language))
    return replace(entry(answer, event=event, language=language), description=about)


_own_answers = Prepared(
    lambda guest_id: Answer.objects.filter(guest=guest_id).select_related("activity").with_start().order_by(),
    example=-1,
)


def entries_in_feed(guest, *, language, now):
    """What stands in the guest's private calendar, as domain.calendars.Entry; one query."""
    kept = [
        feeds.Kept(
            entry=entry(answer, event=guest.event, language=language),
            is_coming=answer.state == Answer.State.COMING,
            left_at=answer.left_at,
        )
        for answer in _own_answers(guest.pk)
        if answer.left_at or answer.state == Answer.State.COMING
    ]
    return feeds.entries(kept, cancelled_for=timedelta(days=settings.FEED_CANCELLED_KEPT_DAYS), now=now)
