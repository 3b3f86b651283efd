"""Calendar invitations that go with a letter: to one guest, about one activity (RFC 5546 §3.2: one UID a message)."""

from dataclasses import dataclass

from ..domain import differences, letters
from ..domain.answers import State
from ..domain.calendars import Asking, Person, cancel, request
from ..models import Letter
from ..models.entries import entry
from .changes import as_it_was, news

PARTSTATS = {
    State.NO_ANSWER: "NEEDS-ACTION", State.COMING: "ACCEPTED", State.NOT_COMING: "DECLINED",
    State.UNSURE: "TENTATIVE", State.WAITING: "TENTATIVE",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invite:
    """REQUEST or CANCEL with its bytes, and which revision of the entry of which activity it is."""

    method: str
    body: bytes
    activity_id: int
    sequence: int


def is_asked(answer):
    """Whether the entry is in the guest's calendar as an invitation, so that no file of it may go along."""
    return answer.asked_sequence is not None


def invite_for(kind, guest, edition, answers, content, *, now, us, activity_id=None, facts=None):
    """The Invite that goes with this letter, or None. us is our own address, to which a program reads replies."""
    facts = facts or {}
    about = _Asker(guest, edition, content, us, now)
    if "entry" in facts:
        return about.withdraw(facts["entry"])
    own = {answer.activity_id: answer for answer in answers if not edition.activities[answer.activity_id].is_cancelled}
    if differences.is_kept(facts):
        answer = next((row for row in answers if row.activity_id == facts.get("calendar")), None)
        return about.change(answer, news(facts, edition, answers, content["language"]), facts) if answer else None
    if kind == Letter.Kind.CALENDAR:
        return about.ask(own[activity_id]) if activity_id in own else None
    asked = [row for row in own.values() if is_asked(row) and activity_id in (None, row.activity_id)]
    is_answer = kind in (Letter.Kind.CONFIRMATION, Letter.Kind.PROMOTED)
    return about.ask(asked[0]) if is_answer and len(asked) == 1 else None


@dataclass(slots=True)
class _Asker:
    guest: object
    edition: object
    content: dict
    us: str
    now: object

    def ask(self, answer, partstat=None):
        """REQUEST with where the guest stands; the same revision again where only the answer is new."""
        activity = self.edition.activities[answer.activity_id]
        made = self._entry(answer, activity)
        partstat = partstat or PARTSTATS[answer.state]
        return Invite("REQUEST", request(made, self._asking(partstat)), activity.pk, answer.sequence)

    def change(self, answer, left, facts):
        """What follows a change: a REQUEST that asks anew where the time is another, a CANCEL with the old times."""
        pk = str(answer.activity_id)
        if not left["event"] and pk not in left["parts"]:
            return None
        activity, old = self.edition.activities[answer.activity_id], facts["parts"].get(pk, {})
        if activity.is_cancelled or self.edition.event.is_cancelled:
            made = self._entry(answer, as_it_was(activity, old))
            return Invite("CANCEL", cancel(made, self._asking(PARTSTATS[answer.state])), activity.pk, answer.sequence)
        moved = differences.moves(left["parts"].get(pk, {}))
        return self.ask(answer, "NEEDS-ACTION" if moved else None)

    def withdraw(self, kept):
        """CANCEL of an entry whose answer may be gone: what it was stands in the mail's facts."""
        activity = self.edition.activities[kept["activity"]]
        was = as_it_was(activity, {name: kept[name] for name in ("starts_at", "ends_at")})
        answer = _Kept(was, kept["uid"], kept["sequence"], differences.moment(kept["stamped_at"]))
        made = entry(answer, event=self.edition.event, language=self.content["language"])
        return Invite("CANCEL", cancel(made, self._asking("NEEDS-ACTION")), activity.pk, kept["sequence"])

    def _entry(self, answer, activity):
        answer.activity = activity
        return entry(answer, event=self.edition.event, language=self.content["language"])

    def _asking(self, partstat):
        return Asking(
            organizer=Person(name=self.content["from_name"], address=self.us),
            attendee=Person(name=letters.without_urls(self.guest.name), address=self.guest.email),
            partstat=partstat,
            made_at=self.now,
        )


@dataclass(slots=True)
class _Kept:
    activity: object
    uid: str
    sequence: int
    stamped_at: object
    state: str = ""
