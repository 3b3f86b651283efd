"""Who gets a letter, who does not and why; and that pressing twice sends nothing twice."""

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import invitations
from events.models import Contact, Event, Guest, History, Invitation, Message
from tests import factories


def send(event, now, **options):
    return invitations.send(event, by=None, channel="office", now=now, **options)


def names(guests):
    return sorted(guest.name for guest in guests)


def test_everybody_with_an_address_is_written_to_once_when_sent_twice(cast, now):
    silent = factories.make_guest(cast.event, "Nils Utenmail", email="")
    first, second = send(cast.event, now), send(cast.event, now)
    assert (first.queued, first.skipped) == (3, {"no_email": 1})
    assert (second.queued, second.skipped) == (0, {"already_sent": 3, "no_email": 1})
    rows = Message.objects.all()
    assert names(row.guest for row in rows) == ["Greta Åsen", "Henrik Sørli", "Ines Öberg"]
    assert {(row.letter, row.key, row.state, row.due_at, row.event_id) for row in rows} == {
        ("invitation", "invitation", "queued", now, cast.event.pk)
    }
    assert History.objects.filter(what="mail_queued", facts={"letter": "invitation"}).count() == 3
    assert not History.objects.filter(guest=silent).exists()


def test_nothing_is_written_when_it_is_only_tried(cast, now):
    assert send(cast.event, now, dry_run=True).queued == 3
    assert not Message.objects.exists()
    assert not History.objects.exists()


def test_the_mails_wait_when_a_moment_is_given(cast, now, clock):
    later = clock.move(days=2)
    send(cast.event, now, at=later)
    assert set(Message.objects.values_list("due_at", flat=True)) == {later}


def test_each_is_left_out_for_the_plainest_reason(cast, now):
    people = {
        reason: factories.make_guest(cast.event) for reason in ("bounced", "unsubscribed", "revoked", "uncertain")
    }
    Contact.objects.filter(guest=people["bounced"]).update(email_fails=True)
    Contact.objects.filter(guest=people["unsubscribed"]).update(unsubscribed_at=now)
    Invitation.objects.filter(guest=people["revoked"]).update(state="revoked")
    factories.make_message(people["uncertain"], key="invitation", state="uncertain")
    chosen = invitations.audience(cast.event)
    assert {guest.pk: reason for guest, reason in chosen.skipped} == {
        guest.pk: reason for reason, guest in people.items()
    }
    assert names(chosen.recipients) == ["Greta Åsen", "Henrik Sørli", "Ines Öberg"]


@pytest.mark.parametrize(
    ("to", "activity", "expected"),
    [
        ("unanswered", None, ["Henrik Sørli"]),
        ("coming", None, ["Greta Åsen"]),
        ("declined", None, ["Ines Öberg"]),
        ("waiting", None, ["Wilma Wik"]),
        ("coming", "race", []),
        ("unanswered", "race", ["Henrik Sørli", "Wilma Wik"]),
        ("declined", "race", ["Greta Åsen", "Ines Öberg"]),
        ("waiting", "dinner", ["Wilma Wik"]),
    ],
)
def test_only_the_segment_is_written_to_when_one_is_chosen(cast, to, activity, expected):
    factories.make_guest(cast.event, "Wilma Wik", answers={"dinner": "waiting"})
    chosen = invitations.audience(cast.event, to=to, activity=activity and cast.activity(activity))
    assert names(chosen.recipients) == expected
    assert len(chosen.recipients) + len(chosen.skipped) == 4


def test_those_not_invited_to_it_are_left_out_when_the_letter_is_about_one_activity(cast):
    factories.make_guest(cast.event, "Dina Dahl", invited_to=["dinner"])
    chosen = invitations.audience(cast.event, activity=cast.activity("race"))
    assert chosen.reasons == {"not_invited": 1}


@pytest.mark.parametrize("state", ["failed", "stopped"])
def test_a_mail_that_did_not_go_is_queued_again_with_its_message_id(cast, now, state):
    row = factories.make_message(cast.greta, key="invitation", state=state, error_code="x", attempts=4)
    assert send(cast.event, now).queued == 3
    again = Message.objects.get(guest=cast.greta)
    assert (again.message_id, again.state, again.attempts, again.error_code) == (row.message_id, "queued", 0, "")


def test_a_companion_gets_no_letter_when_the_guest_does(cast):
    Guest.objects.create(event=cast.event, companion_of=cast.greta, companion_name="Per", created_at=factories.NOW)
    assert invitations.audience(cast.event).reasons == {"companion": 1}


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"letter": "free"}, invitations.NothingToSay),
        ({"letter": "promoted"}, invitations.GoesByItself),
        ({"letter": "confirmation"}, invitations.GoesByItself),
        ({"letter": "bounced"}, invitations.GoesByItself),
        ({"to": "missed"}, invitations.NobodyIsCounted),
    ],
)
def test_the_press_is_refused_when_it_makes_no_sense(cast, now, options, refusal):
    with pytest.raises(refusal):
        send(cast.event, now, **options)
    assert not Message.objects.exists()


@pytest.mark.parametrize("letter", ["invitation", "reminder"])
@pytest.mark.parametrize("state", ["draft", "closed", "held", "cancelled", "archived"])
def test_nobody_is_asked_to_answer_when_guests_could_not(cast, now, state, letter):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    with pytest.raises(invitations.EventIsNotOpen) as refusal:
        send(cast.event, now, letter=letter)
    assert refusal.value.state == state


def queries_for(event, number, now):
    for _ in range(number):
        factories.make_guest(event)
    with CaptureQueriesContext(connection) as captured:
        assert send(event, now).queued == number
    return len(captured)


def test_the_queries_stay_the_same_when_the_list_grows(db, now):
    few, many = (queries_for(factories.make_event(f"e{number}"), number, now) for number in (1, 30))
    assert few == many


@pytest.mark.django_db(transaction=True)
def test_nobody_gets_two_when_two_organisers_press_at_once(clock):
    event = factories.make_event()
    for _ in range(20):
        factories.make_guest(event)
    results, start = [], threading.Barrier(2)

    def press():
        start.wait()
        try:
            results.append(send(event, clock.now).queued)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(results) == [0, 20]
    assert Message.objects.count() == 20
    assert History.objects.filter(what="mail_queued").count() == 20
