"""Deeds on companies, hosts and contacts, which outlive events."""

from django.db import transaction
from django.db.models import Q

from ..domain import names
from ..domain.addresses import email_key
from ..models import Company, Contact, Event, Guest, Host

SAID_BY_US = (
    "name", "first_name", "key", "sort_key", "company", "host", "email", "email_key", "email_fails", "phone",
    "language", "external_id",
)  # fmt: skip


def company_key(name):
    """What two spellings of a company share. Brackets count: Berg (Norge) is not Berg (Sverige)."""
    return names.fold_letters(name)


def host_key(name):
    """What two spellings of a host share."""
    return names.fold(name)


def company_named(name):
    """The company of this name, compared without case and accents; made when unknown. None for no name."""
    key = company_key(name)
    if not key:
        return None
    return Company.objects.get_or_create(key=key, defaults={"name": " ".join(name.split())})[0]


def host_named(name):
    """The host of this name; made without an address when unknown, and then stands in "to do"."""
    key = host_key(name)
    if not key:
        return None
    return Host.objects.filter(key=key).first() or Host.objects.create(key=key, name=" ".join(name.split()))


def set_keys(contact):
    """Fills what is derived from name and address; call before saving."""
    contact.name = " ".join(contact.name.split())
    contact.first_name = " ".join(contact.first_name.split()) or names.given_name(contact.name)
    contact.key = names.fold(contact.name)
    contact.sort_key = names.sort_key(contact.name, contact.first_name)
    contact.email_key = email_key(contact.email) if contact.email else ""
    return contact


def set_guest_keys(guest):
    """Fills what the guest list searches and sorts by; call before saving."""
    contact = guest.contact
    if contact:
        company = contact.company.name if contact.company_id else ""
        guest.search_text = names.search_text(contact.name, company, contact.email)
        guest.sort_key = contact.sort_key
    elif guest.companion_of_id:
        # Found by the name of whoever brings them, and without a name of their own standing beside it.
        leader = guest.companion_of
        guest.search_text = " ".join(filter(None, (names.search_text(guest.companion_name), leader.search_text)))
        guest.sort_key = leader.sort_key
        if guest.companion_name:
            guest.sort_key = names.sort_key(guest.companion_name, names.given_name(guest.companion_name))
    return guest


def companions_in_step(guests):
    """The companions of these guests, with keys that follow theirs, unsaved; one query."""
    leaders = {guest.pk: guest for guest in guests}
    companions = list(Guest.objects.select_for_update(no_key=True).filter(companion_of__in=leaders))
    for companion in companions:
        companion.companion_of = leaders[companion.companion_of_id]
    return [set_guest_keys(companion) for companion in companions]


def shared_beyond(user):
    """Contacts who are guests of a live event that this user does not organise; none for superusers and for nobody.

    Their address is not the user's to change: "send me my link again" mails the links of all their events there.
    """
    if user is None or user.is_superuser:
        return Contact.objects.none()
    return Contact.objects.filter(pk__in=_guests_beyond(user).filter(contact__isnull=False).values("contact"))


def _guests_beyond(user):
    """Guests of live events that this user does not organise."""
    return Guest.objects.filter(event__in=Event.objects.live().not_organised_by(user))


def is_shared_beyond(contact, user):
    """Whether the contact's address is not this user's to change."""
    return shared_beyond(user).filter(pk=contact.pk).exists()


def is_host_shared_beyond(host, user):
    """Whether guests of others' live events have this host, too; then their replies are not this user's to redirect."""
    if user.is_superuser:
        return False
    return _guests_beyond(user).filter(Q(host=host) | Q(contact__host=host)).exists()


@transaction.atomic
def make(name, *, now, **fields):
    """A new contact; raises IntegrityError when the same name and address are there already."""
    contact = set_keys(Contact(name=name, created_at=now, **fields))
    contact.save()
    return contact


@transaction.atomic
def save(contact):
    """Stores a changed contact and carries name, company and address into the guest lists they stand in.

    Whether the person wants mail is nobody else's to say, so it stays as it is stored.
    """
    set_keys(contact).save(update_fields=SAID_BY_US)
    _carry_along(Guest.objects.filter(contact=contact))
    return contact


@transaction.atomic
def save_company(company):
    """Stores a changed company and carries its name into the guest lists."""
    company.name = " ".join(company.name.split())
    company.key = company_key(company.name)
    company.save()
    _carry_along(Guest.objects.filter(contact__company=company))
    return company


def _carry_along(guests):
    """Stores what these guests and their companions are found and sorted by."""
    guests = [set_guest_keys(guest) for guest in guests.select_related("contact__company")]
    everyone = [*guests, *companions_in_step(guests)]
    Guest.objects.bulk_update(everyone, ["search_text", "sort_key"], batch_size=500)


def save_host(host):
    """Stores a changed host."""
    host.name = " ".join(host.name.split())
    host.key = host_key(host.name)
    host.save()
    return host
