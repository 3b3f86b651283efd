"""What due messages need to be written, read in a handful of queries for a whole batch."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Case, Q, Value, When

from .. import emails
from ..domain import differences
from ..domain.addresses import NotAnAddress, clean_email
from ..domain.audiences import no_longer, segment_from_json
from ..emails import TO_THE_HOUSE
from ..models import Answer, Campaign, Event, History, Invitation, Letter, Message, RemovalRequest, Voice
from ..models.line import places_in_line
from ..models.party import with_companions
from .concerned import RELIES
from .messages import PROGRAMME_KEY, REPEATING, open_key

ASKS_FOR_AN_ANSWER = {Letter.Kind.INVITATION, Letter.Kind.REMINDER}
OF_PHOTOS = {Letter.Kind.PHOTOS_ADDED, Letter.Kind.PHOTO_WISH}
OVER = {Event.State.HELD, Event.State.ARCHIVED, Event.State.CANCELLED}


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages with guest, contact, host and invitation, and around them what their letters speak of."""

    messages: list
    editions: dict
    answers: dict
    places: dict
    superseded: set
    said: dict
    campaigns: dict
    now: datetime
    uninvited: set
    wishes: dict
    ahead: emails.ReadAhead
    undecided: set

    def edition(self, message):
        """What the letter's event says, and of a free letter the text it had when it was sent."""
        edition, campaign = self.editions[message.event_id], self.campaigns.get(message.campaign_id)
        return edition.saying(message.letter, campaign.texts) if campaign and campaign.texts else edition

    def unwanted(self, message):
        """The code of why this mail is not right any more, else ""."""
        if message.letter in TO_THE_HOUSE:
            return self._unheard(message)
        guest, event = message.guest, self.editions[message.event_id].event
        contact = guest.contact
        if not contact or not contact.email:
            return "no_email"
        if contact.email_fails or not _is_address(contact.email):
            return "bounced"
        if "entry" in message.facts:
            return "event_over" if event.state in OVER - {Event.State.CANCELLED} else ""
        if not hasattr(guest, "invitation") or guest.invitation.state == Invitation.State.REVOKED:
            return "revoked"
        if message.pk in self.superseded:
            return "superseded"
        if message.letter in REPEATING:
            return self._untrue(message, event)
        if differences.is_kept(message.facts):
            return self._old_news(message, event)
        if contact.unsubscribed_at:
            return "unsubscribed"
        if message.letter == Letter.Kind.CALENDAR:
            return self._not_to_be_asked(message, event)
        return self._out_of_time(message, event) or self._left_the_group(message)

    def _out_of_time(self, message, event):
        """What asks for an answer needs an open event; what a rule has sent leaves in time or not at all."""
        if message.letter in ASKS_FOR_AN_ANSWER and event.state != Event.State.OPEN:
            return "event_not_open"
        if message.letter == Letter.Kind.PRACTICAL and event.state in OVER:
            return "event_over"
        campaign = self.campaigns.get(message.campaign_id)
        until = campaign.criteria.get("until") if campaign else ""
        return "too_late" if until and self.now >= datetime.fromisoformat(until) else ""

    def _left_the_group(self, message):
        """Who was chosen by an answer, and has given another meanwhile."""
        campaign = self.campaigns.get(message.campaign_id)
        if campaign is None:
            return ""
        activities = self.editions[message.event_id].activities
        states = {
            answer.activity_id: answer.state
            for answer in self.answers[message.guest_id]
            if message.letter != Letter.Kind.PRACTICAL or not activities[answer.activity_id].is_cancelled
        }
        return no_longer(segment_from_json(campaign.criteria), states)

    def _unheard(self, message):
        """A guest's word reaches the host whatever has become of the guest, the link or the event meanwhile."""
        if message.letter == Letter.Kind.VOICE and not self.said.get(message.pk):
            return "no_longer_true"
        if message.letter == Letter.Kind.PHOTO_ASKED and message.guest_id not in self.undecided:
            return "no_longer_true"
        return "" if _is_address(self.to(message)) else "nobody_to_tell"

    def to(self, message):
        """The address this mail goes to."""
        return emails.recipient(message.letter, message.guest, self.editions[message.event_id].event)

    def _not_to_be_asked(self, message, event):
        """A calendar invitation goes to whoever is invited to what takes place, and has not said no."""
        if event.state in OVER:
            return "event_over"
        if message.guest_id in self.uninvited:
            return "invitation_stopped"
        activity = self.editions[message.event_id].activities[message.activity_id]
        answer = next((row for row in self.answers[message.guest_id] if row.activity_id == activity.pk), None)
        is_open = answer and not activity.is_cancelled and answer.state != Answer.State.NOT_COMING
        return "" if is_open else "no_longer_true"

    def _old_news(self, message, event):
        """News of the programme go out as long as there are any, to whom asked for no more mail if they rely on it."""
        if event.state in OVER - {Event.State.CANCELLED}:
            return "event_over"
        answers = self.answers[message.guest_id]
        left = emails.news(message.facts, self.editions[message.event_id], answers, message.guest.mail_language)
        if not differences.is_anything(left):
            return "no_longer_true"
        relies = any(row.state in RELIES for own in answers for row in (own, *own.companions))
        return "unsubscribed" if message.guest.contact.unsubscribed_at and not relies else ""

    def _untrue(self, message, event):
        """Letters on the guest's own doings go out, as long as they are true, even to those who want no invitations."""
        if message.letter == Letter.Kind.LINK:
            return ""
        if message.letter in OF_PHOTOS:  # photos come when the day is over
            has_added = message.letter == Letter.Kind.PHOTO_WISH or self.ahead.added.by(message.guest_id, message.facts)
            return "" if has_added else "no_longer_true"
        if event.state in OVER:
            return "event_over"
        answers = self.answers[message.guest_id]
        states = {answer.activity_id: answer.state for answer in answers}
        if message.letter == Letter.Kind.CONFIRMATION and set(states.values()) <= {Answer.State.NO_ANSWER}:
            return "" if self.wishes.get(message.pk) else "no_longer_true"
        if message.letter == Letter.Kind.PROMOTED:
            activity = self.editions[message.event_id].activities[message.activity_id]
            party = [row for own in answers if own.activity_id == activity.pk for row in (own, *own.companions)]
            is_true = any(row.state == Answer.State.COMING and row.promoted_at for row in party)
            return "" if is_true and not activity.is_cancelled else "no_longer_true"
        return ""


