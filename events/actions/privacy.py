"""What a guest may ask for: to be forgotten, not to be invited again, to have own data corrected (GDPR art. 16–21)."""

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext

from ..models import Activity, Answer, Contact, DoNotInvite, Event, Guest, History, Voice
from ..models.do_not_invite import marks_of
from . import contacts, erasure, history, ledger, start_writing, subscriptions, traces, voices, waiting_list

CORRECTABLE = ("name", "phone", "language")
LIVE = {Event.State.DRAFT, Event.State.OPEN, Event.State.CLOSED}


def lock_events():
    """Waits for guest lists that are being applied and letters that are being queued, and they for us."""
    return list(Event.objects.select_for_update(no_key=True).order_by("pk"))


def lock_activities():
    """All of every event, those begun, too, in the order in which everybody locks."""
    return list(Activity.objects.select_for_update(no_key=True).order_by("pk"))


@transaction.atomic
def forget_guest(guest, *, by, channel, now, never_again=False):
    """Erases this person wherever we know them: contact, companions, and the guest of every event.

    Places at events still ahead go to whoever waits. With `never_again`, or for whoever wanted no more mail, a keyed
    hash of the address stays. Numbers of events that are over stay as they are. Returns how many guests were erased,
    companions included; 0 when it was done already, which is harmless.
    """
    events = lock_events()
    everywhere = Q(contact=guest.contact_id) if guest.contact_id else Q(pk=guest.pk)
    theirs = Guest.objects.filter(everywhere, forgotten_at=None)
    ahead = _activities_ahead(events, now)
    person = Contact.objects.select_for_update().filter(pk=guest.contact_id).first()
    guests = list(theirs.select_for_update(of=["self"]).select_related("event").order_by("pk"))
    if not guests:
        return 0
    released = _release(guests, ahead, now=now)
    if person:
        traces.clean([person], now=now)
        if never_again or person.unsubscribed_at:
            keep_mark(person, now=now)
    companions = erasure.erase_guests(guests, by=by, channel=channel, now=now)
    erasure.erase_contacts([person.pk] if person else [])
    for event in released:
        waiting_list.fill(event, now=now)
    transaction.on_commit(traces.after_commit, robust=True)
    transaction.on_commit(partial(ledger.write, guests, never_again=never_again))
    return len(guests) + companions


def forget_again(*, now):
    """Forgets those whom a restored backup has brought back. Returns how many guests; doing it twice is harmless."""
    count = 0
    for pk, made_at, never in ledger.lines():
        guest = Guest.objects.filter(pk=pk, created_at=made_at, forgotten_at=None).first()
        if guest:
            count += forget_guest(guest, by=None, channel=History.Channel.SYSTEM, now=now, never_again=never)
    return count


def _activities_ahead(events, now):
    """What people can still come to, everything locked."""
    live = {event.pk for event in events if event.state in LIVE}
    return [activity for activity in lock_activities() if activity.event_id in live and activity.starts_at > now]


def _release(guests, activities, *, now):
    """Whoever is forgotten is not coming; [events] where places may have come free."""
    ids = [guest.pk for guest in guests]
    everybody = Guest.objects.filter(Q(pk__in=ids) | Q(companion_of__in=ids))
    theirs = Answer.objects.filter(guest__in=everybody.values("pk"), activity__in=activities)
    theirs.exclude(state=Answer.State.NOT_COMING).update(
        state=Answer.State.NOT_COMING, waiting_number=None, promoted_at=None, answered_at=now
    )
    everybody.filter(answer__activity__in=activities, answered_at=None).update(answered_at=now)
    system = {"by": None, "channel": History.Channel.SYSTEM, "now": now}
    start_writing.release(everybody.values("pk"), activities, **system, note=False)
    ahead = {activity.event_id for activity in activities}
    return [guest.event for guest in guests if guest.event_id in ahead]


def keep_mark(person, *, now):
    """Keeps that this person does not want to be invited: the keyed hash of the address, and the day. Nobody can be
    known again without an address.
    """
    if not person.email or DoNotInvite.objects.of(person.email).exists():
        return
    mark = marks_of(person.email)[0]
    DoNotInvite.objects.get_or_create(mark=mark, defaults={"since_on": timezone.localdate(now)})


@transaction.atomic
def never_again(guest, *, by, channel, now):
    """ "Don't invite me again": no more mails to invite, and later guest lists leave the address out (P11).

    Answers stay as they are. Doing it twice is harmless.
    """
    person = Contact.objects.select_for_update().get(pk=guest.contact_id)
    keep_mark(person, now=now)
    subscriptions.unsubscribe(guest, by=by, channel=channel, now=now)


@transaction.atomic
def invite_again(guest, *, by, channel, now):
    """Takes it back: this person may be invited again. Doing it twice is harmless."""
    person = Contact.objects.select_for_update().get(pk=guest.contact_id)
    gone = DoNotInvite.objects.of(person.email).delete()[0]
    if gone or person.unsubscribed_at:
        Contact.objects.filter(pk=person.pk).update(unsubscribed_at=None)
        _corrected(guest, ["unsubscribed_at"], by=by, channel=channel, now=now)


@transaction.atomic
def correct(guest, said, *, by, channel, now):
    """Stores what a guest corrects, {field: value} of CORRECTABLE, at once and at every event.

    Returns the names of the fields that changed. Raises IntegrityError when that makes somebody of another contact.
    """
    person = Contact.objects.select_for_update().get(pk=guest.contact_id)
    changed = [field for field in CORRECTABLE if field in said and getattr(person, field) != said[field]]
    if "name" in changed:
        person.first_name = ""  # made anew from the name
    for field in changed:
        setattr(person, field, said[field])
    if changed:
        contacts.save(person)
    if said.get("language", guest.language) != guest.language:
        Guest.objects.filter(pk=guest.pk).update(language=said["language"])
        changed = sorted({*changed, "language"})
    if changed:
        _corrected(guest, changed, by=by, channel=channel, now=now)
    return changed


def _corrected(guest, fields, *, by, channel, now):
    history.record(
        guest.event, History.What.CORRECTED, by=by, channel=channel, now=now, guest=guest, fields=sorted(fields)
    )


@transaction.atomic
def ask_for_address(guest, email, *, now):
    """A new mail address goes to the organisers as a word from the guest; nothing is sent to it before they have put
    it on the contact (M3). Asking twice for the same leaves one.
    """
    if Voice.objects.unread().filter(guest=guest, email=email).exists():
        return
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext("My mail address is %(email)s. Please put it on my contact.") % {"email": email}
    said = voices.say(guest, text, by=None, channel=History.Channel.WEB, now=now)
    Voice.objects.filter(pk=said.pk).update(email=email)
