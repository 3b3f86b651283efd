"""The photographer's list: who may be shown, who not, and who has not said."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from ..models import Answer, Consent, Entry, Guest


class Person(NamedTuple):
    """Somebody who comes; comes_with is the name of the guest who brings a companion, else "". Bibs are those worn."""

    name: str
    company: str
    comes_with: str
    bibs: str


@dataclass(frozen=True)
class PhotoList:
    """Everybody who comes to anything, in the order of names, by what they said about photos: lists of Person."""

    refused: list
    silent: list
    agreed: list


def photo_list(event):
    """The PhotoList of an event, companions included; two queries.

    Nobody can agree for a companion, so companions stand among the silent.
    """
    comes = Exists(Answer.objects.filter(guest=OuterRef("pk"), state="coming", activity__cancelled_at=None))
    rows = (
        Guest.objects.filter(comes, event=event, forgotten_at=None)
        .with_consent(Consent.Purpose.PHOTOS)
        .order_by("sort_key", "pk")
        .values_list(
            "pk", "agrees", "contact__name", "companion_name", "contact__company__name", "companion_of__contact__name"
        )
    )
    groups, bibs = {False: [], None: [], True: []}, bibs_of(event)
    for pk, agrees, contact, companion, company, comes_with in rows:
        worn = ", ".join(map(str, bibs.get(pk, ())))
        groups[agrees].append(Person(contact or companion, company or "", comes_with or "", worn))
    return PhotoList(refused=groups[False], silent=groups[None], agreed=groups[True])


def bibs_of(event):
    """{guest id: [bib]} as they are worn at the event's races; one query."""
    bibs = {}
    worn = Entry.objects.filter(activity__event=event, bib__isnull=False).order_by("activity__starts_at", "pk")
    for guest, bib in worn.values_list("guest", "bib"):
        bibs.setdefault(guest, []).append(bib)
    return bibs
