"""Who may be meant on a photo: found by bib or by what a name begins with, among the event's guests."""

from dataclasses import dataclass

from django.db.models import Q

from ..domain import names
from ..models import Consent, Entry, Guest

MOST = 8


@dataclass(frozen=True)
class Person:
    """A guest who may be marked; `bibs` are those worn at the event's races, says_no is the answer about photos."""

    guest: Guest
    bibs: tuple
    says_no: bool

    @property
    def words(self):
        """ "17 · Ola Berge, with Kari Nordås" """
        return " · ".join(filter(None, (", ".join(map(str, self.bibs)), self.guest.name_in_lists)))

    @property
    def company(self):
        contact = self.guest.leader.contact
        return contact.company.name if contact and contact.company_id else ""


def found(event, typed):
    """[Person] whom a bib or the beginnings of a name may mean, by name, MOST at the most; two queries."""
    typed = " ".join(typed.split())[:60]
    if not typed:
        return []
    rows = Guest.objects.filter(event=event, forgotten_at=None).with_consent(Consent.Purpose.PHOTOS)
    if typed.isascii() and typed.isdigit():
        entries = Entry.objects.filter(activity__event=event, bib=int(typed[:6]))
        rows = rows.filter(pk__in=entries.values("guest"))
    else:
        rows = _named(rows, names.fold_letters(typed))
    rows = rows.select_related("contact__company", "companion_of__contact__company").order_by("sort_key", "pk")
    return _people(event, list(rows[:MOST]))


def _named(rows, folded):
    """Every word begins one of the words that a guest is searched by."""
    for word in folded.split():
        begins = Q(search_text__startswith=word) | Q(search_text__contains=f" {word}")
        rows = rows.filter(begins)
    return rows


def _people(event, guests):
    bibs = {}
    worn = Entry.objects.filter(activity__event=event, guest__in=guests, bib__isnull=False)
    for guest, bib in worn.order_by("activity__starts_at", "pk").values_list("guest", "bib"):
        bibs.setdefault(guest, []).append(bib)
    return [Person(guest, tuple(bibs.get(guest.pk, ())), guest.agrees is False) for guest in guests]
