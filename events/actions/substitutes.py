"""A guest who cannot come proposes a colleague; an organiser decides. Until then nobody is written to (M3)."""

from dataclasses import dataclass

from django.db import transaction

from ..domain.answers import Choice, State
from ..models import Answer, Contact, Guest, History, Substitute
from . import answers, contacts, guests, history, invitations, messages, parties


class IsGone(LookupError):
    """The guest has withdrawn this proposal, or replaced it by another."""


class DecidedAlready(ValueError):
    """Somebody was faster; carries the substitute as it was decided."""

    def __init__(self, substitute):
        super().__init__(substitute.state)
        self.substitute = substitute


class IsAGuest(ValueError):
    """The colleague is a guest of the event already; carries the guest."""

    def __init__(self, guest):
        super().__init__(guest.pk)
        self.guest = guest


@dataclass(frozen=True, slots=True)
class Approved:
    """The colleague as a guest, and the answers of others who got the places given back."""

    guest: Guest
    promoted: list


@transaction.atomic
def propose(guest, *, name, email, word, by, channel, now):
    """Keeps the colleague for an organiser to look at; nothing is sent. Returns the Substitute.

    A proposal that waits already is replaced by this one; the same again changes nothing.
    """
    waiting = _waiting(guest)
    said = {"name": name, "email": email, "word": word}
    if waiting and all(getattr(waiting, field) == value for field, value in said.items()):
        return waiting
    if waiting:
        waiting.delete()  # a new row, so that nobody approves what was not looked at
    proposed = Substitute.objects.create(guest=guest, proposed_at=now, **said)
    change = "replaced" if waiting else "proposed"
    history.record(guest.event, History.What.PROPOSED, by=by, channel=channel, now=now, guest=guest, change=change)
    return proposed


@transaction.atomic
def withdraw(guest, *, by, channel, now):
    """Forgets the colleague who waits to be looked at. Doing it twice is harmless; what is decided stands."""
    waiting = _waiting(guest)
    if waiting:
        waiting.delete()
        what = History.What.PROPOSED
        history.record(guest.event, what, by=by, channel=channel, now=now, guest=guest, change="withdrawn")


@transaction.atomic
def approve(substitute, *, name, email, company, language, host, keeps_place, by, channel, now):
    """Makes the colleague a guest with an invitation, and says no for the first, who is thanked. Returns Approved.

    The places that the first guest gives back go by the waiting lists; with keeps_place the colleague comes to
    whatever the first was coming to. Raises IsGone, DecidedAlready, IsAGuest, guests.AskedNotToBeInvited, and
    invitations.EventIsNotOpen.
    """
    event = substitute.guest.event
    guests.lock_event(event.pk)
    parties.lock(event.pk)  # as answers.give locks: these first
    first = _decide(substitute, Substitute.State.APPROVED, by=by, now=now)
    contact = _contact(event, name=name, email=email, company=company, language=language, host=host, now=now)
    rows = list(Answer.objects.filter(guest=first, activity__cancelled_at=None).select_related("activity"))
    colleague = guests.add(
        event, contact, by=by, channel=channel, now=now, activities=[row.activity for row in rows], host=host,
        companions_allowed=first.companions_allowed, replaces=first,
    )  # fmt: skip
    kept = _keep_places(colleague, rows, by=by, channel=channel, now=now) if keeps_place else []
    declined = {row.activity.slug: Choice.NOT_COMING for row in rows}
    given = answers.give(first, declined, by=by, channel=channel, now=now, tell=False)  # the thanks say it
    invitations.send_to(colleague, by=by, channel=channel, now=now)
    _tell(first, messages.released, by=by, now=now)
    was = {"proposal": substitute.pk, "kept": [activity.pk for activity in kept]}
    history.record(
        event, History.What.SUBSTITUTED, by=by, channel=channel, now=now, guest=first, substitute=colleague.pk,
        was=was,
    )  # fmt: skip
    return Approved(colleague, given.promoted)


@transaction.atomic
def decline(substitute, *, by, channel, now):
    """Says kindly no to the guest; nothing is sent to the colleague. Raises IsGone and DecidedAlready."""
    first = _decide(substitute, Substitute.State.DECLINED, by=by, now=now)
    _tell(first, messages.no_substitute, by=by, now=now)
    was = {"proposal": substitute.pk}
    history.record(first.event, History.What.NOT_TAKEN, by=by, channel=channel, now=now, guest=first, was=was)


def _waiting(guest):
    """The guest's proposal that waits, with the guest's row locked: of two presses the second sees the first."""
    Guest.objects.select_for_update(no_key=True).get(pk=guest.pk)
    return Substitute.objects.filter(guest=guest, state=Substitute.State.PROPOSED).first()


def _decide(substitute, state, *, by, now):
    """Decides, if nobody has. Returns the guest who proposed."""
    Guest.objects.select_for_update(no_key=True).get(pk=substitute.guest_id)
    changed = Substitute.objects.filter(pk=substitute.pk, state=Substitute.State.PROPOSED).update(
        state=state, decided_at=now, decided_by=by
    )
    found = Substitute.objects.select_related("guest__contact", "guest__event", "decided_by").filter(pk=substitute.pk)
    decided = found.first()
    if decided is None:
        raise IsGone
    if not changed:
        raise DecidedAlready(decided)
    return decided.guest


def _contact(event, *, name, email, company, language, host, now):
    """The person, if known by this name and address, else a new contact. Raises IsAGuest."""
    known = Contact.objects.same_person(name, email)
    guest = Guest.objects.filter(event=event, contact=known).first() if known else None
    if guest:
        raise IsAGuest(guest)
    return known or contacts.make(
        name, now=now, email=email, company=contacts.company_named(company), language=language, host=host
    )


def _keep_places(colleague, rows, *, by, channel, now):
    """The colleague comes to what the first guest was coming to, full or not: the first leaves in the same breath.

    Returns these activities.
    """
    kept = [row.activity for row in rows if row.state == State.COMING]
    if not kept:
        return []
    said = {"state": State.COMING, "answered_at": now}
    Answer.objects.filter(guest=colleague, activity__in=kept).update(**said)
    Guest.objects.filter(pk=colleague.pk).update(answered_at=now)
    History.objects.bulk_create(
        history.note(
            colleague.event, History.What.ANSWERED, by=by, channel=channel, now=now, guest=colleague,
            activity=activity, before=State.NO_ANSWER, after=State.COMING,
        )
        for activity in kept
    )  # fmt: skip
    messages.queue([messages.confirmation(colleague, now=now)], by=by, now=now)
    return kept


def _tell(guest, letter, *, by, now):
    """The letter to the guest who proposed, where we have an address."""
    if guest.email:
        messages.queue([letter(guest, now=now)], by=by, now=now)
