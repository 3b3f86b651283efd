"""Delivering what is due: claim a row, commit, send, record. Over SMTP a mail cannot be sent exactly once; here it is
never sent twice by itself, and what nobody can know is shown as uncertain.

A worker composes from rows at most STALE old and opens the connection; then it claims with a conditional update, in
which the row gets its content and closes its key. A crash before that leaves `queued`; a crash after it leaves
`sending`, which becomes `uncertain` when the lease runs out.
"""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from .. import emails
from ..domain import letters
from ..domain.delivery import Fate, NotTaken, Step, judge, wait_before_retry
from ..models import Letter, Message
from . import batches, bounces, claims, postbox
from .lines import line_to
from .messages import REPEATING

BATCH = 100
STALE = timedelta(seconds=10)
SILENCES = 2  # so many mails without a reply in a row, and the server is taken to be ill
State = Message.State
UNWRITABLE = {
    emails.NoText: "no_text",
    letters.UnknownPlaceholder: "unknown_placeholder",
    letters.HasLineBreak: "line_break_in_header",
}
log = logging.getLogger("vertskap.delivery")


@dataclass(slots=True)
class Delivered:
    """What became of the mails of one run. alarm is the code of what somebody must mend, else ""; is_capped, whether
    mails that are due wait for the hour to pass.
    """

    sent: int = 0
    failed: int = 0
    deferred: int = 0
    uncertain: int = 0
    stopped: int = 0
    alarm: str = ""
    is_capped: bool = False

    @property
    def total(self):
        return self.sent + self.failed + self.deferred + self.uncertain + self.stopped


class ServerIsAway(Exception):
    """Nothing more can be sent now; carries the verdict on the connection."""

    def __init__(self, verdict):
        super().__init__(verdict.code)
        self.verdict = verdict


def deliver(limit=None, *, clock=None, connection=None, should_stop=lambda: False, tell=lambda done: None):
    """Sends what is due, at most so many, one at a time; tell(Delivered) after each batch.

    Ends early, between two mails, when should_stop() is true. Must not be called inside a transaction.
    """
    clock = clock or (lambda: timezone.now())
    run = _Run(line_to(connection), clock, Delivered(uncertain=claims.reap(now=clock())))
    handled = 0
    try:
        while (limit is None or handled < limit) and not should_stop():
            queued = batches.due(BATCH if limit is None else min(BATCH, limit - handled), now=clock())
            let_through, ids = postbox.let_through(queued, now=clock())
            if not ids:
                run.done.is_capped = bool(queued)
                break
            handled += run.through(batches.load(ids, now=clock()), let_through, should_stop)
            tell(run.done)
    except ServerIsAway as away:
        run.put_off(away.verdict, None if limit is None else limit - handled)
    finally:
        if connection is None:
            run.line.close()
    return run.done


