"""Everything we know about one person, for that person (GDPR art. 15 and 20); no other guest is in it.

Whoever is brought along is: the guest named them and answers for them. Who proposed this person, or has this
person's link, is somebody else, and left out.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, Q

from ..domain.retention import Days
from ..emails import PAST_THE_HOST
from ..models import (
    Answer,
    Cheer,
    Consent,
    Contact,
    DoNotInvite,
    EarlierTime,
    Entry,
    Food,
    Guest,
    History,
    Message,
    Photo,
    PhotoMark,
    PhotoUpload,
    Received,
    RemovalRequest,
    Reply,
    Substitute,
    Voice,
)
from ..models.do_not_invite import marks_of
from ..models.keeping import days_when, last_end, photo_days_of


@dataclass
class Person:
    """One head at one event, the guest or a companion, with what was said about it."""

    guest: Guest
    answers: list = field(default_factory=list)
    food: Food | None = None
    entries: list = field(default_factory=list)
    replies: list = field(default_factory=list)
    earlier_times: list = field(default_factory=list)
    photo_marks: list = field(default_factory=list)


@dataclass
class Edition:
    """One event this person is a guest of."""

    me: Person
    days: Days
    companions: list = field(default_factory=list)
    consents: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    received: list = field(default_factory=list)
    voices: list = field(default_factory=list)
    substitutes: list = field(default_factory=list)
    cheers_sent: list = field(default_factory=list)
    cheers_got: list = field(default_factory=list)
    photos: list = field(default_factory=list)
    photo_uploads: list = field(default_factory=list)
    removal_requests: list = field(default_factory=list)
    photos_on: date | None = None
    history: list = field(default_factory=list)

    @property
    def event(self):
        return self.me.guest.event

    @property
    def people(self):
        return [self.me, *self.companions]

    @property
    def asked_for_address(self):
        """The new mail address that still waits for somebody of ours; "" for none."""
        waiting = [row.email for row in self.voices if row.kind == Voice.Kind.WORD and not row.read_at]
        return next(filter(None, waiting), "")

    @property
    def has_food(self):
        return any(person.food for person in self.people)

    @property
    def forgotten_on(self):
        """The day on which this guest is forgotten by itself."""
        return self.days.forgotten_on(has_answered=self.me.guest.answered_at is not None)


@dataclass
class MyData:
    """The contact, and the events, the one whose link was used first."""

    contact: Contact
    is_not_invited: bool
    editions: list


def my_data(guest):
    """MyData of the person behind a guest; sixteen queries, however many events, companions and mails."""
    people = _people(guest)
    editions = {pk: _edition(person) for pk, person in people.items() if not person.guest.companion_of_id}
    for person in people.values():
        if person.guest.companion_of_id in editions:
            editions[person.guest.companion_of_id].companions.append(person)
    _fill(people, "answers", Answer, "activity__event", order=["activity__starts_at", "pk"])
    _fill(people, "entries", Entry, "activity", "race_class", "wave", "result__race", order=["pk"])
    _fill(people, "earlier_times", EarlierTime, order=["year", "pk"])
    _fill(people, "replies", Reply, "question", order=["question__position", "pk"])
    _fill(editions, "consents", Consent, order=["said_at", "pk"])
    _fill(editions, "messages", Message, "activity", order=["created_at", "pk"])
    _fill(editions, "received", Received, "activity", order=["at", "pk"])
    _fill(editions, "voices", Voice, order=["said_at", "pk"])
    _fill(editions, "substitutes", Substitute, order=["proposed_at", "pk"])
    _fill_cheers(people, editions)
    _fill_photos(people, editions)
    _fill(editions, "history", History, "activity", order=["at", "pk"])
    ordered = sorted(editions.values(), key=lambda edition: (edition.me.guest.pk != guest.pk, edition.me.guest.pk))
    me = ordered[0].me.guest
    return MyData(contact=me.contact, is_not_invited=me.is_not_invited, editions=ordered)


def for_the_office(mine):
    """The same without what was told about food, and that somebody agreed to tell it (P3); and without what was said of
    photos, which no host is to see (P6).
    """
    for edition in mine.editions:
        edition.removal_requests = []
        edition.history = [row for row in edition.history if row.what not in History.OF_PHOTOS]
        edition.messages = [row for row in edition.messages if row.letter not in PAST_THE_HOST]
        edition.consents = [row for row in edition.consents if row.purpose != Consent.Purpose.FOOD]
        for person in edition.people:
            person.food = None
            person.photo_marks = []
    return mine


def _people(guest):
    """{guest id: Person} of this contact at every event, with companions."""
    mine = Q(contact=guest.contact_id) if guest.contact_id else Q(pk=guest.pk)
    theirs = Q(companion_of__contact=guest.contact_id) if guest.contact_id else Q(companion_of=guest.pk)
    rows = (
        Guest.objects.filter(mine | theirs, forgotten_at=None)
        .select_related("event", "host", "invitation", "food", "contact__company")
        .annotate(
            last_end=last_end("event"),
            is_not_invited=Exists(DoNotInvite.objects.filter(mark__in=marks_of(guest.email))),
        )
        .order_by("pk")
    )
    return {row.pk: Person(guest=row, food=getattr(row, "food", None)) for row in rows}


def _edition(person):
    return Edition(me=person, days=days_when(person.guest.event, person.guest.last_end))


def _fill(owners, name, model, *related, order):
    """Puts the rows of a model with their owners, {guest id: owner}; one query."""
    rows = defaultdict(list)
    for row in model.objects.filter(guest__in=list(owners)).select_related(*related).order_by(*order):
        rows[row.guest_id].append(row)
    for pk, owner in owners.items():
        setattr(owner, name, rows[pk])


def _fill_photos(people, editions):
    """What the guest sent, where guest and companions are marked, what was asked to be taken away; five queries."""
    _fill(people, "photo_marks", PhotoMark, "photo", order=["said_at", "pk"])
    _fill(editions, "photo_uploads", PhotoUpload, order=["started_at", "pk"])
    _fill(editions, "removal_requests", RemovalRequest, order=["asked_at", "pk"])
    for photo in Photo.objects.filter(sent_by__in=list(editions)).order_by("received_at", "pk"):
        editions[photo.sent_by_id].photos.append(photo)
    days = photo_days_of({edition.event.pk: edition.days for edition in editions.values()})
    for edition in editions.values():
        edition.photos_on = days[edition.event.pk]


def _fill_cheers(people, editions):
    """What the guest said to runners, and what was said to the guest and whom the guest brings; one query."""
    rows = Cheer.objects.filter(Q(guest__in=list(people)) | Q(runner__in=list(people))).select_related("activity")
    for cheer in rows.order_by("said_at", "pk"):
        if cheer.guest_id in editions:
            editions[cheer.guest_id].cheers_sent.append(cheer)
        if cheer.runner_id in people:
            guest = people[cheer.runner_id].guest
            editions[guest.companion_of_id or guest.pk].cheers_got.append(cheer)
