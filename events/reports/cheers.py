"""Cheers as runners, senders and organisers see them, and for whom one may cheer."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from ..domain.ranking import YOUNGEST_RANKED
from ..models import Activity, Answer, Cheer, Consent, Entry, Guest, Invitation, Race


@dataclass(frozen=True)
class Runner:
    """Somebody to cheer for in one race; key is what a form sends."""

    guest: Guest
    activity: Activity

    @property
    def key(self):
        return f"{self.activity.pk}-{self.guest.pk}"


def sender_of(cheer):
    """First name and company of a guest who agreed to be named, a host by name; "" for "a guest"."""
    if cheer.host_id:
        return cheer.host.name
    if not cheer.is_named or cheer.guest.forgotten_at:
        return ""
    contact = cheer.guest.contact
    company = str(contact.company) if contact and contact.company_id else ""
    return ", ".join(filter(None, (cheer.guest.first_name, company)))


def races_with_cheers(event):
    """The races of the event that take cheers; one that is not set up yet takes them, too."""
    off = Race.objects.filter(activity=OuterRef("pk"), cheering=Race.Cheering.OFF)
    return Activity.objects.filter(~Exists(off), event=event, kind=Activity.Kind.RACE).on()


def runners_for(guest):
    """[Runner] a guest may cheer for, by name: whom one brings, and who agreed to be named; one query at any size."""
    is_own = Q(guest__companion_of=guest.pk) | Q(guest=guest.companion_of_id)
    rows = _running(guest.event).filter(is_own | Q(is_named=True)).exclude(guest=guest.pk)
    return _runners(rows)


def runners_of(event, guests):
    """[Runner] among these guests of the event, for those who look after them."""
    return _runners(_running(event).filter(guest__in=guests.values("pk")))


def _running(event):
    """Answers of who comes to a race that takes cheers, and has not said "no cheers"; each with `is_named`."""
    refuses = Entry.objects.filter(guest=OuterRef("guest"), activity=OuterRef("activity"), wants_no_cheers=True)
    child = Entry.objects.filter(
        guest=OuterRef("guest"), activity=OuterRef("activity"),
        birth_year__gt=event.held_on.year - YOUNGEST_RANKED,
    )  # fmt: skip
    agreed = Consent.objects.in_force().filter(guest=OuterRef("guest"), purpose=Consent.Purpose.NAME, is_given=True)
    revoked = Invitation.objects.filter(guest=OuterRef("guest"), state=Invitation.State.REVOKED)
    return Answer.objects.filter(
        ~Exists(refuses), activity__in=races_with_cheers(event), state=Answer.State.COMING, guest__forgotten_at=None
    ).annotate(is_named=Exists(agreed) & ~Exists(revoked) & ~Exists(child))


def _runners(rows):
    rows = rows.select_related("activity", "guest__event", "guest__contact__company", "guest__companion_of__contact")
    return [Runner(row.guest, row.activity) for row in rows.order_by("activity__starts_at", "guest__sort_key", "guest")]


def cheers_for(guest):
    """[Cheer] shown to a guest and those whom the guest brings, newest first, each with its sender; one query."""
    party = Q(runner=guest.pk) | Q(runner__companion_of=guest.pk)
    return list(Cheer.objects.for_runners().with_senders().filter(party))


def to_read(event):
    """Cheers of the event, what waits to be read first."""
    rows = Cheer.objects.with_senders().filter(runner__event=event, runner__forgotten_at=None)
    return rows.select_related("runner__contact__company", "runner__companion_of__contact")