class _Run:
    """One run of deliver: the line, the clock, and what has been done."""

    def __init__(self, line, clock, done):
        self.line, self.clock, self.done, self.silences = line, clock, done, 0
        self.invited, self.box, self.left = [], None, 0

    def through(self, batch, let_through, should_stop):
        """Sends a batch while it is fresh. Returns how many rows it dealt with."""
        read_at, handled, self.left = self.clock(), 0, 0
        self.box = self.box or postbox.seen()
        try:
            for message in batch.messages:
                if handled and (should_stop() or self.clock() - read_at > STALE):
                    break
                self.one(message, batch)
                handled += 1
        finally:
            postbox.give_back(let_through, self.left, now=self.clock())
            if self.invited:
                claims.mark_invited(self.invited)
                self.invited = []
        return handled

    def one(self, message, batch):
        """One mail, from the question whether it is still right to the record of its fate."""
        reason = batch.unwanted(message)
        if reason:
            self.done.stopped += claims.leave_queue(message, state=State.STOPPED, error_code=reason)
            return
        try:
            content, to, parcel, invite = self._written(message, batch)
        except tuple(UNWRITABLE) as error:
            self.done.failed += claims.leave_queue(message, state=State.FAILED, error_code=UNWRITABLE[type(error)])
            return
        except Exception:  # a fault of ours must neither lose this mail nor keep all others waiting
            log.exception("A mail cannot be written")
            waiting, given_up = claims.put_off([message.pk], "unwritable", now=self.clock())
            self.done.deferred += waiting
            self.done.failed += given_up
            return
        self._open()
        if claims.claim(message, content, to, now=self.clock()):
            self.left += 1
            if invite:
                claims.mark_asked(message, invite)
            self._send(message, parcel)

    def put_off(self, verdict, limit):
        """The server cannot be used: all that is due waits, marked with the reason, and the alarm tells of it."""
        postbox.sound(verdict.code, now=self.clock())
        if verdict.fate is Fate.HELD:
            log.error("No mail can be sent: %s. Look at EMAIL_URL and FROM_EMAIL.", verdict.code)
            self.done.alarm = verdict.code
            self.done.deferred += claims.hold(verdict.code, now=self.clock())
            return
        log.warning("The mail server cannot be reached: %s", verdict.code)
        now = self.clock()
        due = list(Message.objects.due(now).values_list("pk", flat=True)[:limit])
        waiting, given_up = claims.put_off(due, verdict.code, now=now)
        self.done.deferred += waiting
        self.done.failed += given_up

    def _written(self, message, batch):
        """(content to store, address, parcel to send, Invite in it). The links are in the parcel only (S2)."""
        guest, edition, answers = message.guest, batch.edition(message), batch.answers[message.guest_id]
        about = message.activity_id
        content = emails.compose(
            emails.text_kind(message.letter, guest, answers), guest, edition, answers, now=self.clock(),
            places=batch.places.get(guest.pk), activity_id=about, said=batch.said.get(message.pk, ()),
            facts=message.facts, wishes=batch.wishes.get(message.pk), ahead=batch.ahead,
        )  # fmt: skip
        link, unsubscribe_url = emails.links_in(message.letter, guest)
        inside = emails.photos_inside(content, guest)
        rendered = emails.render(
            content, link=link, unsubscribe_url=unsubscribe_url, inside=emails.in_mail(inside, message.message_id)
        )  # fmt: skip
        files = emails.calendar_files(
            message.letter, guest, edition, answers, content["language"], activity_id=about, facts=message.facts
        )
        comes_anyhow = message.letter in REPEATING or emails.is_news(message.facts)  # whatever one clicks
        one_click = "" if comes_anyhow else unsubscribe_url
        to = batch.to(message)
        invite = None
        if message.pk not in batch.wishes:  # what came late waits for a person: the calendar is not asked again
            invite = emails.invite_for(
                message.letter, guest, edition, answers, content, now=self.clock(), us=emails.our_address(),
                activity_id=about, facts=message.facts,
            )  # fmt: skip
        mail = emails.envelope(
            content, rendered, to=to, message_id=message.message_id, unsubscribe_url=one_click, files=files,
            invite=invite, inside=inside,
        )  # fmt: skip
        return content, to, self.line.parcel(mail, emails.return_path(message.pk)), invite

    def _open(self):
        try:
            self.line.open()
        except NotTaken as refusal:
            raise ServerIsAway(judge(refusal)) from None

    def _send(self, message, parcel):
        try:
            provider_id = self.line.send(parcel)
        except NotTaken as refusal:
            self._not_taken(message, refusal)
            return
        self.silences = 0
        named = {"provider_id": provider_id[:120]} if provider_id else {}
        self.done.sent += claims.record(message, state=State.SENT, sent_at=self.clock(), **named)
        self._all_is_well(message)
        if message.letter == Letter.Kind.INVITATION:
            self.invited.append(message.guest_id)

    def _all_is_well(self, message):
        """The server takes mails, and this letter: what was said to the contrary is over."""
        self._is_reached()
        if postbox.is_refused(self.box, message):
            postbox.take(message)
            self.box = postbox.seen()

    def _is_reached(self):
        """The server speaks with us as it should."""
        if self.box.alarm:
            postbox.all_clear()
            self.box.alarm = ""

    def _not_taken(self, message, refusal):
        verdict = judge(refusal)
        self.silences = self.silences + 1 if refusal.reply is None and not refusal.verdict else 0
        self.left -= verdict.fate is not Fate.UNCERTAIN
        self._FATES[verdict.fate](self, message, verdict)
        if refusal.step in (Step.CONNECT, Step.LOGIN):
            raise ServerIsAway(verdict)
        if self.silences >= SILENCES:
            raise ServerIsAway(judge(NotTaken(Step.CONNECT, was_silent=refusal.was_silent)))

    def _held(self, message, verdict):
        claims.record(message, state=State.QUEUED, error_code=verdict.code, attempts=message.attempts - 1)
        raise ServerIsAway(verdict)

    def _later(self, message, verdict):
        wait = wait_before_retry(message.attempts)
        if wait is None:
            self._give_up(message, verdict)
            return
        due_at = self.clock() + wait
        self.done.deferred += claims.record(message, state=State.QUEUED, error_code=verdict.code, due_at=due_at)

    def _give_up(self, message, verdict):
        if verdict.is_servers_word:
            self._refused(message, bounces.Kind.OTHER, replace(verdict, code="gave_up"))
        else:
            self.done.failed += claims.record(message, state=State.FAILED, error_code="gave_up")

    def _uncertain(self, message, verdict):
        self.done.uncertain += claims.record(message, state=State.UNCERTAIN, error_code=verdict.code)

    def _failed(self, message, verdict):
        if not verdict.is_letter_refused:
            self._is_reached()
            self._refused(message, bounces.KINDS[verdict.code], verdict)
            return
        self.done.failed += claims.record(message, state=State.FAILED, error_code=verdict.code)
        if message.letter not in REPEATING | emails.TO_THE_HOUSE:
            self.done.stopped += claims.stop_campaign(message, now=self.clock())
            postbox.refuse(message, now=self.clock())
            self.box = postbox.seen()

    def _refused(self, message, kind, verdict):
        self.done.failed += claims.record_refusal(
            message, kind, code=verdict.code, status=verdict.status, now=self.clock()
        )

    _FATES = {Fate.HELD: _held, Fate.LATER: _later, Fate.UNCERTAIN: _uncertain, Fate.FAILED: _failed}
