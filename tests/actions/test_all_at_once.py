"""Everything that takes, gives or moves places, at the same moment: nobody deadlocks, nothing is oversold, no number
is given twice, and nobody is told twice or not at all.
"""

import random
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import (
    answers,
    companions,
    consents,
    food,
    guests,
    kitchen,
    late,
    privacy,
    programme,
    substitutes,
    undo,
    waiting_by_hand,
    waiting_list,
)
from events.actions.companions import Wish
from events.domain.answers import Choice
from events.domain.food import Plate
from events.models import Activity, Answer, Guest, History, Message
from tests import factories

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
COMING, NOT_COMING = Choice.COMING, Choice.NOT_COMING
EXPECTED = (
    undo.CannotBeUndone, undo.NoPlaceLeft, waiting_by_hand.NoLongerWaits, waiting_by_hand.NoRoom, guests.HasAPlace,
    companions.CannotBeSaid, companions.TooMany, substitutes.IsGone, substitutes.DecidedAlready,
    kitchen.ChangedMeanwhile,
)  # fmt: skip


def at_once(queues):
    """Works off the queues of deeds, each in a thread of its own; returns what went wrong."""
    start, failures = threading.Barrier(len(queues)), []

    def run(deeds):
        try:
            start.wait(timeout=60)
            for deed in deeds:
                try:
                    deed()
                except EXPECTED:
                    continue
                except (Guest.DoesNotExist, Answer.DoesNotExist):  # forgotten or left out a moment ago
                    continue
                except Exception as error:
                    failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deeds]) for deeds in queues]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=240)
    assert not any(thread.is_alive() for thread in threads)
    return failures


def how(by=None):
    return {"by": by, "channel": "office" if by else "web", "now": timezone.now()}


def say(guest, choice, by=None):
    return lambda: answers.give(Guest.objects.get(pk=guest.pk), {"dinner": choice, "race": choice}, **how(by))


def bring(guest, count):
    wishes = [Wish(name=f"Følge {n}", answers={"dinner": COMING, "race": COMING}) for n in range(count)]
    return lambda: companions.save(Guest.objects.get(pk=guest.pk), wishes, **how())


def send_home(guest):
    def deed():
        there = Guest.objects.filter(companion_of=guest)
        companions.save(guest, [Wish(pk=each.pk, name="", is_removed=True) for each in there[:1]], **how())

    return deed


def answer_of(guest, slug="dinner"):
    return Answer.objects.get(guest=guest, activity__slug=slug)


def take_back(guest, by):
    def deed():
        row = History.objects.filter(guest=guest, what__in=["answered", "promoted", "undone"]).order_by("pk").last()
        if row:
            undo.undo(row, accepts_waiting=True, **how(by))

    return deed


def send_another(guest, by, number):
    def deed():
        told = substitutes.propose(guest, name=f"Ny {number}", email=f"ny{number}@kunde.example", word="", **how())
        substitutes.approve(
            told,
            name=told.name,
            email=told.email,
            company="",
            language="nb",
            host=None,
            keeps_place=number % 2,
            **how(by),
        )

    return deed


def tell_food(guest):
    plates = {guest.pk: Plate(("vegan",))}
    return lambda: food.store(guest, plates, is_agreed=True, language="nb", channel="web", now=timezone.now())


def hand_over(activity):
    def deed():
        kitchen.hand_over(activity, seen=kitchen.food.fingerprint(kitchen.plates_at([activity])[activity.pk]), **how())

    return deed


def add_part(event, number, by):
    starts_at = event.activity_set.get(slug="dinner").ends_at + timedelta(hours=number)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    fields = {"title": factories.texts(f"Del {number}"), "welcomes_companions": True, **times}
    return lambda: programme.add(event, **fields, **how(by))


