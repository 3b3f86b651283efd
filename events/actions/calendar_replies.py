"""A calendar's reply becomes the guest's answer, or waits for a person to decide.

The UID in it is secret and names guest and activity; the reply counts when it speaks for the guest's own address and
comes from there. Whatever else is in it is not looked at.
"""

from ..domain.addresses import email_key
from ..domain.answers import Window
from ..domain.replies import Attendee, Method
from ..models import Answer, Event, History, Invitation, Received
from . import answers, calendar_invitations, history, late, messages, parties, voices
from .outcomes import Outcome, ignored

State = Received.State
MAIL = History.Channel.MAIL
LONGEST_WORD = 2000
_STILL_DECIDED = {Window.DEADLINE_PASSED, Window.CLOSED}  # kept for the organisers, as on the guest's page
_SHUT = {Event.State.DRAFT, Event.State.HELD, Event.State.ARCHIVED, Event.State.CANCELLED}


def take(found, *, now):
    """[Outcome], one per entry the reply is to; in the caller's transaction."""
    said = {each.uid: each for each in found.calendar.said}
    known = Answer.objects.filter(uid__in=said, guest__forgotten_at=None).order_by("activity__event", "pk")
    places = list(known.values_list("uid", "activity__event"))
    if not places:
        return [ignored("unknown_uid")]
    return [_one(found, said[uid], event_id, now) for uid, event_id in places]


def _one(found, said, event_id, now):
    """What one entry's reply comes to, decided while nobody else can answer."""
    parties.lock(event_id)
    rows = Answer.objects.select_related(
        "activity", "guest__event", "guest__contact__host", "guest__invitation", "guest__companion_of"
    )
    answer = rows.filter(uid=said.uid, guest__forgotten_at=None).first()
    if answer is None:
        return ignored("unknown_uid")
    reply = _Reply(found, said, answer, now)
    if found.calendar.method is Method.REFRESH:
        return reply.refreshed()
    return reply.outcome()


