"""After the deadline, for organisers: grace by hand, and late wishes granted by one press."""

from datetime import timedelta

import pytest

from events.actions import late
from events.domain.answers import Choice
from events.models import Activity, Answer, Event, History, Message
from tests import factories


@pytest.fixture
def otto(office):
    client = office("otto")
    client.cookies["language"] = "en"
    return client


def url_of(cast, rest):
    return f"/admin/events/event/{cast.event.pk}/{rest}"


def text_of(response):
    return response.content.decode()


def moment(at, cast):
    return at.astimezone(cast.event.zone).strftime("%Y-%m-%dT%H:%M")


def pass_deadline(cast, clock):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=clock.now - timedelta(hours=1))


def wish(cast, clock, guest=None, choice=Choice.COMING):
    (row,) = late.remember(guest or cast.henrik, {"dinner": choice}, channel="web", now=clock.now)
    return row


def decide_page(row):
    return f"/admin/events/event/{row.event_id}/guests/{row.guest_id}/late/{row.pk}/"


def said(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner").state


def test_the_overview_offers_grace_only_when_a_deadline_has_passed(otto, cast, clock):
    assert "grace/" not in text_of(otto.get(url_of(cast, "overview/")))
    pass_deadline(cast, clock)
    page = text_of(otto.get(url_of(cast, "overview/")))
    assert page.count("The deadline has passed.") == 3
    assert f"grace/?part={cast.activity('dinner').pk}" in page


def test_answers_are_taken_again_to_the_parts_chosen(otto, cast, clock, client):
    pass_deadline(cast, clock)
    dinner, until = cast.activity("dinner"), clock.now + timedelta(hours=5)
    form = otto.get(url_of(cast, f"grace/?part={dinner.pk}")).context["form"]
    assert form["parts"].value() == [dinner.pk]
    response = otto.post(url_of(cast, "grace/"), {"until": moment(until, cast), "parts": [dinner.pk]}, follow=True)
    graces = dict(Activity.objects.filter(event=cast.event).values_list("slug", "grace_until_at"))
    assert graces == {"gathering": None, "race": None, "dinner": until}
    assert "Still taking answers until Tuesday 10\xa0August at\xa016:00." in text_of(response)
    row = History.objects.get(what="programme")
    assert (row.activity, row.by, row.facts) == (
        dinner, cast.otto, {"change": "grace", "until": until.isoformat(), "before": ""},
    )  # fmt: skip
    assert client.post(factories.page_of(cast.henrik), {"answer-dinner": "coming"}).status_code == 303


def test_nothing_is_written_when_the_same_grace_is_given_again(otto, cast, clock):
    pass_deadline(cast, clock)
    posted = {"until": moment(clock.now + timedelta(hours=5), cast), "parts": [cast.activity("dinner").pk]}
    for _time in range(2):
        otto.post(url_of(cast, "grace/"), posted)
    assert History.objects.filter(what="programme").count() == 1


@pytest.mark.parametrize(("hours", "is_chosen"), [(-2, True), (5, False)])
def test_grace_is_asked_for_again_when_it_cannot_be(otto, cast, clock, hours, is_chosen):
    pass_deadline(cast, clock)
    parts = [cast.activity("dinner").pk] if is_chosen else [cast.other_event.activity_set.first().pk]
    response = otto.post(
        url_of(cast, "grace/"), {"until": moment(clock.now + timedelta(hours=hours), cast), "parts": parts}
    )
    assert response.status_code == 422
    assert not Activity.objects.exclude(grace_until_at=None).exists()


def test_grace_stands_in_the_form_of_the_part_and_comes_after_its_deadline(otto, cast, clock):
    dinner = cast.activity("dinner")
    page = f"/admin/events/activity/{dinner.pk}/change/"
    posted = {
        "title_nb": "Middag", "kind": "dinner", "starts_at": moment(dinner.starts_at, cast),
        "ends_at": moment(dinner.ends_at, cast), "promotes_until_hours": "24",
        "answer_by_at": moment(clock.now + timedelta(days=2), cast),
    }  # fmt: skip
    wrong = otto.post(page, {**posted, "grace_until_at": moment(clock.now + timedelta(days=1), cast)})
    assert "Write a moment after the deadline, or leave it empty." in text_of(wrong)
    right = otto.post(page, {**posted, "grace_until_at": moment(clock.now + timedelta(days=3), cast)})
    assert right.status_code == 302
    assert cast.activity("dinner").grace_until_at == clock.now + timedelta(days=3)


def test_a_late_wish_stands_in_to_do_on_its_page_and_with_the_guest(otto, cast, clock):
    row = wish(cast, clock)
    overview = text_of(otto.get(url_of(cast, "overview/")))
    assert "guest answered after the deadline" in overview and url_of(cast, "late/") in overview
    for page in (url_of(cast, "late/"), f"/admin/events/guest/{cast.henrik.pk}/change/"):
        text = text_of(otto.get(page))
        assert "Henrik Sørli wanted to come: Dinner (en)" in text
        assert "today 11:00, after the deadline" in text
        assert decide_page(row) in text
    assert "late/" not in text_of(otto.get(f"/admin/events/guest/{cast.greta.pk}/change/"))


@pytest.mark.parametrize(("posted", "letters"), [({"tell": "1"}, ["confirmation"]), ({}, [])])
def test_one_press_says_it_for_the_guest(otto, cast, clock, posted, letters):
    row = wish(cast, clock)
    response = otto.post(decide_page(row), {"decision": "grant", "from": "list", **posted})
    assert response["Location"] == url_of(cast, "late/")
    assert said(cast.henrik) == "coming"
    assert list(Message.objects.values_list("letter", flat=True)) == letters
    assert "Nobody was late" in text_of(otto.get(url_of(cast, "late/")))


def test_a_second_press_is_told_that_it_is_done(otto, cast, clock):
    row = wish(cast, clock)
    otto.post(decide_page(row), {"decision": "leave"})
    response = otto.post(decide_page(row), {"decision": "grant"}, follow=True)
    assert [str(each) for each in response.context["messages"]][-1] == "Somebody has dealt with this already."
    assert said(cast.henrik) == "no_answer"


def test_the_granted_answer_can_be_undone(otto, cast, clock):
    otto.post(decide_page(wish(cast, clock)), {"decision": "grant"})
    row = History.objects.get(guest=cast.henrik, what="answered")
    otto.post(f"/admin/events/event/{cast.event.pk}/guests/{cast.henrik.pk}/undo/{row.pk}/", {})
    assert said(cast.henrik) == "no_answer"


def test_a_wish_at_another_event_is_not_found(otto, cast, clock):
    row = wish(cast, clock, cast.zoe, Choice.NOT_COMING)
    assert otto.post(decide_page(row), {"decision": "grant"}).status_code == 404
    mine = wish(cast, clock)
    elsewhere = decide_page(mine).replace(f"/guests/{cast.henrik.pk}/", f"/guests/{cast.greta.pk}/")
    assert otto.post(elsewhere, {"decision": "grant"}).status_code == 404
    assert (said(cast.zoe), said(cast.henrik)) == ("coming", "no_answer")
