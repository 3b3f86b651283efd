"""The demo when it is made, made again, and made anew."""

import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.models import Activity, Answer, Event, Guest, History, Message, Received
from events.reports.replies import replies

pytestmark = pytest.mark.django_db(transaction=True)


def run_demo(*arguments):
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_nothing_stands_in_the_future_when_the_demo_is_made():
    run_demo("--guests", "12")
    now = timezone.now()
    assert not History.objects.filter(at__gt=now).exists()
    assert not Message.objects.filter(sent_at__gt=now).exists()
    for counts in replies(Event.objects.get(state="open"))["activities"]:
        brought = Guest.objects.filter(event__state="open").exclude(companion_of=None).count()
        assert sum(counts[state] for state in Answer.State.values) == counts["invited"] == 12 + brought


def test_nothing_happens_when_the_demo_is_there_already():
    run_demo("--guests", "5")
    assert "--fresh" in run_demo("--guests", "5")
    assert Event.objects.count() == 3


def test_everything_is_made_anew_when_fresh_is_asked_for():
    run_demo("--guests", "5")
    before = set(Event.objects.values_list("pk", flat=True))
    run_demo("--fresh", "--guests", "6")
    assert Event.objects.count() == 3
    assert not before & set(Event.objects.values_list("pk", flat=True))
    assert Activity.objects.count() == 9
    assert Received.objects.count() == 2


def test_another_event_is_left_alone_when_the_demo_is_made_anew(cast):
    run_demo("--guests", "3")
    run_demo("--fresh", "--guests", "3")
    assert Guest.objects.filter(event=cast.event).count() == 3


def test_letters_of_many_kinds_have_gone_out_when_the_demo_is_made():
    run_demo("--guests", "24")
    sent = Message.objects.filter(state="sent").values_list("event__state", "letter").distinct()
    assert {("open", kind) for kind in ("save_the_date", "invitation", "reminder", "confirmation")} <= set(sent)
    assert {("held", kind) for kind in ("invitation", "thanks")} <= set(sent)
    thanked = Message.objects.filter(event__state="held", letter="thanks").values_list("content__kind", flat=True)
    assert set(thanked) == {"thanks", "thanks_declined"}
    event = Event.objects.get(state="open")
    order = [
        Message.objects.filter(event=event, letter=kind, state="sent").earliest("sent_at").sent_at
        for kind in ("save_the_date", "invitation", "reminder")
    ]
    assert order == sorted(order) and order[-1] < timezone.now()
    reminded = Message.objects.filter(event=event, letter="reminder").values("guest")
    assert not Guest.objects.filter(pk__in=reminded, answered_at__lt=order[-1]).exists()
