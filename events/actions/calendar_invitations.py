"""Calendar invitations: one mail per guest and activity, whose answer is given in the guest's own calendar.

Only where a mailbox is read, for else the answer is lost (INBOUND_URL). What follows, updates and cancellations, goes
by `notices`; what ends one guest's invitation is here.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import F

from ..domain import differences
from ..domain.answers import State
from ..emails import new_message_id, our_address
from ..models import Activity, Answer, Event, History, Invitation, Letter, Message
from . import history
from .messages import ANEW, calendar_key, stop

BATCH = 500


@dataclass(slots=True)
class Asked:
    """Who is sent an invitation to an activity, and [(guest, reason code)] of those who are not."""

    guests: list = field(default_factory=list)
    left_out: list = field(default_factory=list)


def are_possible():
    """Whether a program reads what calendars answer."""
    return bool(settings.INBOUND_URL)


def audience(activity):
    """Whom a press would send the invitation to this activity: Asked. Two queries at any number of guests."""
    rows = Answer.objects.filter(activity=activity, guest__companion_of=None, guest__forgotten_at=None)
    rows = rows.select_related("guest__contact__company", "guest__invitation").order_by("guest__sort_key", "guest")
    there = set(_written([activity]).values_list("guest_id", flat=True))
    asked = Asked()
    for row in rows:
        if reason := _why_not(row, there):
            asked.left_out.append((row.guest, reason))
        else:
            asked.guests.append(row.guest)
    return asked


def _why_not(answer, there):
    guest = answer.guest
    invitation, contact = getattr(guest, "invitation", None), guest.contact
    if answer.asked_sequence is not None or guest.pk in there:
        return "already_sent"
    if answer.state == State.NOT_COMING:
        return "declined"
    if invitation is None or invitation.state == Invitation.State.REVOKED:
        return "revoked"
    if invitation.state != Invitation.State.SENT:
        return "not_written"
    return _unreachable(contact, answer)


def _unreachable(contact, answer):
    if contact is None or not contact.email or contact.email == our_address():
        return "no_email"
    if contact.email_fails:
        return "bounced"
    return "unsubscribed" if contact.unsubscribed_at else ""


def _written(activities):
    """The mails that are about to ask; whoever has been asked has it in the answer."""
    states = [Message.State.QUEUED, Message.State.SENDING]
    return Message.objects.filter(activity__in=activities, letter=Letter.Kind.CALENDAR, facts={}, state__in=states)


@transaction.atomic
def send(activity, *, by, channel, now):
    """Asks everybody who has the invitation to the event and has not been asked. Returns how many mails wait."""
    event = Event.objects.select_for_update(no_key=True).get(pk=activity.event_id)
    if not are_possible():
        return 0
    guests = audience(activity).guests
    _queue(event, [(guest, activity) for guest in guests], by=by, now=now, due_at=now)
    what = History.What.MAIL_QUEUED
    History.objects.bulk_create(
        (
            history.note(
                event, what, by=by, channel=channel, now=now, guest=guest, activity=activity,
                letter=str(Letter.Kind.CALENDAR),
            )
            for guest in guests
        ),
        batch_size=BATCH,
    )  # fmt: skip
    return len(guests)


def again(answer, *, by, now):
    """The invitation once more, as it stands, to a guest whose calendar has lost it (RFC 5546 §3.2.6)."""
    _queue(answer.guest.event, [(answer.guest, answer.activity)], by=by, now=now, due_at=now)


def go_along(event, guests, *, by, now, due_at):
    """The calendar invitations that go out with these guests' invitation, in its transaction. Returns how many."""
    if not are_possible():
        return 0
    activities = {part.pk: part for part in Activity.objects.filter(event=event, invites_by_calendar=True).on()}
    if not activities:
        return 0
    people = {guest.pk: guest for guest in guests if guest.email and guest.email != our_address()}
    rows = Answer.objects.filter(activity__in=activities, guest__in=people, asked_sequence=None)
    rows = rows.exclude(state=State.NOT_COMING).order_by("guest", "activity__starts_at", "activity")
    pairs = [(people[guest], activities[pk]) for guest, pk in rows.values_list("guest_id", "activity_id")]
    there = set(_written(activities).values_list("guest_id", "activity_id"))
    pairs = [(guest, part) for guest, part in pairs if (guest.pk, part.pk) not in there]
    _queue(event, pairs, by=by, now=now, due_at=due_at)
    return len(pairs)


def _queue(event, pairs, *, by, now, due_at):
    """One open row per guest and activity."""
    rows = [
        Message(
            guest=guest, event=event, letter=Letter.Kind.CALENDAR, activity=activity, key=calendar_key(activity.pk),
            language=guest.mail_language, created_at=now, queued_by=by, due_at=due_at, message_id=new_message_id(),
        )
        for guest, activity in pairs
    ]  # fmt: skip
    Message.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["guest", "key"], update_fields=ANEW
    )


@transaction.atomic
def withdraw(answers, *, by, now):
    """Takes these entries out of the guests' calendars again, where they were asked by one; answers with guest.

    What the mail needs is kept with it, for the answers may be gone when it leaves. To be called before they are.
    """
    ended = [row for row in answers if row.asked_sequence is not None and row.state != State.NOT_COMING]
    keys = {calendar_key(row.activity_id) for row in answers}
    waiting = Message.objects.filter(guest__in={row.guest_id for row in answers}, key__in=keys)
    stop(waiting.filter(state=Message.State.QUEUED), "no_longer_true")
    newest = F("sequence") + 1
    Answer.objects.filter(pk__in=[row.pk for row in ended]).update(
        sequence=newest, programme_sequence=newest, stamped_at=now, asked_sequence=None
    )
    rows = [_farewell(row, by=by, now=now) for row in ended if row.guest.email]
    Message.objects.bulk_create(rows, batch_size=BATCH)


def _farewell(answer, *, by, now):
    part = answer.activity
    kept = {
        "activity": part.pk, "uid": answer.uid, "sequence": answer.sequence + 1, "stamped_at": differences.plain(now),
        "starts_at": differences.plain(part.starts_at), "ends_at": differences.plain(part.ends_at),
    }  # fmt: skip
    message_id = new_message_id()
    return Message(
        guest=answer.guest, event_id=part.event_id, letter=Letter.Kind.CALENDAR, activity=part, facts={"entry": kept},
        key=f"{calendar_key(part.pk)}#{message_id[1:17]}", language=answer.guest.mail_language, created_at=now,
        queued_by=by, due_at=now, message_id=message_id,
    )  # fmt: skip