def deeds_of(event, people, otto, dice):
    """A long row of deeds, shuffled."""
    activities = {row.slug: row for row in Activity.objects.filter(event=event)}
    deeds = []
    for number, guest in enumerate(people):
        to = dice.randint(1, 9)
        deeds += [say(guest, COMING), bring(guest, 1 + number % 2), say(guest, NOT_COMING), say(guest, COMING, otto)]
        deeds += [take_back(guest, otto), take_back(guest, otto), send_home(guest), tell_food(guest)]
        deeds += [lambda guest=guest: waiting_list.split(guest, **how()) if guest.pk % 3 == 0 else None]
        deeds += [
            lambda guest=guest, to=to: waiting_by_hand.move(answer_of(guest), to, reason="Etter avtale", **how(otto)),
            lambda guest=guest: waiting_by_hand.give_place(answer_of(guest), **how(otto)),
            lambda guest=guest: consents.say(guest, "name", guest.pk % 2 == 0, language="nb", **how()),
            lambda guest=guest: late.remember(guest, {"dinner": COMING}, channel="web", now=timezone.now()),
            lambda guest=guest: guests.invite_to(guest, activities.values(), **how(otto)),
        ]
    deeds += [lambda guest=guest: privacy.forget_guest(guest, **how()) for guest in people[::5]]
    deeds += [send_another(guest, otto, number) for number, guest in enumerate(people[1::5])]
    deeds += [hand_over(activities["dinner"]) for _ in range(6)]
    deeds += [
        lambda until=until: programme.give_grace(
            [activities["dinner"], activities["gathering"]], timezone.now() + timedelta(days=until), **how(otto)
        )
        for until in range(1, 5)
    ]
    deeds += [lambda: waiting_list.fill(event, now=timezone.now()) for _ in range(5)]
    deeds += [
        lambda title=title: programme.change(activities["race"], {"title": factories.texts(title)}, **how(otto))
        for title in ("Løp", "Løpet")
    ]
    deeds += [add_part(event, number, otto) for number in range(3)]
    deeds += [
        lambda: guests.add(event, factories.make_contact(), **how(otto)) for _ in range(3)
    ]  # fmt: skip
    dice.shuffle(deeds)
    return deeds


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_lines_stay_whole_and_nothing_is_oversold_when_everybody_does_everything_at_once(seed):
    event = factories.make_event(companions_allowed=4)
    capacities = {"dinner": 9, "race": 6}
    for slug, capacity in capacities.items():
        Activity.objects.filter(event=event, slug=slug).update(capacity=capacity, welcomes_companions=True)
    Activity.objects.filter(event=event, slug="dinner").update(serves_food=True)
    Activity.objects.filter(event=event, slug="gathering").update(starts_at=timezone.now() - timedelta(hours=1))
    people = [factories.make_guest(event, f"Gjest {n} Moe", companions_allowed=4) for n in range(15)]
    otto = factories.make_organiser(event)
    dice = random.Random(seed)
    deeds = deeds_of(event, people, otto, dice)
    assert at_once([deeds[n::4] for n in range(4)]) == []
    check(event, capacities)


def check(event, capacities):
    for slug, capacity in capacities.items():
        activity = event.activity_set.get(slug=slug)
        assert activity.answer_set.filter(state="coming").count() <= capacity
        units, splits = {}, set(Guest.objects.filter(splits_party=True).values_list("pk", flat=True))
        for row in activity.answer_set.filter(state="waiting").select_related("guest"):
            leader = row.guest.companion_of_id or row.guest_id
            units.setdefault(row.waiting_number, []).append((leader, row.guest_id if leader in splits else None))
        assert None not in units
        assert all(len(set(unit)) == 1 for unit in units.values()), units
        assert not activity.answer_set.exclude(state="waiting").exclude(waiting_number=None).exists()
    answered = Guest.objects.filter(
        pk__in=History.objects.filter(event=event, what="answered", by=None, guest__forgotten_at=None)
        .exclude(guest__contact=None).values("guest")
    )  # fmt: skip
    told = Message.objects.filter(letter="confirmation").values("guest")
    assert not answered.filter(companion_of=None).exclude(pk__in=told).exists()
