"""Mails about the programme: one open row per guest, which holds what was so when the guest was told last.

It waits a little. A further change goes into it; a change that is taken back takes it back, too. Whoever claims it
closes its key, and the next change opens a new one. A calendar invitation is put right by the same mail; where more
than one is, the others by a mail of their own, for a message may hold only one (RFC 5546 §3.2).
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Q

from ..domain import differences
from ..emails import new_message_id, reader
from ..models import Activity, Event, History, Letter, Message
from . import history
from .concerned import by_change, who_notice
from .messages import ANEW, PROGRAMME_KEY, calendar_key, stop

BATCH = 500
State = Message.State


@dataclass(frozen=True, slots=True)
class Telling:
    """That guests are told, with the organiser's own sentence as {language: text}."""

    words: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Told:
    """How many mails wait to be sent after a change, and how many were taken back before they left."""

    waiting: int = 0
    taken_back: int = 0


def tell(event, parts, facts, telling, *, by, channel, now):
    """Writes to whom a change of these parts concerns; without telling to nobody. Returns facts for the history.

    The event is locked, and what is so now is stored already.
    """
    if telling is None or not reaches(event, facts):
        return {}
    now_so = _as_it_is(event)
    concerned = who_notice(by_change(event, parts), facts, *now_so)
    told = _write(event, concerned, facts, telling, now_so, by=by, channel=channel, now=now)
    return {"told": told.waiting, "taken_back": told.taken_back}


def reaches(event, facts):
    """Whether guests hear of such a change at all: of an event that is off only that it is on again."""
    return bool(facts["event"]) or (differences.is_anything(facts) and event.state != Event.State.CANCELLED)


def _write(event, concerned, facts, telling, now_so, *, by, channel, now):
    """One open row for everybody who is told; rows with nothing left to tell are taken back. Returns Told."""
    desk = _Desk(event, telling, now_so, {"by": by, "now": now})
    before = _open(event, concerned.told)
    for guest in sorted(concerned.told, key=lambda guest: guest.pk):  # everybody locks in the same order
        heard = _heard(facts, concerned.states[guest.pk])
        desk.take(guest, before.get(guest.pk, ()), heard, concerned.asked.get(guest.pk, ()))
    _stop(desk.superseded, "superseded")
    taken_back = stop(Message.objects.filter(pk__in=desk.back), "taken_back") if desk.back else 0
    if desk.back_of:
        stop(_updates().filter(guest__in=desk.back_of, state=State.QUEUED), "taken_back")
    Message.objects.bulk_create(
        [*desk.rows, *desk.updates], batch_size=BATCH, update_conflicts=True, unique_fields=["guest", "key"],
        update_fields=ANEW,
    )  # fmt: skip
    new = [row for row in desk.rows if row.guest_id not in before]
    notes = (
        history.note(
            event, History.What.MAIL_QUEUED, by=by, channel=channel, now=now, guest=row.guest, letter=str(row.letter)
        )
        for row in new
    )
    History.objects.bulk_create(notes, batch_size=BATCH)
    return Told(len(desk.rows) + len(desk.updates), taken_back)


