"""Who comes: counts per activity, heads, companions included."""

from collections import Counter

from django.db.models import Count

from ..models import Activity, Answer, Guest, needs

STATES = ("coming", "not_coming", "unsure", "no_answer", "waiting")


def replies(event):
    """{"event", "activities": [{"slug", "capacity", "invited", coming … waiting}], "food": {need: n}, "companions": n}.

    The five states sum to `invited`; the same before and after people are forgotten. Four queries at any size.
    """
    activities = list(Activity.objects.filter(event=event).in_order())
    counted = (
        Answer.objects.filter(activity__event=event)
        .order_by()
        .values_list("activity_id", "state")
        .annotate(heads=Count("pk"))
    )
    heads = {(activity, state): number for activity, state, number in counted}
    return {
        "event": event.slug,
        "activities": [_counts(activity, heads) for activity in activities],
        "food": needs.counts_of(event),
        "companions": Guest.objects.filter(event=event).exclude(companion_of=None).count(),
    }


def _counts(activity, heads):
    counts = Counter({state: heads.get((activity.pk, state), 0) for state in STATES})
    return {"slug": activity.slug, "capacity": activity.capacity, "invited": counts.total(), **counts}
