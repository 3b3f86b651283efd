"""The hourly cap over all workers, and trying again after an alarm."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from events.actions import delivery, messages, postbox
from events.models import Message, Postbox
from tests import factories

pytestmark = pytest.mark.usefixtures("sink")


@pytest.fixture
def cap(settings):
    settings.MAILS_PER_HOUR = 4
    return settings.MAILS_PER_HOUR


def invite(event, number, **fields):
    return [factories.make_message(factories.make_guest(event), key="invitation", **fields) for _ in range(number)]


def test_no_more_than_the_cap_leaves_and_the_rest_goes_when_the_hour_is_over(cast, cap, clock, sink):
    invite(cast.event, 10)
    done = delivery.deliver()
    assert (done.sent, done.is_capped) == (4, True)
    clock.move(minutes=59)
    assert delivery.deliver().sent == 0
    assert postbox.next_at(now=clock.now) == clock.now + timedelta(minutes=1)
    clock.move(minutes=1)
    assert delivery.deliver().sent == 4
    clock.move(hours=1)
    done = delivery.deliver()
    assert (done.sent, done.is_capped) == (2, False)
    assert len(sink.messages) == 10


def test_mails_that_are_not_taken_leave_their_room_to_others(cast, cap, sink):
    bad = invite(cast.event, 2)
    for message in bad:
        sink.at("rcpt", "550 5.1.1 Unknown", to=message.to_address)
    invite(cast.event, 6)
    done = delivery.deliver()
    assert (done.sent, done.failed) == (4, 2)


def test_what_guests_wait_for_goes_first_when_the_hour_has_little_room(cast, cap, now, clock, sink):
    invite(cast.event, 10, due_at=now - timedelta(hours=1))
    delivery.deliver(2)
    messages.queue([messages.link_again(cast.ines, now=now)], by=None, now=now)
    delivery.deliver()
    assert len(sink.messages) == 4
    assert sink.recipients[2] == cast.ines.contact.email


def test_a_tenth_is_kept_for_what_guests_wait_for_when_a_campaign_fills_the_hour(cast, settings, now, sink):
    settings.MAILS_PER_HOUR = 50
    guests = factories.make_crowd(cast.event, 60)
    Message.objects.bulk_create(
        Message(
            guest=guest, event=cast.event, letter="invitation", key="invitation", language="nb", created_at=now,
            due_at=now, message_id=f"<{guest.pk}@vertskap.example>",
        )
        for guest in guests
    )  # fmt: skip
    assert delivery.deliver().sent == 45
    messages.queue([messages.link_again(cast.ines, now=now)], by=None, now=now)
    assert delivery.deliver().sent == 1
    assert sink.recipients[-1] == cast.ines.contact.email
    assert delivery.deliver().is_capped


def test_mails_count_as_sent_when_a_worker_dies_with_its_pass(cast, cap, clock, sink):
    queued = [(message.pk, False) for message in invite(cast.event, 3)]
    postbox.let_through(queued, now=clock.now)  # and is never heard of again
    invite(cast.event, 5)
    assert delivery.deliver().sent == 1
    clock.move(hours=1)
    assert delivery.deliver().sent == 1  # the pass of the dead still counts, for its last mail may have left late
    clock.move(minutes=11)
    assert delivery.deliver().sent == 3


def test_nothing_is_asked_or_written_when_there_is_no_cap(cast, now, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert postbox.let_through([(1, True), (2, False)], now=now) == ("", [1, 2])
        postbox.give_back("", 2, now=now)


def test_a_batch_costs_five_queries_more_when_there_is_a_cap(cast, cap, clock, now, django_assert_num_queries):
    (name, _ids) = postbox.let_through([(1, False)], now=now)
    postbox.give_back(name, 1, now=now)
    with django_assert_num_queries(5 + 2 * 2):  # two savepoints in a test
        name, ids = postbox.let_through([(1, False), (2, False)], now=now)
        postbox.give_back(name, 2, now=now)
    assert ids == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_no_two_workers_together_let_more_through_than_the_cap(settings):
    settings.MAILS_PER_HOUR = 49
    start, drawn = threading.Barrier(6), []

    def draw():
        start.wait(10)
        for _time in range(5):
            drawn.append(len(postbox.let_through([(pk, False) for pk in range(9)], now=factories.NOW)[1]))
        connection.close()

    workers = [threading.Thread(target=draw) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(drawn) == 30
    assert sum(drawn) == 49


def test_what_waits_is_due_at_once_when_somebody_asks_to_try_again(cast, now, clock, settings, sink):
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    invite(cast.event, 2)
    (later,) = invite(cast.event, 1, due_at=now + timedelta(days=1))
    for _time in range(3):
        clock.move(minutes=20)
        delivery.deliver()
    settings.EMAIL_PORT = right
    assert delivery.deliver().sent == 0
    assert postbox.try_again(by=cast.otto, now=clock.now) == 2
    assert Postbox.objects.get().alarm == "no_connection"
    assert delivery.deliver().sent == 2
    assert Postbox.objects.get().alarm == ""
    later.refresh_from_db()
    assert (later.state, later.due_at) == ("queued", now + timedelta(days=1))


def test_the_alarm_ends_when_somebody_tries_again_and_no_mail_waits(cast, now):
    postbox.sound("login_refused", now=now)
    assert postbox.try_again(by=cast.otto, now=now) == 0
    assert Postbox.objects.get().alarm == ""


def test_the_refusal_of_a_letter_is_gone_when_somebody_has_put_it_away(cast, now):
    message = factories.make_message(cast.greta)
    for _time in range(2):
        postbox.refuse(message, now=now)
        assert postbox.seen().refused == [[cast.event.pk, "invitation", None, now.isoformat()]]
    for _time in range(2):
        postbox.forget_refusal(cast.event.pk, "invitation", by=cast.otto, now=now)
        assert postbox.seen().refused == []
