"""What guests said last, each in a few words: "race and dinner", "waiting list: dinner"."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F
from django.utils.text import get_text_list
from django.utils.translation import gettext, pgettext

from ..models import Activity, Answer, Guest, History

LATEST = 5
TOLD = (History.What.ANSWERED, History.What.UNDONE)
State = Answer.State


@dataclass(frozen=True)
class Latest:
    """What one guest said at one moment: (activity, state after) each, and the same as (state, words)."""

    guest: Guest
    at: datetime
    said: list = field(default_factory=list)
    words: list = field(default_factory=list)


def latest_answers(event, activities):
    """The last answers, those of one guest at one moment together; without the forgotten and the undone; one query."""
    rows = (
        History.objects.filter(event=event, what__in=TOLD, guest__isnull=False, guest__forgotten_at=None)
        .select_related("guest__contact", "guest__companion_of__contact", "activity")
        .order_by(F("at").desc(), "guest", "activity__starts_at")[: LATEST * 6]
    )
    latest = {}
    for row in _standing(rows):
        moment = latest.setdefault((row.guest_id, row.at), Latest(row.guest, row.at))
        if row.activity:
            moment.said.append((row.activity, row.facts.get("after", "")))
    shown = list(latest.values())[:LATEST]
    for moment in shown:
        moment.words.extend(in_short(moment.said, activities))
    return shown


def _standing(rows):
    """Of rows, newest first, the answers that nothing has undone; an undoing that was undone itself undoes nothing."""
    undone = set()
    for row in rows:
        if row.pk in undone:
            continue
        if row.what == History.What.UNDONE:
            undone.add(row.facts.get("undoes"))
        else:
            yield row


def in_short(said, activities):
    """[(state, words)] of what was said, (activity, state) each; `activities` are all of the programme."""
    names = _names(activities)
    parts = {}
    for activity, state in said:
        parts.setdefault(state, []).append(names.get(activity.pk, str(activity)))
    return [(state, _words(state, parts[state], len(activities))) for state in State.values if state in parts]


def _names(activities):
    """{activity id: the kind, "race", where it tells the part from the others; else its title}."""
    kinds = Counter(activity.kind for activity in activities)
    return {
        activity.pk: activity.get_kind_display()
        if kinds[activity.kind] == 1 and activity.kind != Activity.Kind.OTHER
        else str(activity)
        for activity in activities
    }


def _words(state, names, of):
    parts = get_text_list(names, pgettext("between the last two of a list", "and"))
    is_everything = len(names) == of and of > 1
    patterns = {
        State.COMING: gettext("everything") if is_everything else "%(parts)s",
        State.NOT_COMING: gettext("can't come") if is_everything else gettext("not %(parts)s"),
        State.UNSURE: gettext("doesn't know yet") if is_everything else gettext("doesn't know yet: %(parts)s"),
        State.WAITING: gettext("waiting list: %(parts)s"),
    }
    return patterns.get(state, "%(parts)s") % {"parts": parts}
