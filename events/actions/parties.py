"""A party: a guest and the companions, with their answers, while the event's activities are locked."""

from dataclasses import dataclass

from django.db.models import Count, Max

from ..domain.answers import HOLDING, Standing, State
from ..models import Activity, Answer, Guest


class IsForgotten(Guest.DoesNotExist):
    """The guest was forgotten between being read and being locked."""


@dataclass(frozen=True, slots=True)
class Party:
    """The guest who leads it, the locked activities by id, and {slug: {guest id: answer}}, the leader first."""

    leader: Guest
    activities: dict
    answers: dict

    @property
    def open_slugs(self):
        """What the leader is invited to and can answer."""
        rows = (answers.get(self.leader.pk) for answers in self.answers.values())
        return [answer.activity.slug for answer in rows if answer and not answer.activity.is_cancelled]

    @property
    def splits(self):
        return self.leader.splits_party

    def standing(self, slug, heads, closes_at):
        """How this activity is for the party; heads by activity id, closes_at(activity) the end of answers or None."""
        rows = self.answers[slug]
        activity = next(iter(rows.values())).activity
        return Standing(
            states={pk: State(answer.state) for pk, answer in rows.items()},
            capacity=activity.capacity,
            coming=heads[activity.pk].coming,
            waiting=heads[activity.pk].waiting,
            splits=self.splits,
            deadline_at=closes_at(activity),
            is_cancelled=activity.is_cancelled,
        )


def lock(event_id):
    """{activity id: activity} of the event, locked in one order; whoever counts heads does so afterwards."""
    return {
        row.pk: row for row in Activity.objects.select_for_update(no_key=True).filter(event=event_id).order_by("pk")
    }


def gather(guest, activities=None):
    """The party this guest belongs to, with the event's activities locked, here or before; two queries at the most,
    one more for a companion. Raises IsForgotten.
    """
    activities = activities or lock(guest.event_id)
    leader = guest.leader
    party = Party(leader, activities, {})
    rows = Answer.objects.filter(guest__in=Guest.objects.party_of(leader.pk).order_by())
    rows = rows.select_related("guest").with_start()
    for answer in sorted(rows, key=lambda row: (row.guest_id != leader.pk, row.guest_id, row.pk)):
        answer.activity = activities[answer.activity_id]
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
