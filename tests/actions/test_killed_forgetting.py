"""The power goes while people are forgotten, or two workers forget at once: nothing by halves, and the rest follows."""

import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import food, retention
from events.models import Activity, Answer, Contact, Event, Food, Guest, History, KitchenList
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SIZE = 7

# A child process that says where it stands in the middle of a transaction, and stays there until it is killed.
STANDS_STILL = """
import time
import django
django.setup()
from datetime import date
from django.utils import timezone
from events.actions import {module}

def stand_still(*args, **kwargs):
    print("in the middle", flush=True)
    time.sleep(120)

seen, real = [], {module}.{name}
def wrapped(*args, **kwargs):
    seen.append(1)
    return stand_still() if len(seen) > {after} else real(*args, **kwargs)
{module}.{name} = wrapped
{call}
"""


@pytest.fixture
def held(transactional_db):
    """An event that was held a year ago, with seven guests, two of whom told what they eat."""
    event = factories.make_event(state=Event.State.HELD)
    event.activity_set.filter(slug="dinner").update(serves_food=True)
    guests = [factories.make_guest(event, answers={"dinner": "coming"}) for _ in range(SIZE)]
    for guest in guests[:2]:
        Food.objects.create(guest=guest, needs=["vegan"], other="uten løk", changed_at=timezone.now())
    handed = {str(guests[0].pk): [["vegan"], "uten løk"]}
    dinner = event.activity_set.get(slug="dinner")
    KitchenList.objects.create(activity=dinner, handed_at=timezone.now(), plates=handed)
    return event


def day_after(event):
    return event.held_on + timedelta(days=400)


def killed_in_the_middle(environment, module, name, after, call):
    """Runs the child until it stands in the middle, and kills it there."""
    code = STANDS_STILL.format(module=module, name=name, after=after, call=call)
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout.readline() == "in the middle\n", child.stderr.read()
    finally:
        child.kill()
        child.communicate(timeout=30)


def again(deed, seconds=30):
    """A server may need a moment to see that the killed one is gone."""
    until = time.monotonic() + seconds
    while True:
        try:
            return deed()
        except retention.NotAllForgotten:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def half_forgotten(event):
    """Guests of whom something went and something stayed."""
    gone = Guest.objects.filter(event=event).exclude(forgotten_at=None)
    left = Guest.objects.filter(event=event, forgotten_at=None)
    return [
        *gone.exclude(contact=None),
        *left.filter(contact=None),
        *gone.exclude(history__what="forgotten"),
        *left.filter(history__what="forgotten"),
    ]


def test_nobody_is_half_forgotten_and_the_rest_follows_when_the_power_goes(held, child_environment):
    day = f"date.fromisoformat('{day_after(held)}')"
    call = f"from events.actions import retention as r; r.BATCH = 3; r.forget_due({day}, now=timezone.now())"
    killed_in_the_middle(child_environment, "erasure", "erase_contacts", 1, call)
    gone = Guest.objects.filter(event=held).exclude(forgotten_at=None).count()
    assert (gone, Contact.objects.count()) == (3, SIZE - 3)  # the first portion stands, nothing of the second
    assert half_forgotten(held) == []
    done = again(lambda: retention.forget_due(day_after(held), now=timezone.now()))
    assert done["guests"] == SIZE - 3
    assert not Guest.objects.filter(forgotten_at=None).exists() and not Contact.objects.exists()
    assert not Food.objects.exists() and KitchenList.objects.get().plates == {}
    assert Event.objects.get().food_counts == {"vegan": 2, "other": 2}
    assert History.objects.filter(what="forgotten").count() == SIZE


def nobody_eats(event):
    Answer.objects.filter(activity__event=event, activity__slug="dinner").update(state="not_coming")


def test_needs_are_all_there_or_all_gone_when_the_power_goes_while_they_are_let_go(held, child_environment):
    Event.objects.update(state=Event.State.OPEN)
    nobody_eats(held)
    killed_in_the_middle(child_environment, "food", "_drop_the_missing", 0, "food.let_go()")
    assert Food.objects.count() == 2
    assert len(KitchenList.objects.get().plates) == 1
    assert again(food.let_go) == 2
    assert (Food.objects.count(), food.let_go()) == (0, 0)


def at_once(deed, times=2):
    """Runs the deed in so many threads at the same moment; returns what each came to."""
    start, found = threading.Barrier(times), []

    def run():
        try:
            start.wait(timeout=20)
            found.append(deed())
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return found


def test_each_is_forgotten_and_counted_once_when_two_workers_forget_at_once(held, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    done = at_once(lambda: retention.forget_due(day_after(held), now=timezone.now()))
    assert [each for each in done if isinstance(each, Exception)] == []
    assert sum(each["guests"] for each in done) == SIZE
    assert sum(each["contacts"] for each in done) == SIZE
    assert sum(each["food"] for each in done) == 2
    assert History.objects.filter(what="forgotten").count() == SIZE
    assert Event.objects.get().food_counts == {"vegan": 2, "other": 2}


def test_needs_are_let_go_once_when_two_workers_look_at_once(held):
    Event.objects.update(state=Event.State.OPEN)
    nobody_eats(held)
    assert sorted(at_once(food.let_go)) == [0, 2]
    assert not Food.objects.exists()
    assert Activity.objects.filter(kitchenlist__isnull=False).count() == 1
