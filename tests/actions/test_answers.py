"""Giving answers: capacity, the waiting list, and what is written down."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import answers, waiting_list
from events.domain.answers import Choice, State, Window
from events.models import Activity, Answer, Event, History, Message
from tests import factories

COMING, NOT_COMING, UNSURE = Choice.COMING, Choice.NOT_COMING, Choice.UNSURE


def give(guest, now, by=None, **chosen):
    return answers.give(guest, chosen, by=by, channel="web", now=now)


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def line(activity):
    """Names of those in line, first in line first."""
    return [answer.guest.name for answer in Answer.objects.filter(activity=activity).waiting()]


def limited(cast, capacity, slug="dinner"):
    activity = cast.activity(slug)
    Activity.objects.filter(pk=activity.pk).update(capacity=capacity)
    activity.refresh_from_db()
    return activity


def test_what_is_chosen_is_stored_and_the_rest_stays_when_a_guest_answers(cast, now):
    give(cast.henrik, now, dinner=COMING, race=UNSURE)
    assert states(cast.henrik) == {"gathering": "no_answer", "race": "unsure", "dinner": "coming"}
    cast.henrik.refresh_from_db()
    assert cast.henrik.answered_at == now


def test_nothing_is_written_when_a_guest_says_the_same_again(cast, now, clock):
    give(cast.henrik, now, dinner=COMING)
    written = (History.objects.count(), Message.objects.count())
    given = give(cast.henrik, clock.move(minutes=1), dinner=COMING)
    assert not given.is_changed
    assert (History.objects.count(), Message.objects.count()) == written


def test_history_tells_before_after_and_channel_when_a_guest_changes(cast, now):
    answers.give(cast.greta, {"dinner": NOT_COMING}, by=None, channel="web", now=now, agent="Phone")
    row = History.objects.get(guest=cast.greta)
    assert (row.what, row.channel, row.by, row.activity.slug) == ("answered", "web", None, "dinner")
    assert row.facts == {"before": "coming", "after": "not_coming", "agent": "Phone"}


def test_the_next_one_waits_when_the_last_place_is_taken(cast, now):
    dinner = limited(cast, 1)  # Greta has it
    give(cast.henrik, now, dinner=COMING)
    give(cast.ines, now, dinner=COMING)
    assert line(dinner) == ["Henrik Sørli", "Ines Öberg"]
    assert states(cast.henrik)["dinner"] == "waiting"


def test_the_first_in_line_is_coming_and_told_when_a_place_comes_free(cast, now):
    dinner = limited(cast, 1)
    give(cast.henrik, now, dinner=COMING)
    give(cast.ines, now, dinner=COMING)
    give(cast.greta, now, dinner=NOT_COMING)
    assert states(cast.henrik)["dinner"] == "coming"
    assert line(dinner) == ["Ines Öberg"]
    letters = Message.objects.filter(letter="promoted")
    assert [(letter.guest, letter.activity.slug) for letter in letters] == [(cast.henrik, "dinner")]
    assert History.objects.filter(guest=cast.henrik, what="promoted").count() == 1


def test_nobody_is_removed_or_promoted_when_capacity_is_lowered_below_those_coming(cast, now):
    guests = [factories.make_guest(cast.event, answers={"dinner": "coming"}) for _ in range(3)]
    dinner = limited(cast, 4)
    give(cast.henrik, now, dinner=COMING)
    dinner = limited(cast, 2)
    give(guests[0], now, dinner=NOT_COMING)
    assert line(dinner) == ["Henrik Sørli"]
    assert dinner.answer_set.filter(state=State.COMING).count() == 3


def test_those_in_line_get_places_in_order_when_capacity_is_raised(cast, now):
    limited(cast, 1)
    guests = [factories.make_guest(cast.event) for _ in range(3)]
    for guest in guests:
        give(guest, now, dinner=COMING)
    limited(cast, 3)
    assert waiting_list.fill(cast.event, now=now) == 2
    assert [states(guest)["dinner"] for guest in guests] == ["coming", "coming", "waiting"]
    assert waiting_list.fill(cast.event, now=now) == 0


def test_the_place_in_line_is_kept_when_a_waiting_guest_says_coming_again(cast, now):
    dinner = limited(cast, 1)
    give(cast.henrik, now, dinner=COMING)
    give(cast.ines, now, dinner=COMING)
    give(cast.henrik, now, dinner=COMING, race=COMING)
    assert line(dinner) == ["Henrik Sørli", "Ines Öberg"]


def test_a_guest_goes_to_the_end_when_leaving_the_line_and_coming_back(cast, now):
    dinner = limited(cast, 1)
    give(cast.henrik, now, dinner=COMING)
    give(cast.ines, now, dinner=COMING)
    give(cast.henrik, now, dinner=NOT_COMING)
    give(cast.henrik, now, dinner=COMING)
    assert line(dinner) == ["Ines Öberg", "Henrik Sørli"]


def test_nothing_is_stored_when_the_deadline_has_passed(cast, now):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=now - timedelta(seconds=1))
    cast.henrik.event.refresh_from_db()
    given = give(cast.henrik, now, dinner=COMING)
    assert given.shut == {"dinner": Window.DEADLINE_PASSED}
    assert given.is_shut
    assert states(cast.henrik)["dinner"] == "no_answer"


def test_the_house_may_answer_when_the_deadline_has_passed(cast, now):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=now - timedelta(seconds=1))
    cast.henrik.event.refresh_from_db()
    answers.give(cast.henrik, {"dinner": COMING}, by=cast.otto, channel="phone", now=now)
    assert states(cast.henrik)["dinner"] == "coming"
    assert History.objects.get(guest=cast.henrik).by == cast.otto


def test_one_confirmation_is_due_when_a_guest_changes_within_two_minutes(cast, now, clock):
    give(cast.henrik, now, dinner=COMING)
    last = clock.move(seconds=60)
    give(cast.henrik, last, dinner=NOT_COMING)
    message = Message.objects.get(guest=cast.henrik, letter="confirmation")
    assert message.due_at == last + timedelta(seconds=120)


def test_no_mail_is_written_when_the_guest_has_no_address(cast, now):
    guest = factories.make_guest(cast.event, "Nils Nettløs", email="")
    give(guest, now, dinner=COMING)
    assert not Message.objects.filter(guest=guest).exists()


@pytest.mark.parametrize("others", [1, 60])
def test_queries_are_as_few_at_any_size_when_an_answer_promotes_others(
    cast, now, others, django_assert_num_queries, django_assert_max_num_queries
):
    for slug in factories.PROGRAMME:
        limited(cast, 1, slug)
    mia = factories.make_guest(cast.event, answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    Answer.objects.filter(guest=cast.greta).update(state="not_coming")
    for _ in range(others):
        guest = factories.make_guest(cast.event)
        give(guest, now, gathering=COMING, race=COMING, dinner=COMING)
    with django_assert_num_queries(6 + 2):  # BEGIN and COMMIT, or SAVEPOINT and RELEASE, come on top
        give(mia, now, gathering=NOT_COMING, race=NOT_COMING, dinner=NOT_COMING)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_three_are_coming_and_seventeen_wait_in_order_when_twenty_answer_at_once():
    event = factories.make_event()
    event.activity_set.filter(slug="dinner").update(capacity=3)
    guests = [factories.make_guest(event) for _ in range(20)]
    start, failures = threading.Barrier(20), []

    def answer(guest):
        try:
            start.wait(timeout=20)
            give(guest, timezone.now(), dinner=COMING)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[guest]) for guest in guests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    dinner = event.activity_set.get(slug="dinner")
    assert dinner.answer_set.filter(state="coming").count() == 3
    numbers = [answer.waiting_number for answer in dinner.answer_set.waiting()]
    assert numbers == list(range(1, 18))
    saved = [row.guest_id for row in History.objects.filter(activity=dinner, facts__after="waiting").order_by("pk")]
    assert [answer.guest_id for answer in dinner.answer_set.waiting()] == saved
