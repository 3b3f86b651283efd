"""How many plates of which kind: of those who are there, and of those whose needs have been erased since."""

from collections import Counter

from django.db.models import Exists, OuterRef

from .answer import Answer
from .food import Food

OTHER = "other"


def counted(rows):
    """{need: how many people} of these Food rows, as far as they come to something where food is served."""
    at_table = Answer.objects.filter(guest=OuterRef("guest"), state="coming")
    at_table = at_table.filter(activity__serves_food=True, activity__cancelled_at=None)
    counts = Counter()
    for needs, other in rows.filter(Exists(at_table)).values_list("needs", "other"):
        counts.update([*needs, *([OTHER] if other else [])])
    return counts


def counts_of(event):
    """{need: how many} of an event, the same before and after the needs are erased; one query."""
    total = counted(Food.objects.filter(guest__event=event)) + Counter(event.food_counts)
    return {need: total[need] for need in (*Food.Need.values, OTHER) if total[need]}
