"""Cheers as runners, senders and organisers see them, and for whom one may cheer."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ..domain.ranking import YOUNGEST_RANKED
from ..models import Activity, Answer, Cheer, Consent, Entry, Event, Guest, Invitation, Race


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


def has_race(event):
    """Whether there is anything to cheer for at the event."""
    return Activity.objects.filter(event=event, kind=Activity.Kind.RACE).on().exists()


def races_with_cheers(event):
    """The races of the event that take cheers; one that is not set up yet takes them, too."""
    off = Race.objects.filter(activity=OuterRef("pk"), cheering=Race.Cheering.OFF)
    return Activity.objects.filter(~Exists(off), event=event, kind=Activity.Kind.RACE).on()


def runners_for(guest):
    """[Runner] a guest may cheer for, by name: whom one brings, and who agreed to be named; one query at any size."""
    return _runners(_running_for(guest))


def anything_for(guest):
    """(whether there is somebody to cheer for, whether there are cheers of or to the party); one query."""
    party = Q(runner=guest.pk) | Q(runner__companion_of=guest.pk) | Q(guest=guest.pk)
    asked = {"runners": Exists(_running_for(guest)), "cheers": Exists(Cheer.objects.filter(party))}
    return Event.objects.filter(pk=guest.event_id).values_list(asked["runners"], asked["cheers"]).get()


def _running_for(guest):
    wanted = Q(guest__companion_of=guest.pk) | Q(is_named=True) & _names_are_known(guest.event)
    return _running(guest.event).filter(wanted).exclude(guest=guest.pk)


def _names_are_known(event):
    """Guests hear of others where the organiser lets them (P13): who is coming, or who ran."""
    shown = Race.objects.filter(~Q(published_at=None) | Q(is_live=True), activity=OuterRef("activity"))
    return Q() if event.shows_guests else Q(Exists(shown))


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


def cheers_to(guest):
    """Every Cheer to a guest and those whom the guest brings, newest first; which of them are shown they say."""
    party = Q(runner=guest.pk) | Q(runner__companion_of=guest.pk)
    rows = Cheer.objects.with_wishes().with_senders().filter(party, runner__forgotten_at=None)
    return rows.select_related("runner__contact", "runner__companion_of__contact")


def own_races(guest):
    """[(Activity, whether the guest takes cheers)] of races the guest comes to."""
    refuses = Entry.objects.filter(guest=guest, activity=OuterRef("activity"), wants_no_cheers=True)
    rows = Answer.objects.filter(guest=guest, activity__in=races_with_cheers(guest.event), state=Answer.State.COMING)
    return [
        (row.activity, not row.refuses) for row in rows.annotate(refuses=Exists(refuses)).select_related("activity")
    ]


def why_not(*, is_of_runner):
    """Why a cheer was not sent, in a kind sentence; is_of_runner is None where none is taken at all."""
    if is_of_runner is None:
        return _("This runner takes no cheers any more. Choose somebody else.")
    if is_of_runner:
        return _("This runner gets very many cheers just now. Send yours in an hour, it will still be welcome.")
    return _("You have cheered a great deal within the hour, thank you! Send this one a little later.")
