"""What members of one party say is decided and stored: answers, numbers in line, who gets what was given back,
history and mails. The party is gathered in the caller's transaction.
"""

from dataclasses import dataclass, field

from ..domain.answers import HOLDING, Choice, Decision, State, Window, decide
from ..models import Answer, Event, Guest, History
from . import calendars, history, messages, parties, start_writing, waiting_list


@dataclass(kw_only=True, slots=True)
class Settled:
    """{slug: {guest id: Decision}}; the party's answers that changed, that confirmed a place from the line; and the
    answers of whoever got the places given back.
    """

    decisions: dict[str, dict[int, Decision]]
    changed: list[Answer] = field(default_factory=list)
    confirmed: list[Answer] = field(default_factory=list)
    promoted: list[Answer] = field(default_factory=list)


def settle(party, said, *, by, channel, now, agent="", tell=True, closes_at=None, notes=()):
    """Stores what is said, {slug: {guest id: Choice}}. Returns Settled.

    closes_at(activity) sets another end than that of answers in general. notes are history rows of the same deed.
    """
    event = party.leader.event
    deadline = closes_at or (lambda activity: None if by else activity.closes_at(event))
    standings = {slug: party.standing(slug, deadline) for slug in said}
    decisions = decide(standings, said, event_state=Event.State.OPEN if by else event.state, now=now)
    desk = _Desk(party, {"by": by, "channel": channel, "now": now}, agent, rows=list(notes))
    for slug, decided in decisions.items():
        desk.take(slug, said[slug], decided)
    if desk.rows:
        desk.store(tell=tell)
    return Settled(decisions=decisions, changed=desk.changed, confirmed=desk.confirmed, promoted=desk.promoted)


@dataclass(slots=True)
class _Desk:
    """Where one deed is written down: answers and heads change at once in memory, then all is stored."""

    party: parties.Party
    told: dict
    agent: str
    rows: list
    changed: list = field(default_factory=list)
    confirmed: list = field(default_factory=list)
    promoted: list = field(default_factory=list)
    freed: set = field(default_factory=set)
    starts: list = field(default_factory=list)
    fields: set = field(default_factory=lambda: {"state", "waiting_number", "answered_at"})

    def take(self, slug, said, decided):
        for pk, decision in decided.items():
            answer = self.party.answers[slug][pk]
            if decision.is_changed:
                self._change(answer, decision.state)
            elif answer.promoted_at and said[pk] == Choice.COMING and decision.window is Window.OPEN:
                self._confirm(answer)
        self._number(slug)

    def _change(self, answer, after):
        before, heads = answer.state, self.party.heads[answer.activity_id]
        heads.move(before, after)
        if before in HOLDING and after not in HOLDING:
            self.freed.add(answer.activity_id)
        if answer.promoted_at:
            self.fields.add("promoted_at")
        number = {"number": answer.waiting_number} if answer.waiting_number else {}
        if calendars.go_to(answer, after, now=self.told["now"]):
            self.fields.update(calendars.FIELDS)
        answer.waiting_number, answer.promoted_at, answer.answered_at = None, None, self.told["now"]
        facts = {"before": before, "after": after, **number} | ({"agent": self.agent} if self.agent else {})
        self._note(answer, History.What.ANSWERED, **facts)
        self.changed.append(answer)
        if after != State.COMING and start_writing.is_free_again(answer, now=self.told["now"]):
            self._note(answer, History.What.START, **start_writing.freed(answer))
            self.starts.append(answer)

    def _confirm(self, answer):
        answer.promoted_at = None
        self.fields.add("promoted_at")
        self._note(answer, History.What.CONFIRMED)
        self.confirmed.append(answer)

    def _note(self, answer, what, **facts):
        event = self.party.leader.event
        self.rows.append(history.note(event, what, guest=answer.guest, activity=answer.activity, **self.told, **facts))

    def _number(self, slug):
        """Who waits from now on stands with the rest of the party, or at the end."""
        mates = self.party.answers[slug].values()
        for answer in mates:
            if answer.state == State.WAITING and answer.waiting_number is None:
                shared = next((mate.waiting_number for mate in mates if mate.waiting_number), None)
                answer.waiting_number = None if self.party.splits else shared
                answer.waiting_number = answer.waiting_number or self.party.heads[answer.activity_id].next_number()

    def store(self, *, tell):
        """Writes it all; the places given back go to the first in line."""
        now, leader = self.told["now"], self.party.leader
        freed = {self.party.activities[pk]: self.party.heads[pk] for pk in self.freed}
        self.promoted = waiting_list.next_in_line(leader.event, freed, now=now, without=self.changed)
        if self.promoted:
            waiting_list.promote(self.promoted, now=now)
            self.fields.update(waiting_list.PLACE_FIELDS)
        answers = [*self.changed, *self.confirmed, *self.promoted]
        if answers:
            Answer.objects.bulk_update(answers, sorted(self.fields))
        start_writing.free(self.starts)
        self._mark_answered(now)
        History.objects.bulk_create([*self.rows, *waiting_list.notes(leader.event, self.promoted, now=now)])
        drafts = waiting_list.letters(self.promoted, now=now)
        if tell and leader.email:
            # One mail of the last state, a little later, so that changes in between make no second one.
            drafts.append(messages.confirmation(leader, now=now))
        messages.queue(drafts, by=self.told["by"], now=now)

    def _mark_answered(self, now):
        silent = {answer.guest.pk for answer in self.changed if answer.guest.answered_at is None}
        if not silent:
            return
        Guest.objects.filter(pk__in=silent).update(answered_at=now)
        for answer in self.changed:
            answer.guest.answered_at = answer.guest.answered_at or now