@lru_cache(maxsize=1024)
def _is_address(text):
    try:
        return bool(clean_email(text))
    except NotAnAddress:
        return False


def due(size, *, now):
    """[(id, whether a guest waits for it)] of what is due: what guests wait for before campaigns, the oldest first."""
    is_waited_for = Q(letter__in=REPEATING) | Q(key__startswith=PROGRAMME_KEY) | Q(facts__has_key="is_alone")
    rows = Message.objects.due(now).annotate(rank=Case(When(is_waited_for, then=Value(0)), default=Value(1)))
    rows = rows.order_by("rank", "due_at", "pk").values_list("pk", "rank")[:size]
    return [(pk, rank == 0) for pk, rank in rows]


def load(ids, *, now):
    """The batch of these messages, in this order, without those that have left the queue meanwhile."""
    rows = Message.objects.filter(pk__in=ids).select_related(
        "guest__contact__company", "guest__contact__host", "guest__host", "guest__invitation"
    )
    found = {row.pk: row for row in rows if row.state == Message.State.QUEUED}
    messages = [found[pk] for pk in ids if pk in found]
    guests = [message.guest_id for message in messages]
    answers = defaultdict(list)
    for answer in with_companions(list(Answer.objects.filter(guest__in=guests).with_start().order_by("pk"))):
        answers[answer.guest_id].append(answer)
    editions = emails.editions(message.event_id for message in messages)
    return Batch(
        messages=messages,
        editions=editions,
        answers=answers,
        places=places_in_line(guests) if _somebody_waits(answers) else {},
        superseded=_superseded(messages),
        said=_said(messages),
        campaigns=_campaigns(messages),
        now=now,
        uninvited=_uninvited(messages),
        wishes=_wishes(messages, editions, now),
        ahead=emails.read_ahead(messages),
        undecided=_undecided(messages),
    )


