"""Who is known already, as far as a guest list may be about them; and who may see it."""

from ..domain.addresses import email_key
from ..domain.matching import Known, People
from ..domain.names import name_key
from ..models import Contact, Guest, Membership
from .contacts import shared_beyond

COLUMNS = ("pk", "name", "first_name", "email", "phone", "language", "external_id", "company__name")


def known_people(event, guest_list, *, by, is_everybody=False):
    """The guests of the event and every contact the file could mean, by contact id; three queries at the most.

    Contacts outlive events, so all are looked through; only those stay in memory whose name, address or
    number could be in the file, or all with `is_everybody`.
    """
    guests = _guests(event)
    shared = set(shared_beyond(by).order_by().values_list("pk", flat=True))
    could_be = _anybody if is_everybody else _could_be(guest_list)
    rows = Contact.objects.order_by("pk").values_list(*COLUMNS).iterator(chunk_size=2000)
    return People(_known(row, guests, shared) for row in rows if row[0] in guests or could_be(row))


def sees(user):
    """A function of a contact id: whether this user may see what is stored about that contact (S7).

    Nobody (the command line) and superusers see all; an organiser the guests of the own events.
    """
    if user is None or user.is_superuser:
        return _anybody
    mine = Guest.objects.filter(
        event__membership__user=user, event__membership__role=Membership.Role.ORGANISER, contact__isnull=False
    )
    return set(mine.values_list("contact_id", flat=True)).__contains__


def _anybody(_contact):
    return True


def _guests(event):
    """{contact id: what stands about the guest of this event}."""
    rows = Guest.objects.filter(event=event, contact__isnull=False).order_by()
    return {
        contact: {"host": host or "", "companions": companions, "note": note}
        for contact, host, companions, note in rows.values_list(
            "contact_id", "host__name", "companions_allowed", "note"
        ).iterator(chunk_size=2000)
    }


def _could_be(guest_list):
    names = {words for _kind, words, _value in guest_list.present}
    addresses = {value for kind, _words, value in guest_list.present if kind == "email"}
    has_numbers = any(column.field == "external_id" for column in guest_list.columns)

    def could_be(row):
        _pk, name, _first_name, email, _phone, _language, external_id, _company = row
        return (
            (has_numbers and external_id)
            or (email and email_key(email) in addresses)
            or " ".join(sorted(name_key(name).split())) in names
        )

    return could_be


def _known(row, guests, shared):
    pk, name, first_name, email, phone, language, external_id, company = row
    return Known(
        key=pk,
        name=name,
        first_name=first_name,
        email=email,
        phone=phone,
        language=language,
        external_id=external_id,
        company=company or "",
        is_guest=pk in guests,
        is_address_kept=pk in shared,
        **guests.get(pk, {}),
    )
