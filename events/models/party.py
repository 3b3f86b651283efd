"""The companions' answers beside those of the guest who brings them."""

from collections import defaultdict

from django.db.models import F

from .answer import Answer
from .line import places_in_line


def with_companions(answers):
    """The same answers, each with those of the guest's companions to the same activity as `companions`.

    These have their `companion_name`, and their `place` in line, else 0. One query, two more where a companion waits.
    """
    rows = (
        Answer.objects.filter(guest__companion_of__in={answer.guest_id for answer in answers})
        .with_start()
        .annotate(companion_name=F("guest__companion_name"), leader_id=F("guest__companion_of"))
        .order_by("guest_id")
    )
    found = defaultdict(list)
    for row in rows:
        row.place = 0
        found[row.leader_id, row.activity_id].append(row)
    waiting = [row for mates in found.values() for row in mates if row.waiting_number]
    places = places_in_line([row.guest_id for row in waiting]) if waiting else {}
    for row in waiting:
        row.place = places[row.guest_id][row.activity_id]
    for answer in answers:
        answer.companions = found.get((answer.guest_id, answer.activity_id), [])
    return answers
