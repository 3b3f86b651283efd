"""Events that were thrown away lately, as the back office's own log keeps them: in numbers, by whom, and when."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import ngettext

from ..models import Event

LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Thrown:
    slug: str
    by: str
    at: datetime
    guests: str


def lately(user, *, now):
    """[Thrown], newest first, of those that this user organised; a superuser sees all. One query."""
    rows = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Event), action_flag=DELETION, action_time__gte=now - LATELY
    ).select_related("user")
    told = [(row, json.loads(row.change_message or "{}")) for row in rows.order_by("-action_time", "-pk")]
    return [_thrown(row, facts) for row, facts in told if user.is_superuser or user.pk in facts.get("organisers", [])]


def _thrown(row, facts):
    n = facts.get("guests", 0)
    guests = ngettext("%(n)s guest", "%(n)s guests", n) % {"n": n}
    return Thrown(row.object_repr, str(row.user), row.action_time, guests)
