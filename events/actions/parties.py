"""A party: a guest and the companions, with their answers, while the event's activities are locked."""

from dataclasses import dataclass, field

from django.db.models import Count, Max

from ..domain.answers import HOLDING, Standing, State
from ..models import Activity, Answer, Guest
from ..models.prepared import Prepared


class IsForgotten(Guest.DoesNotExist):
    """The guest was forgotten between being read and being locked."""


@dataclass(frozen=True, slots=True)
class Party:
    """The guest who leads it, the locked activities by id, {slug: {guest id: answer}}, the leader first, and how the
    activities stand to which they have answers, {activity id: Heads}.
    """

    leader: Guest
    activities: dict
    answers: dict = field(default_factory=dict)
    heads: dict = field(default_factory=dict)

    @property
    def open_slugs(self):
        """What the leader is invited to and can answer."""
        rows = (answers.get(self.leader.pk) for answers in self.answers.values())
        return [answer.activity.slug for answer in rows if answer and not answer.activity.is_cancelled]

    @property
    def splits(self):
        return self.leader.splits_party

    def standing(self, slug, closes_at):
        """How this activity is for the party; closes_at(activity) is the end of answers or None."""
        rows = self.answers[slug]
        activity = next(iter(rows.values())).activity
        return Standing(
            states={pk: State(answer.state) for pk, answer in rows.items()},
            capacity=activity.capacity,
            coming=self.heads[activity.pk].coming,
            waiting=self.heads[activity.pk].waiting,
            splits=self.splits,
            deadline_at=closes_at(activity),
            is_cancelled=activity.is_cancelled,
        )


@dataclass(slots=True)
class Heads:
    """How many come to an activity and wait for it, and the last number in line."""

    coming: int = 0
    waiting: int = 0
    last: int = 0

    def move(self, before, after):
        """One person's answer changes."""
        self.coming += (after == State.COMING) - (before == State.COMING)
        self.waiting += (after == State.WAITING) - (before == State.WAITING)

    def next_number(self):
        """The number at the end of the line."""
        self.last += 1
        return self.last


def _answers_with_all(leader_id):
    """What the party says, with starts and heads, in one query."""
    party = Guest.objects.party_of(leader_id).order_by()
    return Answer.objects.filter(guest__in=party).select_related("guest").with_start().with_heads()


_answers_of = Prepared(_answers_with_all, example=-1, times=2)


def lock(event_id):
    """{activity id: activity} of the event, locked in one order; whoever counts heads does so afterwards."""
    return {
        row.pk: row for row in Activity.objects.select_for_update(no_key=True).filter(event=event_id).order_by("pk")
    }


def gather(guest, activities=None):
    """The party this guest belongs to, with the event's activities locked, here or before, and then counted; two
    queries at the most, one more for a companion. Raises IsForgotten.
    """
    activities = activities or lock(guest.event_id)
    leader = guest.leader
    rows = list(_answers_of(leader.pk))
    if not activities.keys() >= {row.activity_id for row in rows}:  # a part was added while this waited for the lock
        activities, rows = lock(guest.event_id), list(_answers_of(leader.pk))
    party = Party(leader, activities)
    for answer in sorted(rows, key=lambda row: (row.guest_id != leader.pk, row.guest_id, row.pk)):
        answer.activity = activities[answer.activity_id]
        party.heads[answer.activity_id] = Heads(answer.heads_coming, answer.heads_waiting, answer.last_number)
        if answer.guest_id == leader.pk:
            if answer.guest.forgotten_at:
                raise IsForgotten
            leader.splits_party = answer.guest.splits_party  # as it is now that nobody else can change it
            answer.guest = leader
        else:
            answer.guest.companion_of = leader
        if answer.guest_id == guest.pk:
            answer.guest = guest
        party.answers.setdefault(answer.activity.slug, {})[answer.guest_id] = answer
    return party


def count(activities):
    """{activity id: Heads}, one query."""
    heads = {pk: Heads() for pk in activities}
    counted = (
        Answer.objects.filter(activity__in=activities, state__in=HOLDING)
        .order_by()
        .values_list("activity_id", "state")
        .annotate(heads=Count("pk"), last=Max("waiting_number"))
    )
    for pk, state, number, last in counted:
        if state == State.COMING:
            heads[pk].coming = number
        else:
            heads[pk].waiting, heads[pk].last = number, last
    return heads