@dataclass(slots=True)
class _Desk:
    """Where the mails about one change are written, before they are stored."""

    event: Event
    telling: Telling
    now_so: tuple
    how: dict
    rows: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    back: list = field(default_factory=list)
    back_of: list = field(default_factory=list)
    superseded: list = field(default_factory=list)

    def take(self, guest, old, heard, asked):
        """One guest: the rows that wait already, what is news, and the parts that are in a calendar as invitations."""
        kept = _merged(old, heard)
        left = self._left(guest, kept)
        self.superseded += [row.pk for row in old if row.key != PROGRAMME_KEY]
        if not differences.is_anything(left):
            self.back += [row.pk for row in old if row.key == PROGRAMME_KEY]
            self.back_of.append(guest.pk)
            return
        changed = [pk for pk in asked if heard["event"] or str(pk) in heard["parts"]]
        with_mail = kept.get("calendar") or next(iter(changed), None)
        self.rows.append(self._row(guest, {**kept, **({"calendar": with_mail} if with_mail else {})}, PROGRAMME_KEY))
        for pk in changed:
            if pk != with_mail:
                alone = {"event": kept["event"], "parts": {str(pk): kept["parts"].get(str(pk), {})}, "calendar": pk}
                self.updates.append(self._row(guest, {**alone, "is_alone": True}, calendar_key(pk), activity_id=pk))

    def _left(self, guest, facts):
        return differences.remaining(facts, *self.now_so, reader(guest.mail_language))

    def _row(self, guest, facts, key, **about):
        left = self._left(guest, facts)
        letter = Letter.Kind.CANCELLATION if differences.is_end(left, *self.now_so) else Letter.Kind.CHANGE
        return Message(
            guest=guest, event_id=self.event.pk, letter=letter, key=key, language=guest.mail_language,
            facts={**facts, "words": self.telling.words}, created_at=self.how["now"], queued_by=self.how["by"],
            due_at=leaves_at(self.how["now"]), message_id=new_message_id(), **about,
        )  # fmt: skip


def waiting_words(event):
    """The organiser's own sentence in the mails that have not left yet, {language: text}."""
    rows = Message.objects.filter(event=event, key=PROGRAMME_KEY, state=State.QUEUED).order_by("-created_at", "-pk")
    facts = rows.values_list("facts", flat=True).first()
    return facts.get("words", {}) if facts else {}


def leaves_at(at):
    """When a mail leaves that is written now; until then it can be taken back."""
    return at + timedelta(seconds=settings.CHANGES_WAIT_SECONDS)


def fate(event, at):
    """{state: how many} of the mails that were written or renewed at that moment."""
    ours = Q(key__startswith=PROGRAMME_KEY) | Q(key__startswith=calendar_key(""))
    rows = Message.objects.filter(ours, event=event, created_at=at).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def _as_it_is(event):
    """What is so now: (values of the event, {activity id: values})"""
    parts = Activity.objects.filter(event=event)
    event = Event.objects.get(pk=event.pk)
    return differences.of_event(event), {part.pk: differences.of_part(part) for part in parts}


def _open(event, guests):
    """{guest id: [rows that wait to be sent, or have never been]}, locked, so that no worker sends them meanwhile."""
    is_open = Q(key=PROGRAMME_KEY) | Q(key__startswith=f"{PROGRAMME_KEY}#", state=State.QUEUED)
    rows = Message.objects.select_for_update(no_key=True).filter(is_open, event=event).order_by("guest", "pk")
    wanted, found = {guest.pk for guest in guests}, {}
    for row in rows.only("guest", "key", "facts"):
        if row.guest_id in wanted:
            found.setdefault(row.guest_id, []).append(row)
    return found


def _heard(facts, parts):
    """Of the facts, what concerns somebody who is invited to these parts and has not said no to them."""
    heard = {pk: old for pk, old in facts["parts"].items() if int(pk) in parts}
    return {**facts, "parts": heard}


def _merged(rows, facts):
    """What was so before the first change that has not been told; rows are those that say it, the oldest first."""
    calendar = {}
    for row in reversed(rows):
        facts = differences.merged(row.facts, facts)
        calendar = {"calendar": row.facts["calendar"]} if "calendar" in row.facts else calendar
    return {**facts, **calendar}


def _updates():
    """Mails that put a calendar invitation right, beside the one that tells of the change."""
    return Message.objects.filter(
        letter__in=(Letter.Kind.CHANGE, Letter.Kind.CANCELLATION), key__startswith=calendar_key("")
    )


def _stop(ids, code):
    """These rows, whose keys are closed, do not leave."""
    if ids:
        Message.objects.filter(pk__in=ids).update(state=State.STOPPED, error_code=code)
