"""Somebody more for the race: a guest who had not said yes, or a new one, on the spot."""

from dataclasses import dataclass

from django.db import transaction

from ..domain.answers import Choice, State
from ..models import Activity, Answer, Entry, Guest
from . import answers, contacts, guests, latecomers


@dataclass(frozen=True, slots=True)
class Entered:
    """The guest's entry, or None for whoever waits for a place because there is no room."""

    guest: Guest
    entry: Entry | None


@transaction.atomic
def enter(guest, activity, *, by, channel, now):
    """The guest comes to the race after all, and has the next free bib and start at once. Returns Entered.

    Whoever was not invited to the race is by this. No confirmation is sent: they stand here. Twice is as once.
    """
    how = {"by": by, "channel": channel, "now": now}
    if not Answer.objects.filter(guest=guest, activity=activity).exists():
        invited = Activity.objects.on().filter(answer__guest=guest) | Activity.objects.on().filter(pk=activity.pk)
        guests.invite_to(guest, list(invited.distinct()), **how)
    answers.give(guest, {activity.slug: Choice.COMING}, **how, tell=False)
    if not Answer.objects.filter(guest=guest, activity=activity, state=State.COMING).exists():
        return Entered(guest, None)
    latecomers.next_free(activity, [guest], **how)
    mine = Entry.objects.select_related("wave", "guest__contact")
    return Entered(guest, mine.get(guest=guest, activity=activity))


@transaction.atomic
def enter_new(event, activity, person, *, known=None, by, channel, now):
    """Adds a guest, {field: value} of a contact (company is its name) or the known contact, and enters them at once.

    Raises IntegrityError when the contact is a guest of the event already, and guests.AskedNotToBeInvited.
    """
    guests.lock_event(event.pk)
    company = contacts.company_named(person.get("company", ""))
    facts = {name: person.get(name, "") for name in ("email", "phone")}
    contact = known or contacts.make(person["name"], now=now, company=company, **facts)
    guest = guests.add(event, contact, activities=[activity], by=by, channel=channel, now=now)
    guest = Guest.objects.select_related("event", "contact").get(pk=guest.pk)
    return enter(guest, activity, by=by, channel=channel, now=now)
