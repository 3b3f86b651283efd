"""The photographer's list: who may be shown, who not, and who has not said."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from ..models import Answer, Consent, Guest


@dataclass(frozen=True)
class PhotoList:
    """Everybody who comes to anything, in the order of names, by what they said about photos."""

    refused: list
    silent: list
    agreed: list


def photo_list(event):
    """The PhotoList of an event, companions included; one query.

    Nobody can agree for a companion, so companions stand among the silent.
    """
    comes = Exists(Answer.objects.filter(guest=OuterRef("pk"), state="coming", activity__cancelled_at=None))
    guests = (
        Guest.objects.filter(comes, event=event, forgotten_at=None)
        .with_consent(Consent.Purpose.PHOTOS)
        .select_related("contact__company", "companion_of__contact__company")
        .order_by("sort_key", "pk")
    )
    groups = {False: [], None: [], True: []}
    for guest in guests:
        groups[guest.agrees].append(guest)
    return PhotoList(refused=groups[False], silent=groups[None], agreed=groups[True])
