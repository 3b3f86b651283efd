"""A place from the waiting list: the page that asks, and the answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Activity, Answer, Event, History
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db
ENGLISH = "?lang=en"


@pytest.fixture
def henrik(cast, now):
    """Henrik has just got the last place at the dinner, and Ines waits behind."""
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=2)
    mine = {"state": "coming", "promoted_at": now, "answered_at": now}
    Answer.objects.filter(guest=cast.henrik, activity__slug="dinner").update(**mine)
    Answer.objects.filter(guest=cast.ines, activity__slug="dinner").update(
        state="waiting", waiting_number=1, answered_at=now
    )
    return cast.henrik


def place(guest):
    return page_of(guest) + "place/dinner/"


def text(response):
    return response.content.decode()


def answer(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner")


def test_the_question_stands_on_every_page_until_it_is_answered(client, henrik):
    for path in ("", "answered/", "place/dinner/"):
        shown = text(client.get(page_of(henrik) + path + ENGLISH))
        assert "Good news – there is a place for you!" in shown
        assert "I&#x27;m coming" in shown and "I can&#x27;t after all" in shown
    assert answer(henrik).promoted_at is not None
    response = client.post(place(henrik), {"answer": "yes"})
    assert (response.status_code, response["Location"]) == (303, page_of(henrik) + "answered/")
    assert answer(henrik).promoted_at is None
    assert History.objects.get(what="confirmed").channel == "web"
    for path in ("", "answered/", "place/dinner/"):
        assert "Good news" not in text(client.get(page_of(henrik) + path + ENGLISH))


def test_the_next_one_gets_the_place_when_the_guest_says_no_also_after_the_deadline(client, cast, henrik):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=timezone.now() - timedelta(days=1))
    assert client.post(place(henrik), {"answer": "no"}).status_code == 303
    assert (answer(henrik).state, answer(cast.ines).state) == ("not_coming", "coming")
    assert answer(cast.ines).promoted_at is not None


@pytest.mark.parametrize("posted", [{}, {"answer": "maybe"}, {"answer": ""}])
def test_the_page_asks_again_when_nothing_sensible_is_chosen(client, henrik, posted):
    response = client.post(place(henrik), posted)
    assert response.status_code == 422
    assert 'role="alert"' in text(response)
    assert answer(henrik).promoted_at is not None


def test_pressing_twice_and_from_an_old_tab_is_harmless(client, cast, henrik):
    for said in ("yes", "yes", "no", "no"):
        assert client.post(place(henrik), {"answer": said}).status_code == 303
    assert (answer(henrik).state, answer(cast.ines).state) == ("not_coming", "coming")
    assert History.objects.filter(guest=henrik, what="confirmed").count() == 1


def test_the_page_says_how_things_stand_when_there_is_no_question(client, cast, henrik):
    shown = text(client.get(place(cast.ines) + ENGLISH))
    assert "You are number 1 on the waiting list" in shown
    assert 'name="answer"' not in shown


@pytest.mark.parametrize("state", ["closed", "held", "cancelled"])
def test_no_answer_takes_effect_when_the_event_is_not_open(client, cast, henrik, state):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    assert client.post(place(henrik), {"answer": "no"}).status_code == 200
    assert answer(henrik).state == "coming"


def test_it_is_said_when_it_is_too_late(client, cast, clock, henrik):
    clock.now = cast.activity("dinner").starts_at + timedelta(minutes=1)
    response = client.post(place(henrik) + ENGLISH, {"answer": "no"})
    assert (response.status_code, answer(henrik).state) == (422, "coming")
    assert "It is too late" in text(response)


def test_the_question_names_who_got_the_place(client, cast, now):
    for states, words in (
        ({"own": now, "ola": now}, "there is a place for you and Ola Berge!"),
        ({"own": None, "ola": now}, "there is a place for Ola Berge!"),
    ):
        guest = factories.make_guest(cast.event, answers={"dinner": "coming"})
        ola = factories.make_companion(guest, "Ola Berge", answers={"dinner": "coming"})
        for who, at in ((guest, states["own"]), (ola, states["ola"])):
            Answer.objects.filter(guest=who, activity__slug="dinner").update(promoted_at=at)
        assert words in text(client.get(place(guest) + ENGLISH))
        client.post(place(guest), {"answer": "no"})
        assert answer(ola).state == "not_coming"
        assert answer(guest).state == ("not_coming" if states["own"] else "coming")


def test_unknown_activities_end_in_the_warm_404(client, cast, henrik):
    assert client.get(page_of(henrik) + "place/nowhere/").status_code == 404
    assert client.post(page_of(henrik) + "place/nowhere/", {"answer": "no"}).status_code == 404
