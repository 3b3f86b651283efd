"""The outbox's rows: one open mail per letter and guest, of the last state."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import delivery, messages
from events.models import Contact, History, Message


def confirm(guest, now):
    messages.queue([messages.confirmation(guest, now=now)], by=None, now=now)


def rows(letter="confirmation"):
    return list(Message.objects.filter(letter=letter).order_by("pk"))


def test_the_open_mail_moves_when_the_guest_changes_within_two_minutes(cast, now, clock):
    confirm(cast.greta, now)
    confirm(cast.greta, clock.move(seconds=90))
    (row,) = rows()
    assert (row.due_at - now).total_seconds() == 90 + 120
    assert row.state == "queued"


def test_a_new_mail_is_written_when_the_guest_changes_after_it_was_sent(cast, now, clock, mailoutbox):
    confirm(cast.greta, now)
    clock.move(seconds=121)
    assert delivery.deliver().sent == 1
    confirm(cast.greta, clock.now)
    assert [row.state for row in rows()] == ["sent", "queued"]
    assert len({row.message_id for row in rows()}) == 2


def test_a_row_that_is_being_sent_is_not_touched_when_the_guest_changes(cast, now, clock):
    confirm(cast.greta, now)
    clock.move(minutes=3)
    (row,) = rows()
    key = messages.closed_key(row)
    Message.objects.filter(pk=row.pk).update(state="sending", lease_until=clock.now, key=key)
    confirm(cast.greta, clock.now)
    assert [row.state for row in rows()] == ["sending", "queued"]


def test_several_letters_cost_one_query_when_they_are_written_together(cast, now, django_assert_num_queries):
    dinner = cast.greta.answer_set.get(activity__slug="dinner")
    drafts = [messages.confirmation(cast.henrik, now=now), messages.promotion(dinner, now=now)]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        messages.queue(drafts, by=None, now=now)
    assert len([query for query in captured if query["sql"].startswith("INSERT")]) == len(captured) == 1
    assert {(row.letter, row.guest_id, row.activity_id) for row in Message.objects.all()} == {
        ("confirmation", cast.henrik.pk, None),
        ("promoted", cast.greta.pk, dinner.activity_id),
    }


def test_the_last_draft_stands_when_one_guest_is_written_to_twice_at_once(cast, now, clock):
    first, last = messages.confirmation(cast.greta, now=now), messages.confirmation(cast.greta, now=clock.move(hours=1))
    messages.queue([first, last], by=None, now=now)
    assert [row.due_at for row in rows()] == [last.due_at]


def test_nothing_is_asked_of_the_database_when_there_is_nothing_to_write(cast, now, django_assert_num_queries):
    with django_assert_num_queries(0):
        messages.queue([], by=None, now=now)


def test_a_campaign_letter_is_refused_when_it_comes_as_a_draft(cast, now):
    draft = messages.Draft(
        guest_id=cast.greta.pk, event_id=cast.event.pk, letter="invitation", language="nb", due_at=now
    )
    with pytest.raises(messages.NotRepeating):
        messages.queue([draft], by=None, now=now)


def test_an_open_row_is_made_new_when_somebody_had_stopped_it(cast, now):
    confirm(cast.greta, now)
    Message.objects.update(state="stopped", error_code="by_hand")
    confirm(cast.greta, now)
    (row,) = rows()
    assert (row.state, row.error_code) == ("queued", "")


@pytest.mark.parametrize("state", ["failed", "uncertain", "stopped"])
def test_the_message_id_stays_when_an_organiser_sends_again(cast, now, state):
    confirm(cast.greta, now)
    Contact.objects.filter(guest=cast.greta).update(email_fails=True)
    (row,) = rows()
    Message.objects.update(state=state, error_code="x", attempts=3)
    messages.send_again(row, by=cast.otto, channel="office", now=now)
    (again,) = rows()
    assert (again.state, again.message_id, again.attempts, again.error_code) == ("queued", row.message_id, 0, "")
    assert again.due_at == now
    assert not Contact.objects.get(guest=cast.greta).email_fails
    assert History.objects.get(guest=cast.greta, what="mail_queued").by == cast.otto


def test_nothing_happens_when_send_again_is_pressed_twice(cast, now):
    confirm(cast.greta, now)
    (row,) = rows()
    Message.objects.update(state="failed")
    messages.send_again(row, by=cast.otto, channel="office", now=now)
    messages.send_again(row, by=cast.otto, channel="office", now=now)
    assert History.objects.filter(what="mail_queued").count() == 1


def test_a_sent_mail_is_refused_when_somebody_wants_it_sent_again(cast, now):
    confirm(cast.greta, now)
    (row,) = rows()
    Message.objects.update(state="sent", sent_at=now)
    with pytest.raises(messages.NotToBeSentAgain) as refusal:
        messages.send_again(row, by=cast.otto, channel="office", now=now)
    assert refusal.value.state == "sent"
