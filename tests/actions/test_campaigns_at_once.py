"""Sendings while everybody presses, stops, answers and is forgotten at the same moment."""

import threading
import time

import pytest
from django.db import connection

from events.actions import answers, campaigns, delivery, privacy, subscriptions
from events.domain.answers import Choice
from events.domain.audiences import Wish
from events.domain.segments import Segment
from events.models import Answer, Campaign, Guest, History, Letter, Message
from tests import factories

own_connections = pytest.mark.django_db(transaction=True)


def press(event, now, **options):
    return campaigns.press(event, Wish(), letter="invitation", by=None, channel="office", now=now, **options)


def together(*deeds):
    """Does all of these at once, each in a thread of its own; returns what each returned, or raised."""
    start, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(at, deed):
        try:
            start.wait(timeout=60)
            found[at] = deed()
        except Exception as error:
            found[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    [thread.start() for thread in threads]
    [thread.join(timeout=120) for thread in threads]
    assert not any(thread.is_alive() for thread in threads)
    return found


@pytest.fixture
def event(transactional_db, clock):
    event = factories.make_event()
    factories.make_crowd(event, 60)
    return event


@pytest.fixture
def portions_of_ten(monkeypatch):
    monkeypatch.setattr(campaigns, "PORTION", 10)


def accounted_once(event):
    """Nobody has two, nobody of the recipients has none."""
    rows = list(Message.objects.filter(event=event).values_list("guest", flat=True))
    assert len(rows) == len(set(rows))
    return set(rows)


@own_connections
def test_one_of_two_presses_finds_the_list_changed(event, now):
    seen = set(Guest.objects.filter(event=event).values_list("pk", flat=True))
    found = together(*[lambda: press(event, now, seen=seen)] * 2)
    assert sorted(type(each).__name__ for each in found) == ["Campaign", "ListHasChanged"]
    assert len(accounted_once(event)) == 60
    (lost,) = (each for each in found if isinstance(each, campaigns.ListHasChanged))
    assert {reason for _pk, reason in lost.difference.gone} == {"already_sent"}


@own_connections
def test_one_press_that_arrives_twice_at_once_is_one_sending(event, now):
    found = together(*[lambda: press(event, now, token="one")] * 3)
    assert len({each.pk for each in found}) == 1
    assert (Campaign.objects.count(), len(accounted_once(event))) == (1, 60)


@own_connections
def test_two_workers_write_each_mail_once(event, now, portions_of_ten):
    campaign = press(event, now)

    def work():
        while campaigns.write_what_waits(now=now):
            pass

    assert together(work, work, work) == [None] * 3
    campaign.refresh_from_db()
    assert (campaign.state, campaign.written) == ("queued", 60)
    assert accounted_once(event) == set(campaign.recipients)
    assert History.objects.filter(what="mail_queued").count() == 60


@own_connections
def test_nothing_leaves_after_a_stop_in_the_middle_of_writing_and_sending(event, now, sink, portions_of_ten):
    """Two workers write and send while somebody stops; afterwards as many have arrived as the stop says."""
    campaign = press(event, now)
    gone = {}

    def work():
        while campaigns.write_what_waits(now=now) or delivery.deliver(5).total:
            pass

    def stop():
        while len(sink.messages) < 7:
            time.sleep(0.005)
        gone["said"] = campaigns.stop(campaign, by=None, channel="office", now=now)

    assert together(work, work, stop) == [None] * 3
    arrived = len(sink.messages)
    assert delivery.deliver().total == 0
    assert campaigns.write_what_waits(now=now) is False
    assert len(sink.messages) == arrived == gone["said"].gone < 60
    assert len(set(sink.recipients)) == arrived
    assert gone["said"].gone + gone["said"].kept == 60
    campaigns.resume(campaign, by=None, channel="office", now=now)
    work()
    assert sorted(sink.recipients) == sorted(Guest.objects.values_list("contact__email", flat=True))


@own_connections
def test_guests_who_answer_leave_and_are_forgotten_meanwhile_get_nothing_and_nobody_else_does_twice(
    event, now, sink, portions_of_ten
):
    Letter.objects.create(event=event, kind="reminder", language="nb", subject="Hei", body="Hei!")
    Answer.objects.update(state="no_answer", answered_at=None)
    Guest.objects.update(answered_at=None)
    people = list(Guest.objects.filter(event=event).select_related("contact", "invitation", "event"))
    wish = Wish(wanted=Segment(to="unanswered"))
    campaign = campaigns.press(event, wish, letter="reminder", by=None, channel="office", now=now)
    answered, unsubscribed, forgotten = people[40:44], people[44:48], people[48:52]

    def work():
        while campaigns.write_what_waits(now=now):
            pass

    def people_act():
        how = {"by": None, "channel": "web", "now": now}
        for one, two, three in zip(answered, unsubscribed, forgotten, strict=True):
            answers.give(one, {"dinner": Choice.NOT_COMING}, **how)
            subscriptions.unsubscribe(two, **how)
            privacy.forget_guest(three, **how)

    assert together(work, work, people_act) == [None] * 3
    addresses = [guest.contact.email for guest in people]
    delivery.deliver()
    got = [to for to, mail in zip(sink.recipients, sink.messages, strict=True) if mail["Subject"] == "Hei"]
    assert sorted(got) == sorted(addresses[:40] + addresses[52:])
    codes = dict(Message.objects.filter(state="stopped", letter="reminder").values_list("guest", "error_code"))
    assert {codes.get(guest.pk) for guest in answered} == {"answered"}
    assert {codes.get(guest.pk) for guest in unsubscribed} == {"unsubscribed"}
    assert {codes.get(guest.pk) for guest in forgotten} <= {"forgotten", None}
    campaign.refresh_from_db()
    assert campaign.written == len(campaign.recipients) == 60
