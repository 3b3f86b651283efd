"""Late wishes: kept once, granted or set aside once."""

import pytest

from events.actions import answers, late
from events.domain.answers import Choice
from events.models import Activity, Answer, History, Message
from tests import factories

pytestmark = pytest.mark.django_db


def remember(guest, now, **wishes):
    return late.remember(guest, wishes, channel="web", now=now)


def wishes_of(guest):
    rows = History.objects.filter(guest=guest).open_wishes()
    return {row.activity.slug: row.facts["wish"] for row in rows}


def said(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner").state


def test_a_wish_is_kept_once_and_the_newest_counts(cast, clock):
    remember(cast.greta, clock.now, dinner=Choice.UNSURE)
    remember(cast.greta, clock.move(minutes=1), dinner=Choice.UNSURE)
    assert [row.facts for row in History.objects.filter(guest=cast.greta)] == [{"wish": "unsure", "before": "coming"}]
    remember(cast.greta, clock.move(minutes=1), dinner=Choice.NOT_COMING)
    assert wishes_of(cast.greta) == {"dinner": "not_coming"}


def test_nothing_is_kept_when_it_holds_already(cast, clock):
    dinner = cast.activity("dinner")
    Answer.objects.filter(guest=cast.henrik, activity=dinner).update(
        state="waiting", waiting_number=1, answered_at=clock.now
    )
    remember(cast.greta, clock.now, dinner=Choice.COMING)
    remember(cast.henrik, clock.now, dinner=Choice.COMING)
    assert not History.objects.exists()


def test_a_wish_is_set_aside_when_the_guest_goes_back_on_it(cast, clock):
    remember(cast.greta, clock.now, dinner=Choice.NOT_COMING)
    remember(cast.greta, clock.move(minutes=1), dinner=Choice.COMING)
    assert wishes_of(cast.greta) == {}


def test_nothing_is_kept_of_a_part_that_is_cancelled_or_not_the_guests(cast, clock):
    guest = factories.make_guest(cast.event, invited_to=["race"])
    Activity.objects.filter(event=cast.event, slug="race").update(cancelled_at=clock.now)
    remember(guest, clock.now, dinner=Choice.COMING, race=Choice.COMING)
    assert not History.objects.exists()


@pytest.mark.parametrize("tell", [True, False])
def test_a_granted_wish_is_the_guests_answer(cast, clock, tell):
    (row,) = remember(cast.henrik, clock.now, dinner=Choice.COMING)
    how = {"by": cast.otto, "channel": "office", "now": clock.move(minutes=5)}
    assert late.grant(row, **how, tell=tell).is_changed
    assert (said(cast.henrik), wishes_of(cast.henrik)) == ("coming", {})
    assert History.objects.get(guest=cast.henrik, what="answered").by == cast.otto
    assert Message.objects.filter(guest=cast.henrik).count() == int(tell)
    assert late.grant(row, **how) is None
    assert late.set_aside(row, **how) is False


def test_a_granted_wish_waits_in_line_when_the_dinner_is_full(cast, clock):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    (row,) = remember(cast.henrik, clock.now, dinner=Choice.COMING)
    late.grant(row, by=cast.otto, channel="office", now=clock.now)
    assert said(cast.henrik) == "waiting"


def test_a_wish_set_aside_changes_no_answer_and_is_not_granted_afterwards(cast, clock):
    (row,) = remember(cast.henrik, clock.now, dinner=Choice.COMING)
    how = {"by": cast.otto, "channel": "office", "now": clock.now}
    assert late.set_aside(row, **how) is True
    assert late.set_aside(row, **how) is False
    assert late.grant(row, **how) is None
    assert said(cast.henrik) == "no_answer"
    assert list(History.objects.order_by("pk").values_list("what", "by__username")) == [
        ("late", None), ("set_aside", "otto"),
    ]  # fmt: skip


def test_a_wish_is_settled_when_somebody_answers_for_the_guest(cast, clock):
    remember(cast.henrik, clock.now, dinner=Choice.COMING)
    answers.give(cast.henrik, {"dinner": Choice.NOT_COMING}, by=cast.otto, channel="phone", now=clock.now)
    assert wishes_of(cast.henrik) == {}
