"""Whole guest lists and whole drafts, at the same moment: nobody is twice on a list, nothing half thrown away."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError
from django.utils import timezone

from events.actions import events, guests, guests_along, throwing_away
from events.models import Answer, Event, Guest, History, Invitation
from events.models.unused import Goes
from tests import factories
from tests.meanwhile import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NOT_THERE_ANY_MORE = (Event.DoesNotExist, IntegrityError, throwing_away.HasALife, throwing_away.LooksDifferent)


def faults(*deeds):
    """What goes wrong when all are done at once, otherwise than by the event being gone, or fuller."""
    return [error for error in at_once(deeds) if not isinstance(error, NOT_THERE_ANY_MORE) and not _lost(error)]


def _lost(error):
    """PostgreSQL lets one of two win who wait for each other."""
    return isinstance(error, OperationalError) and "deadlock" in str(error)


@pytest.fixture
def how(cast):
    return {"by": cast.otto, "channel": "office", "now": timezone.now()}


@pytest.fixture
def draft(cast, how):
    return events.make("kladd", title="Kladd", held_on=cast.event.held_on + timedelta(days=300), **how)


def test_each_guest_comes_along_once_when_two_press_at_once(cast, draft, how):
    factories.make_crowd(cast.event, 50)
    people = Guest.objects.filter(event=cast.event).count()
    assert faults(*[lambda: guests_along.bring(draft, cast.event, "all", **how)] * 3) == []
    assert Guest.objects.filter(event=draft).count() == people
    assert Invitation.objects.filter(guest__event=draft).count() == people
    assert History.objects.filter(event=draft, what="imported").count() == people


@pytest.mark.parametrize("turn", range(3))
def test_a_draft_is_gone_or_stays_whole_when_guests_come_while_it_is_thrown_away(cast, draft, how, turn):
    contact, seen = factories.make_contact("Nora Ny"), Goes.of(draft).mark
    failures = faults(
        lambda: throwing_away.throw_away(draft, seen=seen, by=cast.otto, now=how["now"]),
        lambda: guests_along.bring(draft, cast.event, "all", **how),
        lambda: guests.add(draft, contact, **how),
    )
    assert failures == []
    there, people = Event.objects.filter(pk=draft.pk).exists(), Guest.objects.filter(event=draft.pk).count()
    assert there or not people
    assert Answer.objects.filter(activity__event=draft.pk).count() == 3 * people
    assert cast.event.guest_set.count() == 3
