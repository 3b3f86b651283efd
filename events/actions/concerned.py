"""Whom a change of the programme concerns: who is told by mail, and who is not and why.

Told are those who come, wait or don't know yet, also when they want no more invitations, for they rely on what they
know; and those who have an invitation and are silent. Who said no to all of it has other plans by now, and who has
not been written to reads the new programme in the invitation.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from ..domain import differences
from ..domain.answers import State
from ..emails import reader
from ..models import Answer, Event, Invitation

OVER = frozenset({Event.State.HELD, Event.State.ARCHIVED})
RELIES = frozenset({State.COMING, State.WAITING, State.UNSURE})
GLADDEST_FIRST = (State.COMING, State.WAITING, State.UNSURE, State.NO_ANSWER, State.NOT_COMING)


@dataclass(slots=True)
class Concerned:
    """Guests with contact and invitation: those told, [(guest, reason code)] of those who are not; all heads by answer
    ({state: [guest]}, companions too); how many have a calendar file; and of those told {guest id: {activity id:
    state}}, the gladdest of each party, and {guest id: [activity ids]} that are in a calendar as an invitation.
    """

    told: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    heads: dict = field(default_factory=lambda: defaultdict(list))
    with_file: int = 0
    states: dict = field(default_factory=dict)
    asked: dict = field(default_factory=dict)

    @property
    def invitations(self):
        """How many calendar invitations are to be put right."""
        return sum(map(len, self.asked.values()))

    @property
    def mails(self):
        """How many mails go: a guest's own has one calendar invitation with it, others come by themselves."""
        return len(self.told) + self.invitations - len(self.asked)


def by_change(event, activities):
    """Concerned by a change of these parts of the event. One query at any number of guests."""
    heads, parties, asked = _answers(activities)
    concerned = Concerned()
    for guest, states in heads.items():
        concerned.heads[_gladdest(states.values())].append(guest)
        files = {pk for pk, state in states.items() if state == State.COMING} - set(asked.get(guest.pk, ()))
        concerned.with_file += bool(files) and not guest.companion_of_id
    for leader, said in parties.items():
        states = {activity: _gladdest(these) for activity, these in said.items()}
        reason = "over" if event.state in OVER else _why_not(leader, set(states.values()))
        if reason:
            concerned.left_out.append((leader, reason))
        else:
            concerned.told.append(leader)
            concerned.states[leader.pk] = states
            if leader.pk in asked:
                concerned.asked[leader.pk] = asked[leader.pk]
    return concerned


def who_notice(concerned, facts, event_now, parts_now):
    """The same, without those in whose language nothing reads differently."""
    languages = {guest.mail_language for guest in concerned.told}
    see = {
        code
        for code in languages
        if differences.is_anything(differences.remaining(facts, event_now, parts_now, reader(code)))
    }
    blind = [guest for guest in concerned.told if guest.mail_language not in see]
    told = [guest for guest in concerned.told if guest.mail_language in see]
    asked = {guest.pk: concerned.asked[guest.pk] for guest in told if guest.pk in concerned.asked}
    left_out = [*concerned.left_out, *((guest, "reads_the_same") for guest in blind)]
    return replace(concerned, told=told, left_out=left_out, asked=asked)


def _answers(activities):
    """{guest: {activity id: state}} of everybody, {who answers for a party: {activity id: {states in it}}}, and
    {guest id: [activity ids]} of those asked by calendar who have not said no.
    """
    rows = Answer.objects.filter(activity__in=[part.pk for part in activities], guest__forgotten_at=None)
    rows = rows.select_related(
        "guest__contact__company", "guest__invitation", "guest__companion_of__contact__company",
        "guest__companion_of__invitation",
    )  # fmt: skip
    heads, parties, asked = defaultdict(dict), defaultdict(lambda: defaultdict(set)), defaultdict(list)
    for row in rows.order_by("guest__sort_key", "guest", "activity"):
        heads[row.guest][row.activity_id] = row.state
        parties[row.guest.leader][row.activity_id].add(row.state)
        if row.asked_sequence is not None and row.state != State.NOT_COMING:
            asked[row.guest_id].append(row.activity_id)
    return heads, parties, asked


def _gladdest(states):
    return next(state for state in GLADDEST_FIRST if state in states)


def _why_not(guest, states):
    """The code of why this guest is not told, the plainest reason first; "" for who is."""
    relies = bool(states & RELIES)
    invitation = getattr(guest, "invitation", None)
    if not relies and State.NO_ANSWER not in states:
        return "declined"
    if invitation is None or invitation.state == Invitation.State.REVOKED:
        return "revoked"
    if not relies and invitation.state != Invitation.State.SENT:
        return "not_written"
    contact = guest.contact
    if contact is None or not contact.email:
        return "no_email"
    if contact.email_fails:
        return "bounced"
    return "unsubscribed" if contact.unsubscribed_at and not relies else ""
