"""The demo: real enough to sell with."""

import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.models import Activity, Answer, Company, Event, Guest, History, Host, Message
from events.reports.replies import replies

pytestmark = pytest.mark.django_db(transaction=True)


def run(*arguments):
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_three_editions_stand_in_every_state_when_the_demo_is_made():
    assert "60 invented guests" in run()
    assert list(Event.objects.order_by("held_on").values_list("state", flat=True)) == ["held", "held", "open"]
    event = Event.objects.get(state="open")
    ahead = (event.held_on - timezone.now().date()).days
    assert 42 <= ahead <= 49
    assert 27 <= (event.answer_by_at - timezone.now()).days <= 36
    assert (Guest.objects.filter(event=event).invited().count(), Company.objects.count(), Host.objects.count()) == (
        60,
        12,
        4,
    )
    states = set(Answer.objects.filter(activity__event=event).values_list("state", flat=True))
    assert states == set(Answer.State.values)
    fates = set(Message.objects.filter(event=event).values_list("state", flat=True))
    assert {"sent", "failed", "uncertain", "queued"} <= fates
    assert Guest.objects.filter(event=event).without_mail().exists()
    assert Host.objects.filter(email="").count() == 1


def test_companions_stand_in_every_state_when_the_demo_is_made():
    run()
    brought = Guest.objects.filter(event__state="open").exclude(companion_of=None)
    assert brought.filter(companion_name="").count() == 1
    assert brought.exclude(companion_name="").count() >= 3
    dinner = Answer.objects.filter(activity__event__state="open", activity__slug="dinner")
    numbers = list(dinner.waiting().values_list("waiting_number", flat=True))
    assert len(numbers) > len(set(numbers)), "a party of two waits"
    assert dinner.filter(state="coming").exclude(promoted_at=None).exists(), "a place is not said yes to yet"


def test_nothing_stands_in_the_future_when_the_demo_is_made():
    run("--guests", "12")
    now = timezone.now()
    assert not History.objects.filter(at__gt=now).exists()
    assert not Message.objects.filter(sent_at__gt=now).exists()
    for counts in replies(Event.objects.get(state="open"))["activities"]:
        brought = Guest.objects.filter(event__state="open").exclude(companion_of=None).count()
        assert sum(counts[state] for state in Answer.State.values) == counts["invited"] == 12 + brought


def test_nothing_happens_when_the_demo_is_there_already():
    run("--guests", "5")
    assert "--fresh" in run("--guests", "5")
    assert Event.objects.count() == 3


def test_everything_is_made_anew_when_fresh_is_asked_for():
    run("--guests", "5")
    before = set(Event.objects.values_list("pk", flat=True))
    run("--fresh", "--guests", "6")
    assert Event.objects.count() == 3
    assert not before & set(Event.objects.values_list("pk", flat=True))
    assert Activity.objects.count() == 9


def test_another_event_is_left_alone_when_the_demo_is_made_anew(cast):
    run("--guests", "3")
    run("--fresh", "--guests", "3")
    assert Guest.objects.filter(event=cast.event).count() == 3
