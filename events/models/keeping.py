"""How long an event keeps what it knows: the site's terms, shortened by the event's own."""

from django.conf import settings
from django.db.models import Max, OuterRef, Subquery

from ..domain import retention
from .activity import Activity
from .gallery import Gallery


def site_terms():
    """The terms in force everywhere."""
    return retention.Terms(
        food_days=settings.FOOD_KEPT_DAYS,
        silent_days=settings.SILENT_KEPT_DAYS,
        guests_days=settings.GUESTS_KEPT_DAYS,
    )


def terms_of(event):
    """The terms of one event."""
    return site_terms().shortened(
        food_days=event.food_kept_days, silent_days=event.silent_kept_days, guests_days=event.guests_kept_days
    )


def days_of(events):
    """{event id: domain.retention.Days}, one query for all."""
    rows = Activity.objects.filter(event__in=events).order_by().values_list("event_id").annotate(at=Max("ends_at"))
    ends = dict(rows)
    return {event.pk: days_when(event, ends.get(event.pk)) for event in events}


def days_when(event, ends_at):
    """The event's domain.retention.Days; ends_at: when the last of its activities ends, None without any."""
    ends_on = [ends_at.astimezone(event.zone).date()] if ends_at else []
    return retention.days(retention.last_day(event.held_on, ends_on), terms_of(event))


def photo_days_of(days):
    """{event id: when its photos are deleted}, for {event id: Days}; one query."""
    kept = dict(Gallery.objects.filter(event__in=days).values_list("event", "kept_days"))
    return {event: retention.photos_on(each, kept.get(event)) for event, each in days.items()}


def keeps_photos(event, *, now):
    """Whether photos that come in now would stay, rather than be deleted the same day; two queries after the event."""
    today = now.astimezone(event.zone).date()
    return today <= event.held_on or today < photo_days_of(days_of([event]))[event.pk]


def last_end(event="pk"):
    """When the last activity of the event ends, to annotate a queryset with; event: the path to it."""
    activities = Activity.objects.filter(event=OuterRef(event)).order_by("-ends_at")
    return Subquery(activities.values("ends_at")[:1])
