"""Who else is coming: those who agreed to be named, and how many come besides."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q

from ..models import Answer, Consent, Guest, Invitation

PER_PAGE = 100


@dataclass(frozen=True)
class Coming:
    """Of an event: how many come in all, how many are named, and how many come unnamed and with nobody named."""

    heads: int
    named: int
    others: int


@dataclass(frozen=True)
class Named:
    """One guest who agreed, the activities the guest comes to, and how many companions come along."""

    guest: Guest
    parts: list
    companions: int


def coming(event):
    """The Coming of an event, companions counted as heads; one query."""
    companion_of_named = Exists(_named(event).filter(pk=OuterRef("companion_of")))
    counted = _heads(event).annotate(
        is_named=Exists(_named(event).filter(pk=OuterRef("pk"))), follows=companion_of_named
    )
    numbers = counted.aggregate(
        heads=Count("pk"), named=Count("pk", filter=Q(is_named=True)), follow=Count("pk", filter=Q(follows=True))
    )
    others = numbers["heads"] - numbers["named"] - numbers["follow"]
    return Coming(heads=numbers["heads"], named=numbers["named"], others=others)


def named_page(event, number, *, named) -> Page:
    """One page of Named in the order of names, `named` being how many there are; two queries at any size."""
    rows = _named(event).select_related("contact__company").order_by("sort_key", "pk")
    pages = Paginator(rows, PER_PAGE)
    pages.count = named
    page = pages.get_page(number)
    guests = list(page.object_list)
    parts, companions = _answers_of(guests)
    page.object_list = [Named(guest, parts.get(guest.pk, []), len(companions.get(guest.pk, ()))) for guest in guests]
    return page


def _comes():
    """Whether the outer guest comes to anything that takes place."""
    return Exists(Answer.objects.filter(guest=OuterRef("pk"), state="coming", activity__cancelled_at=None))


def _heads(event):
    return Guest.objects.filter(_comes(), event=event, forgotten_at=None)


def _named(event):
    """Those who agreed, and who can take it back: whose link is withdrawn is no longer named."""
    agreed = _heads(event).who_agreed(Consent.Purpose.NAME).filter(companion_of=None)
    return agreed.exclude(invitation__state=Invitation.State.REVOKED)


def _answers_of(guests):
    """({guest id: [activity]}, {guest id: {ids of companions who come}}), one query."""
    rows = (
        Answer.objects.filter(Q(guest__in=guests) | Q(guest__companion_of__in=guests), state="coming")
        .filter(activity__cancelled_at=None)
        .select_related("activity", "guest")
        .order_by("activity__starts_at", "activity_id")
    )
    parts, companions = {}, {}
    for answer in rows:
        if answer.guest.companion_of_id:
            companions.setdefault(answer.guest.companion_of_id, set()).add(answer.guest_id)
        else:
            parts.setdefault(answer.guest_id, []).append(answer.activity)
    return parts, companions
