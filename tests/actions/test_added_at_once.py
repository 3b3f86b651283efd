"""Guests, companions and parts of the programme are added at the same moment: everybody is invited to everything."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from events.actions import answers, companions, guestlists, guests, programme, substitutes, walk_ins
from events.actions.companions import Wish
from events.domain.answers import Choice
from events.models import Activity, Answer, Contact, Guest
from tests import factories
from tests.meanwhile import while_it_waits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]  # SQLite has one lock for everything
LIST = b"Navn;E-post\nKari Moe;kari.moe@kunde.example\nOle Berg;ole.berg@kunde.example\n"


@pytest.fixture
def how(cast, now):
    return {"by": cast.otto, "channel": "office", "now": now}


@pytest.fixture
def add_part(cast, how):
    """Adds a boat trip at which companions are welcome."""
    starts_at = cast.activity("dinner").starts_at + timedelta(hours=4)
    fields = {
        "title": factories.texts("Båttur"), "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1),
        "welcomes_companions": True,
    }  # fmt: skip
    return lambda: programme.add(cast.event, **fields, **how)


def invited_to_all(guest):
    asked = set(Answer.objects.filter(guest=guest).values_list("activity", flat=True))
    return asked == set(Activity.objects.filter(event=guest.event).values_list("pk", flat=True))


def test_guest_is_invited_to_a_part_that_is_added_at_this_moment(cast, how, add_part):
    contact = factories.make_contact("Kari Moe")
    said = while_it_waits(add_part, lambda: guests.add(cast.event, contact, **how))
    assert invited_to_all(said[0])


def test_part_invites_a_guest_who_is_added_at_this_moment(cast, how, add_part):
    contact = factories.make_contact("Kari Moe")
    said = while_it_waits(lambda: guests.add(cast.event, contact, **how), add_part)
    assert Answer.objects.filter(activity=said[0], guest__contact=contact).exists()


def test_colleague_who_comes_instead_is_invited_to_a_part_that_is_added_at_this_moment(cast, how, add_part):
    proposed = substitutes.propose(cast.henrik, name="Kari Moe", email="kari.moe@kunde.example", word="", **how)
    facts = {"company": "", "language": "nb", "host": None, "keeps_place": False}
    said = while_it_waits(
        add_part,
        lambda: substitutes.approve(proposed, name=proposed.name, email=proposed.email, **facts, **how),
    )
    assert invited_to_all(said[0].guest)


@pytest.mark.parametrize("is_part_first", [True, False])
def test_companion_is_invited_to_a_part_that_is_added_at_this_moment(cast, how, add_part, is_part_first):
    Guest.objects.filter(pk=cast.greta.pk).update(companions_allowed=1)
    greta = Guest.objects.get(pk=cast.greta.pk)
    deeds = [add_part, lambda: companions.save(greta, [Wish(name="Kari Moe")], **how)]
    said = while_it_waits(*(deeds if is_part_first else reversed(deeds)))
    assert not isinstance(said[0], Exception), said
    boat = Activity.objects.filter(event=cast.event).latest("pk")
    assert Answer.objects.filter(activity=boat, guest__companion_of=greta).count() == 1


def test_answer_is_taken_while_a_part_is_added(cast, now, add_part):
    said = while_it_waits(
        add_part,
        lambda: answers.give(cast.henrik, {"dinner": Choice.COMING}, by=None, channel="web", now=now),
    )
    assert not isinstance(said[0], Exception), said
    assert Answer.objects.get(guest=cast.henrik, activity__slug="dinner").state == "coming"
    assert invited_to_all(cast.henrik)


def test_nobody_deadlocks_when_a_list_names_somebody_who_is_added_by_hand_at_this_moment(cast, how):
    """Both make the same contact; each waits for the event first."""
    race, person = cast.activity("race"), {"name": "Kari Moe", "email": "kari.moe@kunde.example"}
    said = while_it_waits(
        lambda: walk_ins.enter_new(cast.event, race, person, **how),
        lambda: guestlists.apply(cast.event, LIST, **how),
        lambda: guestlists.apply(cast.event, LIST, **how),
    )
    assert [report.counts["new"] for report in said].count(1) == 1
    assert Contact.objects.filter(key="kari moe").count() == 1
    again = while_it_waits(
        lambda: guestlists.apply(cast.event, LIST.replace(b"Kari", b"Siri").replace(b"kari", b"siri"), **how),
        lambda: walk_ins.enter_new(cast.event, race, {"name": "Siri Moe", "email": "siri.moe@kunde.example"}, **how),
    )
    assert isinstance(again[0], IntegrityError)
    assert Guest.objects.filter(contact__name="Siri Moe").count() == 1
