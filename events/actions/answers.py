"""Answering: the guest's own, or given on the guest's behalf."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Max

from ..domain.answers import Decision, Standing, State, Window, decide
from ..models import Activity, Answer, Event, Guest, History
from . import history, messages, waiting_list


@dataclass(frozen=True, kw_only=True)
class Given:
    """What became of an answer: the decision by slug, and the answers of others who got the places given back."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    promoted: list[Answer] = field(default_factory=list)

    @property
    def is_changed(self):
        return any(decision.is_changed for decision in self.decisions.values())

    @property
    def shut(self):
        """{slug: why} for what could not be answered (any more)."""
        return {
            slug: decision.window for slug, decision in self.decisions.items() if decision.window is not Window.OPEN
        }

    @property
    def is_shut(self):
        """Whether not one of the answers could be taken."""
        return bool(self.decisions) and len(self.shut) == len(self.decisions)


@transaction.atomic
def give(guest, chosen, *, by, channel, now, agent="", tell=True):
    """Stores what the guest says to each activity, {slug: Choice}; the rest stays as it was.

    `chosen` may also be a function of the slugs that can be answered, which gives the choices or raises.

    The last place goes to one: the activities are locked, then counted. Whoever finds no place waits in line, in
    the order of saving; places given back go to the first in line. Answers given by the house (by a user) are
    not bound by deadlines. Saying the same again changes nothing and writes nothing. Without `tell` the guest gets no
    confirmation; whoever gets a place is told all the same.
    """
    activities = {
        row.pk: row for row in Activity.objects.select_for_update().filter(event=guest.event_id).order_by("pk")
    }
    answers = {activities[row.activity_id].slug: row for row in Answer.objects.filter(guest=guest)}
    for answer in answers.values():
        answer.activity = activities[answer.activity_id]
    lines = _lines(activities)
    standings = {slug: _standing(answer, lines, guest.event, by) for slug, answer in answers.items()}
    if callable(chosen):
        chosen = chosen([slug for slug, answer in answers.items() if not answer.activity.is_cancelled])
    chosen = {slug: choice for slug, choice in chosen.items() if slug in answers}
    state = Event.State.OPEN if by else guest.event.state
    decisions = decide(standings, chosen, event_state=state, now=now)
    changed = {slug: answers[slug] for slug, decision in decisions.items() if decision.is_changed}
    if not changed:
        return Given(decisions=decisions)
    promoted = _store(guest, changed, decisions, lines, by=by, channel=channel, now=now, agent=agent, tell=tell)
    return Given(decisions=decisions, promoted=promoted)


def _lines(activities):
    """{activity id: [coming, waiting, last number in line]}, one query."""
    lines = {pk: [0, 0, 0] for pk in activities}
    counted = (
        Answer.objects.filter(activity__in=activities, state__in=[State.COMING, State.WAITING])
        .order_by()
        .values("activity_id", "state")
        .annotate(heads=Count("pk"), last=Max("waiting_number"))
    )
    for row in counted:
        line = lines[row["activity_id"]]
        line[row["state"] == State.WAITING] = row["heads"]
        line[2] = max(line[2], row["last"] or 0)
    return lines


def _standing(answer, lines, event, by):
    activity = answer.activity
    coming, waiting, _last = lines[activity.pk]
    return Standing(
        state=State(answer.state),
        capacity=activity.capacity,
        coming=coming,
        waiting=waiting,
        deadline_at=None if by else activity.closes_at(event),
        is_cancelled=activity.is_cancelled,
    )


def _store(guest, changed, decisions, lines, *, by, channel, now, agent, tell):
    """Writes the changed answers, who gets the places given back (returned), the history and the mails."""
    rows, released = [], []
    for slug, answer in changed.items():
        before, answer.state = answer.state, decisions[slug].state
        line = lines[answer.activity_id]
        if before == State.COMING:
            line[0] -= 1
            released.append(answer.activity)
        if answer.state == State.WAITING:
            line[2] += 1
        answer.waiting_number = line[2] if answer.state == State.WAITING else None
        answer.answered_at = now
        facts = {"before": before, "after": answer.state} | ({"agent": agent} if agent else {})
        rows.append(
            history.note(
                guest.event, History.What.ANSWERED, by=by, channel=channel, now=now, guest=guest,
                activity=answer.activity, **facts,
            )
        )  # fmt: skip
    promoted = waiting_list.next_in_line(
        {activity: (lines[activity.pk][0], lines[activity.pk][1]) for activity in released}
    )
    Answer.objects.bulk_update(
        [*changed.values(), *waiting_list.promote(promoted)], ["state", "waiting_number", "answered_at"]
    )
    if guest.answered_at is None:
        Guest.objects.filter(pk=guest.pk).update(answered_at=now)
        guest.answered_at = now
    History.objects.bulk_create([*rows, *waiting_list.notes(promoted, now=now)])
    drafts = [*(_confirmation(guest, now) if tell else ()), *waiting_list.letters(promoted, now=now)]
    messages.queue(drafts, by=by, now=now)
    return promoted


def _confirmation(guest, now):
    """One mail of the last state, a little later, so that changes in between make no second one."""
    return [messages.confirmation(guest.reader, now=now)] if guest.reader else []
