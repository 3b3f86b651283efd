"""Mails about the programme: one open row per guest, which holds what was so when the guest was told last.

It waits a little. A further change goes into it; a change that is taken back takes it back, too. Whoever claims it
closes its key, and the next change opens a new one.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast, Concat

from ..domain import differences
from ..emails import new_message_id
from ..models import Activity, Event, History, Letter, Message
from . import history
from .concerned import by_change
from .messages import PROGRAMME_KEY

BATCH = 500
_ANEW = (
    "letter", "language", "state", "created_at", "queued_by", "due_at", "lease_until", "attempts", "message_id",
    "facts", "to_address", "subject", "content", "sent_at", "error_code",
)  # fmt: skip
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
    told = write(event, by_change(event, parts), facts, telling, by=by, channel=channel, now=now)
    return {"told": told.waiting, "taken_back": told.taken_back}


def reaches(event, facts):
    """Whether guests hear of such a change at all: of an event that is off only that it is on again."""
    return bool(facts["event"]) or (differences.is_anything(facts) and event.state != Event.State.CANCELLED)


def write(event, concerned, facts, telling, *, by, channel, now):
    """One open row for everybody who is told; rows with nothing left to tell are taken back. Returns Told."""
    event_now, parts_now = _as_it_is(event)
    before = _open(event, concerned.told)
    rows, back, superseded = [], [], []
    for guest in sorted(concerned.told, key=lambda guest: guest.pk):  # everybody locks in the same order
        kept, old = _merged(before.get(guest.pk, ()), _heard(facts, concerned.states[guest.pk]))
        left = differences.remaining(kept, event_now, parts_now)
        superseded += [row.pk for row in old if row.key != PROGRAMME_KEY]
        if not differences.is_anything(left):
            back += [row.pk for row in old if row.key == PROGRAMME_KEY]
            continue
        is_end = differences.is_end(left, event_now, parts_now)
        rows.append(_row(event, guest, is_end, {**kept, "words": telling.words}, by=by, now=now))
    _stop(superseded, "superseded")
    _stop(back, "taken_back")
    Message.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["guest", "key"], update_fields=_ANEW
    )
    new = [row for row in rows if row.guest_id not in before]
    notes = (
        history.note(
            event, History.What.MAIL_QUEUED, by=by, channel=channel, now=now, guest=row.guest, letter=str(row.letter)
        )
        for row in new
    )
    History.objects.bulk_create(notes, batch_size=BATCH)
    return Told(len(rows), len(back))


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
    rows = Message.objects.filter(event=event, key__startswith=PROGRAMME_KEY, created_at=at).order_by()
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
    """(what was so before the first change that has not been told, the rows it stands in)"""
    for row in reversed(rows):
        facts = differences.merged(row.facts, facts)
    return facts, rows


def _row(event, guest, is_end, facts, *, by, now):
    letter = Letter.Kind.CANCELLATION if is_end else Letter.Kind.CHANGE
    return Message(
        guest=guest, event_id=event.pk, letter=letter, key=PROGRAMME_KEY, language=guest.mail_language, facts=facts,
        created_at=now, queued_by=by, due_at=leaves_at(now),
        message_id=new_message_id(),
    )  # fmt: skip


def _stop(ids, code):
    """These mails do not leave; their keys are closed."""
    key = Concat(Value(f"{PROGRAMME_KEY}#"), Cast(F("pk"), CharField()))
    for chunk in (ids[at : at + BATCH] for at in range(0, len(ids), BATCH)):
        Message.objects.filter(pk__in=chunk).update(state=State.STOPPED, error_code=code, key=key)
