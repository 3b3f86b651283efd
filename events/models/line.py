"""Who stands where on the waiting lists."""

from collections import defaultdict

from .answer import Answer


def places_in_line(guest_ids):
    """{guest id: {activity id: number in line, from 1}} for those who wait; one query, two where somebody does."""
    activities = set(Answer.objects.filter(guest__in=guest_ids).waiting().values_list("activity_id", flat=True))
    if not activities:
        return {}
    places, counts, wanted = defaultdict(dict), defaultdict(int), set(guest_ids)
    line = Answer.objects.filter(activity__in=activities).waiting().values_list("activity_id", "guest_id")
    for activity_id, guest_id in line:
        counts[activity_id] += 1
        if guest_id in wanted:
            places[guest_id][activity_id] = counts[activity_id]
    return dict(places)