def _wishes(messages, editions, now):
    """{id of a confirmation: {activity id: what came after its deadline}}; a query only where one has passed."""
    shut = {pk for pk, edition in editions.items() if _has_shut(edition, now)}
    told = [row for row in messages if row.letter == Letter.Kind.CONFIRMATION and row.event_id in shut]
    if not told:
        return {}
    by_guest = defaultdict(dict)
    rows = History.objects.filter(guest__in=[row.guest_id for row in told]).open_wishes().order_by("pk")
    for guest, activity, wish in rows.values_list("guest_id", "activity_id", "facts__wish"):
        by_guest[guest][activity] = wish
    return {row.pk: by_guest[row.guest_id] for row in told if row.guest_id in by_guest}


def _has_shut(edition, now):
    event = edition.event
    return event.state == Event.State.CLOSED or any(
        now > activity.closes_at(event) for activity in edition.activities.values()
    )


def _uninvited(messages):
    """Guests whose invitation was stopped or did not arrive; a query only where somebody is to be asked by calendar."""
    asked = [row.guest_id for row in messages if row.letter == Letter.Kind.CALENDAR]
    if not asked:
        return set()
    ended = (Message.State.STOPPED, Message.State.FAILED)
    rows = Message.objects.filter(guest__in=asked, letter=Letter.Kind.INVITATION, state__in=ended)
    rows = rows.filter(guest__invitation__state=Invitation.State.DRAFTED)
    return set(rows.values_list("guest_id", flat=True))


def _undecided(messages):
    """Guests who wait for a decision on a photo; a query only where the house is to hear of one."""
    asked = [row.guest_id for row in messages if row.letter == Letter.Kind.PHOTO_ASKED]
    waiting = RemovalRequest.objects.filter(guest__in=asked, decision=RemovalRequest.Decision.OPEN)
    return set(waiting.values_list("guest_id", flat=True)) if asked else set()


def _campaigns(messages):
    """{id: the sending a mail belongs to}, without its long lists; a query only where there is one."""
    ids = {message.campaign_id for message in messages} - {None}
    return Campaign.objects.only("criteria", "texts").in_bulk(ids) if ids else {}


def _somebody_waits(answers):
    return any(answer.state == Answer.State.WAITING for rows in answers.values() for answer in rows)


def _said(messages):
    """{message id: [the guest's words it tells, in order]}; a query only where one of the mails tells any."""
    telling = [message.pk for message in messages if message.letter in TO_THE_HOUSE]
    said = defaultdict(list)
    if telling:
        for pk, text in Voice.objects.filter(message__in=telling).order_by("pk").values_list("message_id", "text"):
            said[pk].append(text)
    return said


def _superseded(messages):
    """Rows put back into the queue after a try, whose guest has a newer open row of the same letter meanwhile."""
    closed = {
        message.pk: (message.guest_id, open_key(message.letter, message.activity_id))
        for message in messages
        if message.letter in REPEATING - TO_THE_HOUSE and message.key != open_key(message.letter, message.activity_id)
    }
    if not closed:
        return set()
    newer = Message.objects.filter(
        guest__in=[guest for guest, _key in closed.values()],
        key__in=[key for _guest, key in closed.values()],
        state=Message.State.QUEUED,
    )
    open_rows = set(newer.values_list("guest_id", "key"))
    return {pk for pk, place in closed.items() if place in open_rows}
