"""Who is invited to what: all of the programme, unless an organiser chooses otherwise."""

import pytest

from events.models import Answer, Guest, History
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def otto(client, cast):
    client.force_login(cast.otto)
    return client


def page(guest):
    return f"/admin/events/event/{guest.event_id}/guests/{guest.pk}/invited-to/"


def parts(guest):
    return sorted(Answer.objects.filter(guest=guest).values_list("activity__slug", flat=True))


def test_the_guest_sees_only_what_was_chosen(otto, cast):
    race = cast.activity("race")
    assert otto.post(page(cast.henrik), {"invited_to": [race.pk]}).status_code == 302
    assert parts(cast.henrik) == ["race"]
    guests_page = otto.get(factories.page_of(cast.henrik)).content.decode()
    assert "answer-race" in guests_page and "answer-dinner" not in guests_page
    told = History.objects.filter(guest=cast.henrik).values_list("what", "activity__slug", "by__username")
    assert sorted(told) == [("left_out", "dinner", "otto"), ("left_out", "gathering", "otto")]


def test_nothing_is_written_when_the_same_is_chosen_again(otto, cast):
    everything = [activity.pk for activity in cast.event.activity_set.all()]
    otto.post(page(cast.henrik), {"invited_to": everything})
    assert not History.objects.filter(guest=cast.henrik).exists()


def test_a_part_comes_back_unanswered_when_it_is_chosen_again(otto, cast):
    otto.post(page(cast.ines), {"invited_to": [cast.activity("race").pk]})
    otto.post(page(cast.ines), {"invited_to": [cast.activity("race").pk, cast.activity("dinner").pk]})
    states = dict(Answer.objects.filter(guest=cast.ines).values_list("activity__slug", "state"))
    assert states == {"race": "not_coming", "dinner": "no_answer"}


def test_it_says_what_to_do_first_when_the_guest_has_a_place(otto, cast):
    response = otto.post(page(cast.greta), {"invited_to": [cast.activity("race").pk]})
    assert response.status_code == 422
    assert "Gathering, Dinner" in response.content.decode()
    assert parts(cast.greta) == ["dinner", "gathering", "race"]


def test_another_events_part_cannot_be_chosen(otto, cast):
    foreign = cast.other_event.activity_set.get(slug="race")
    assert otto.post(page(cast.henrik), {"invited_to": [foreign.pk]}).status_code == 422
    assert parts(cast.henrik) == ["dinner", "gathering", "race"]


def test_a_guest_added_by_hand_is_invited_to_what_is_ticked(otto, cast):
    page_to_add = f"/admin/events/event/{cast.event.pk}/guests/add/"
    assert otto.get(page_to_add).content.decode().count('type="checkbox"') == 3
    otto.post(page_to_add, {"name": "Ny Gjest", "invited_to": [cast.activity("dinner").pk]})
    assert parts(Guest.objects.get(contact__name="Ny Gjest")) == ["dinner"]


def test_at_least_one_part_is_asked_for(otto, cast):
    assert otto.post(page(cast.henrik), {}).status_code == 422
    assert parts(cast.henrik) == ["dinner", "gathering", "race"]
