"""`/i/<token>/not-me/`: a forwarded link leads to a request, and never to an answer for the guest."""

import pytest

from events.models import Answer, Event, History, Message, Voice
from tests.factories import page_of

pytestmark = pytest.mark.django_db
PER = {"name": "Per Feil", "email": "per@annen.example", "text": "Jeg fikk denne videre."}


def address(guest):
    return page_of(guest) + "not-me/"


def text(response):
    return response.content.decode()


def test_the_page_says_whose_it_is_and_where_to_go_when_it_is_somebody_else(client, cast):
    page = text(client.get(page_of(cast.henrik)))
    assert "Henrik Sørli" in page and 'href="not-me/"' in page


def test_the_request_is_kept_and_nothing_is_answered_or_sent(client, cast, now):
    before = list(Answer.objects.filter(guest=cast.henrik).values())
    response = client.post(address(cast.henrik), PER)
    assert (response.status_code, response["Location"]) == (303, address(cast.henrik) + "thanks/")
    voice = Voice.objects.get()
    assert (voice.guest, voice.kind, voice.said_at) == (cast.henrik, "not_me", now)
    assert (voice.name, voice.email, voice.text) == tuple(PER.values())
    assert list(Answer.objects.filter(guest=cast.henrik).values()) == before
    assert list(History.objects.values_list("what", flat=True)) == ["not_me"]
    assert not Message.objects.exists()
    assert "Marte Lie" in text(client.get(response["Location"]))


def test_the_name_alone_is_enough(client, cast):
    assert client.post(address(cast.henrik), {"name": "Per"}).status_code == 303
    assert Voice.objects.get().email == ""


@pytest.mark.parametrize("wrong", [{"name": ""}, {"email": "per"}, {"text": "x" * 2001}, {"email": "a@b.no\nX: y"}])
def test_the_page_says_what_to_do_and_keeps_what_was_typed_when_something_is_wrong(client, cast, wrong):
    response = client.post(address(cast.henrik), {**PER, **wrong})
    assert response.status_code == 422
    assert "<title>Feil:" in text(response)
    assert all(PER[name] in text(response) for name in PER if name not in wrong)
    assert not Voice.objects.exists()


def test_what_another_wrote_is_not_shown_to_whoever_has_the_link(client, cast):
    client.post(address(cast.henrik), PER)
    for page in (address(cast.henrik), page_of(cast.henrik), page_of(cast.henrik) + "word/"):
        assert "Per Feil" not in text(client.get(page))
        assert "per@annen.example" not in text(client.get(page))


@pytest.mark.parametrize("state", ["draft", "held", "archived", "cancelled"])
def test_the_page_names_whom_to_call_when_the_event_takes_no_answers(client, cast, state):
    Event.objects.update(state=state)
    for response in (client.get(address(cast.henrik)), client.post(address(cast.henrik), PER)):
        assert response.status_code == 200
        assert "Marte Lie" in text(response) and 'name="name"' not in text(response)
    assert not Voice.objects.exists()


def test_what_was_typed_is_shown_with_whom_to_call_when_the_event_was_closed_meanwhile(client, cast):
    Event.objects.update(state="closed")
    response = client.post(address(cast.henrik), PER)
    assert response.status_code == 422
    assert "per@annen.example" in text(response) and "Marte Lie" in text(response)
    assert not Voice.objects.exists()
