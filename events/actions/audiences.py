"""Who there is to write to, read in at most five queries whatever the event's size, and sorted by domain.audiences."""

from collections import Counter
from functools import cached_property

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Value

from .. import emails
from ..domain import audiences
from ..domain.audiences import PENDING
from ..domain.segments import NOBODY, Person
from ..models import Answer, Campaign, Event, Guest, Letter, Message, Race, Result
from .messages import REPEATING

ASKS_FOR_ANSWERS = {Letter.Kind.INVITATION, Letter.Kind.REMINDER}  # which a guest can give at an open event only
PARTS_OF_THANKS = {Letter.Kind.THANKS_MISSED, Letter.Kind.THANKS_DECLINED}
BY_ITSELF = (REPEATING - {Letter.Kind.LINK}) | {Letter.Kind.CALENDAR, Letter.Kind.BOUNCED} | PARTS_OF_THANKS
_COLUMNS = (
    "pk", "companion_of", "invitation__state", "invitation__sent_at", "answered_at", "has_come", "contact__email",
    "contact__email_fails", "contact__unsubscribed_at", "host", "host__name", "contact__host",
    "contact__host__name", "contact__company", "language", "contact__language", "came_before", "has_started",
)  # fmt: skip


class NothingToSay(ValueError):
    """There is no text for this kind of letter."""


class GoesByItself(ValueError):
    """A confirmation, or a place that came free, is written by the program when it happens."""


class GoesWithThanks(GoesByItself):
    """Who was missed, or could not come, gets these words when thanks are sent."""


class EventIsNotOpen(ValueError):
    """Guests could not answer; carries the event's state."""

    def __init__(self, state):
        super().__init__(state)
        self.state = state


class NobodyIsCounted(ValueError):
    """Who was missed is not known before somebody has marked who was there."""


class ResultsAreNotShown(ValueError):
    """The letter leads to results that guests do not see yet."""


class Audience:
    """Who gets a letter (`ids`, in order) and of the others [(guest id, reason code)]; `people` are all of them."""

    def __init__(self, people, found):
        self.people, self.ids, self.left_out = people, found.ids, found.left_out

    @property
    def reasons(self):
        """{reason: how many}, the most frequent first."""
        return dict(Counter(reason for _pk, reason in self.left_out).most_common())

    @cached_property
    def recipients(self):
        """The guests who get it, with contact, company, hosts and invitation; loaded when asked for."""
        return guests_in_order(self.ids)

    @cached_property
    def skipped(self):
        """[(guest, reason)] of the others."""
        reasons = dict(self.left_out)
        return [(guest, reasons[guest.pk]) for guest in guests_in_order(list(reasons))]


def guests_in_order(ids):
    """The guests of these ids as lists show them, in the order of lists; two queries."""
    guests = Guest.objects.filter(pk__in=ids).with_whom()
    guests = guests.select_related("contact__company", "contact__host", "host", "invitation")
    return list(guests.order_by("sort_key", "pk"))


def choose(event, wish, *, letter, now, people=None):
    """The Audience of this letter; `people` where they have been read already.

    Raises NothingToSay, GoesByItself, NobodyIsCounted, EventIsNotOpen and ResultsAreNotShown.
    """
    refuse(event, letter)
    people = read(event, letter) if people is None else people
    if wish.wanted.to == "missed" and all(person.has_come is None for person in people):
        raise NobodyIsCounted(wish.wanted.to)
    return Audience(people, audiences.sort_out(people, wish, letter=letter, now=now))


def refuse(event, letter):
    """Raises NothingToSay, GoesByItself, EventIsNotOpen and ResultsAreNotShown where it cannot be sent to anybody."""
    if letter in PARTS_OF_THANKS:
        raise GoesWithThanks(letter)
    if letter in BY_ITSELF:
        raise GoesByItself(letter)
    if not emails.has_text(event, letter):
        raise NothingToSay(letter)
    if letter in ASKS_FOR_ANSWERS and event.state != Event.State.OPEN:
        raise EventIsNotOpen(event.state)
    if letter == Letter.Kind.RESULTS and not Race.objects.at(event).seen_by_guests().exists():
        raise ResultsAreNotShown(event.pk)


def read(event, letter):
    """[Person] of everybody at the event who is not forgotten, in the order of lists; four queries."""
    guests = Guest.objects.filter(event=event, forgotten_at=None).annotate(
        came_before=_came_before(event), has_started=_has_started()
    )
    rows = list(guests.order_by("sort_key", "pk").values_list(*_COLUMNS))
    leaders = {row[1] for row in rows}
    states, mails = _states(event), _mails(event, letter)
    return [_person(row, states.get(row[0], {}), mails.get(row[0], ""), leaders) for row in rows]


def _person(row, states, mail, leaders):
    (
        pk, leader, invitation, invited_at, answered_at, has_come, email, fails, unsubscribed_at, own_host, own_name,
        contacts_host, contacts_name, company, language, contacts_language, came_before, has_started,
    ) = row  # fmt: skip
    host, name = (own_host, own_name) if own_host else (contacts_host or NOBODY, contacts_name or "")
    return Person(
        pk, states, leader is not None, invitation or "", invited_at, answered_at, has_come, bool(email), bool(fails),
        unsubscribed_at is not None, host, name, company or NOBODY,
        language or contacts_language or settings.LANGUAGE_CODE, came_before, pk in leaders, mail, has_started,
    )  # fmt: skip


def _states(event):
    """{guest id: {activity id: state}}"""
    states = {}
    for guest, activity, state in Answer.objects.filter(guest__event=event).values_list("guest", "activity", "state"):
        states.setdefault(guest, {})[activity] = state
    return states


def rows_of(event, letter):
    """The rows that decide whether a guest has this letter already; an open link row is one that waits. Each free
    letter is another letter.
    """
    rows = Message.objects.filter(event=event, letter=letter, key=letter)
    return rows.none() if letter == Letter.Kind.FREE else rows


def _mails(event, letter):
    """{guest id: the state of the row of this letter, or PENDING where one is about to be written}"""
    if letter == Letter.Kind.FREE:
        return {}
    pending = Campaign.objects.to_be_written().filter(event=event, letter=letter).values_list("recipients", "written")
    mails = {pk: PENDING for recipients, written in pending for pk in recipients[written:]}
    return mails | dict(rows_of(event, letter).values_list("guest", "state"))


def _has_started():
    """Whether the guest, or somebody the guest brings, was at the start of a race."""
    started = Result.objects.started()
    own, theirs = (
        Exists(started.filter(**{who: OuterRef("pk")})) for who in ("entry__guest", "entry__guest__companion_of")
    )
    return own | theirs


def _came_before(event):
    """Whether the contact came to an earlier edition of the series."""
    if event.series_id is None:
        return Value(False)
    earlier = Guest.objects.filter(contact=OuterRef("contact"), event__series=event.series_id)
    earlier = earlier.filter(event__held_on__lt=event.held_on).exclude(event__state=Event.State.CANCELLED)
    return Exists(earlier.filter(Q(has_come=True) | Q(has_come=None, answer__state=Answer.State.COMING)))