class _Reply:
    """One reply to one entry, and the answer it is about."""

    def __init__(self, found, said, answer, now):
        self.found, self.said, self.answer, self.now = found, said, answer, now
        self.guest, self.activity = answer.guest, answer.activity
        self.stamped_at = min(
            said.stamped_at or found.mail.dated_at or now, now
        )  # a clock that runs ahead wins nothing
        mine = [each for each in said.attendees if self._is_guests(each.address)]
        self.speaks_for_guest = bool(mine)
        self.attendee = next(iter(mine or said.attendees), Attendee("", "NEEDS-ACTION"))

    def outcome(self):
        if reason := self._why_nothing_to_do():
            return ignored(reason, **self._about())
        if reason := self._why_held():
            return self._held(reason)
        if reason := self._why_out_of_date():
            return ignored(reason, **self._about())
        if self.said.sequence < self.answer.programme_sequence:  # later revisions are the guest's own doing
            return self._held("older_revision")
        return self._given()

    def refreshed(self):
        """The guest's calendar lost the entry: the guest gets again what there is to get."""
        if not self._is_guests(self.found.mail.sender):
            return ignored("other_address", **self._about())
        if self.answer.asked_sequence is not None and self.answer.state != Answer.State.NOT_COMING:
            calendar_invitations.again(self.answer, by=None, now=self.now)
        else:
            letter = messages.confirmation if self.guest.answered_at else messages.link_again
            messages.queue([letter(self.guest, now=self.now)], by=None, now=self.now)
        return Outcome(state=State.APPLIED, reason="sent_again", **self._about())

    def _is_guests(self, address):
        return bool(address and self.guest.email) and email_key(address) == email_key(self.guest.email)

    def _about(self):
        return {"guest": self.guest, "activity": self.activity}

    def _why_nothing_to_do(self):
        if self.guest.event.state in _SHUT:
            return str(self.guest.event.state)
        if self.activity.is_cancelled:
            return "cancelled"
        if self.attendee.partstat != "DELEGATED" and self.attendee.choice is None:
            return "no_answer"
        return ""

    def _why_held(self):
        """Why a person decides; the first reason is told."""
        reasons = {
            "other_address": not self.speaks_for_guest or not self._is_guests(self.found.mail.sender),
            "not_vouched_for": not self.found.is_vouched_for,
            "delegated": self.attendee.partstat == "DELEGATED",
            "withdrawn": self._is_withdrawn(),
        }
        return next((reason for reason, is_so in reasons.items() if is_so), "")

    def _is_withdrawn(self):
        """Companions have no invitation of their own, and no address either."""
        invitation = getattr(self.guest, "invitation", None)
        return invitation is None or invitation.state == Invitation.State.REVOKED

    def _why_out_of_date(self):
        """A newer reply has been taken, or the guest, or somebody of ours, has said something since."""
        last = (self.answer.replied_sequence, self.answer.replied_stamp_at)
        if None not in last and (self.said.sequence, self.stamped_at) < last:
            return "out_of_order"
        said_at = self.answer.answered_at
        return "answered_later" if said_at and said_at > self.stamped_at and not self._said_by_mail() else ""

    def _said_by_mail(self):
        """Whether the answer that stands came from the calendar itself, when it was read and not when it was said."""
        told = History.objects.filter(
            guest=self.guest, activity=self.activity, what__in=[History.What.ANSWERED, History.What.UNDONE]
        )
        return told.order_by("-pk").values_list("channel", "by").first() == (MAIL, None)

    def _facts(self):
        choice = self.attendee.choice
        said = {"sequence": self.said.sequence, "stamped_at": self.stamped_at.isoformat()}
        return said | ({"choice": str(choice)} if choice else {"partstat": self.attendee.partstat})

    def _held(self, reason):
        """Kept with who it seems to be from; another that waits from the same sender is out of date."""
        sender, facts = self.found.mail.sender, self._facts()
        if not self.speaks_for_guest and self.attendee.address:
            facts["attendee"] = self.attendee.address
        if self.attendee.delegated_to:
            facts["delegated_to"] = self.attendee.delegated_to
        waiting = Received.objects.filter(state=State.HELD, sender=sender, **self._about())
        waiting.update(state=State.IGNORED, reason="out_of_order", sender="", facts={})
        self._note(History.What.REPLY_HELD, reason=reason)
        return Outcome(state=State.HELD, reason=reason, sender=sender, facts=facts, **self._about())

    def _given(self):
        chosen = {self.activity.slug: self.attendee.choice}
        given = answers.give(self.guest, chosen, by=None, channel=MAIL, now=self.now)
        window = given.decisions[self.activity.slug].window
        if window in _STILL_DECIDED:
            self._keep_wish(chosen)
            state, reason = State.LATE, "after_deadline"
        elif window is not Window.OPEN:
            return ignored(str(window), **self._about())
        else:
            state, reason = State.APPLIED, ""
        remember_reply(self.answer, sequence=self.said.sequence, stamped_at=self.stamped_at)
        self._keep_word()
        return Outcome(state=state, reason=reason, facts=self._facts(), **self._about())

    def _keep_wish(self, chosen):
        """For the organisers; and the guest, who sees no page, is told by mail that it is noted."""
        if late.remember(self.guest, chosen, channel=MAIL, now=self.now):
            messages.queue([messages.confirmation(self.guest, now=self.now)], by=None, now=self.now)

    def _keep_word(self):
        """What the guest wrote beside the answer, in the field calendars have for it, is a word to the host."""
        if self.said.comment:
            voices.say(self.guest, self.said.comment[:LONGEST_WORD], by=None, channel=MAIL, now=self.now)

    def _note(self, what, **facts):
        history.record(
            self.guest.event, what, by=None, channel=MAIL, now=self.now, guest=self.guest, activity=self.activity,
            **facts,
        )  # fmt: skip


def remember_reply(answer, *, sequence, stamped_at):
    """What was said last by the guest's calendar: older replies are out of date from now on."""
    Answer.objects.filter(pk=answer.pk).update(replied_sequence=sequence, replied_stamp_at=stamped_at)
