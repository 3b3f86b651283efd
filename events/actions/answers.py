"""Answering: the guest's own, or given on the guest's behalf."""

from dataclasses import dataclass, field

from django.db import transaction

from ..domain.answers import Choice, Decision, State, Window, companions_follow
from ..models import Answer
from . import parties
from .settling import settle


@dataclass(frozen=True, kw_only=True)
class Given:
    """What became of an answer: the decision by slug, and the answers of others who got the places given back.

    changed are the answers that are different now, companions' included.
    """

    decisions: dict[str, Decision] = field(default_factory=dict)
    changed: list[Answer] = field(default_factory=list)
    promoted: list[Answer] = field(default_factory=list)

    @property
    def is_changed(self):
        return bool(self.changed)

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
    the order of saving; places given back go to the first in line. Companions come where the guest does: a no frees
    their places, too. Answers given by the house (by a user) are not bound by deadlines. Saying the same again
    changes nothing and writes nothing. Without `tell` the guest gets no confirmation; whoever gets a place is told all
    the same.
    """
    party = parties.gather(guest)
    if callable(chosen):
        chosen = chosen(party.open_slugs)
    said = {}
    for slug, choice in chosen.items():
        rows = party.answers.get(slug, {})
        if guest.pk in rows:
            said[slug] = {guest.pk: choice, **_for_companions(guest, rows, choice)}
    settled = settle(party, said, by=by, channel=channel, now=now, agent=agent, tell=tell)
    return Given(
        decisions={slug: decisions[guest.pk] for slug, decisions in settled.decisions.items()},
        changed=[*settled.changed, *settled.confirmed],
        promoted=settled.promoted,
    )


def _for_companions(guest, rows, choice):
    if guest.companion_of_id:
        return {}
    others = {pk: State(answer.state) for pk, answer in rows.items() if pk != guest.pk}
    return companions_follow(Choice(choice), others)
