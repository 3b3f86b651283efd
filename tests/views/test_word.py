"""`/i/<token>/word/`: a word to the host, with a yes as with a no."""

import pytest

from events.models import Event, Message, Voice
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db


def address(guest):
    return page_of(guest) + "word/"


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("who", ["greta", "ines"])
def test_the_page_is_offered_after_every_answer(client, cast, who):
    guest = getattr(cast, who)
    assert f'href="{address(guest)}"' in text(client.get(page_of(guest) + "answered/"))


def test_the_word_is_kept_as_it_was_typed_and_queued_to_the_host(client, cast, now):
    response = client.post(address(cast.ines), {"text": "  Takk for invitasjonen!\r\nHilsen Ines  "})
    assert (response.status_code, response["Location"]) == (303, page_of(cast.ines) + "answered/")
    voice = Voice.objects.get()
    assert (voice.guest, voice.kind, voice.said_at) == (cast.ines, "word", now)
    assert voice.text == "Takk for invitasjonen!\nHilsen Ines"
    assert voice.message == Message.objects.get(letter="voice")
    assert "Takk for invitasjonen!<br>Hilsen Ines" in text(client.get(address(cast.ines)))


def test_several_words_are_welcome(client, cast):
    for said in ("Først dette.", "Og så dette."):
        client.post(address(cast.greta), {"text": said})
    page = text(client.get(address(cast.greta)))
    assert page.index("Først dette.") < page.index("Og så dette.")
    assert Voice.objects.count() == 2


@pytest.mark.parametrize("said", ["", "   \n ", "\x00\x07"])
def test_the_page_asks_for_a_few_words_when_there_are_none(client, cast, said):
    response = client.post(address(cast.greta), {"text": said})
    assert response.status_code == 422
    assert 'role="alert"' in text(response) and "<title>Feil:" in text(response)
    assert not Voice.objects.exists()


def test_nothing_is_cut_off_when_the_word_is_too_long(client, cast):
    long = "Så mye å si. " * 154 + "Slutten."
    response = client.post(address(cast.greta), {"text": long})
    assert response.status_code == 422
    assert "Slutten." in text(response)
    assert "2000" in text(response) and str(len(long)) in text(response)
    assert "maxlength" not in text(response)
    assert not Voice.objects.exists()


def test_line_breaks_count_once_when_the_browser_sends_two_signs(client, cast):
    assert client.post(address(cast.greta), {"text": "\r\n".join(["a"] * 1000) + "\r\n"}).status_code == 303
    assert len(Voice.objects.get().text) == 1999


def test_what_was_said_stays_text(client, cast):
    client.post(address(cast.greta), {"text": "<script>alert(1)</script>"})
    page = text(client.get(address(cast.greta)))
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


def test_a_word_is_welcome_after_the_event_and_thanked_for_on_the_page(client, cast):
    Event.objects.update(state="held")
    assert f'href="{address(cast.ines)}"' in text(client.get(page_of(cast.ines)))
    response = client.post(address(cast.ines), {"text": "Neste år er jeg med!"})
    assert (response.status_code, response["Location"]) == (303, address(cast.ines))
    page = text(client.get(address(cast.ines)))
    assert "Neste år er jeg med!" in page and "Takk!" in page
    assert Message.objects.get(letter="voice").guest == cast.ines


@pytest.mark.parametrize("state", ["draft", "archived", "cancelled"])
def test_what_was_said_is_readable_and_no_more_is_taken_when_the_event_takes_no_answers(client, cast, state):
    client.post(address(cast.greta), {"text": "Jeg gleder meg!"})
    Event.objects.update(state=state)
    responses = [client.get(address(cast.greta))]
    if state != "closed":  # perhaps just now, while the guest was writing: see below
        responses.append(client.post(address(cast.greta), {"text": "Mer."}))
    for response in responses:
        assert response.status_code == 200
        assert "Jeg gleder meg!" in text(response) and "Marte Lie" in text(response)
        assert "<textarea" not in text(response)
    assert Voice.objects.count() == 1


def test_the_text_stays_with_whom_to_call_when_an_organiser_closes_the_event_meanwhile(client, cast):
    Event.objects.update(state="closed")
    response = client.post(address(cast.greta), {"text": "Jeg rakk det ikke."})
    assert response.status_code == 422
    assert 'role="alert"' in text(response) and text(response).count('href="tel:55000000"') == 2
    assert "Jeg rakk det ikke.</textarea>" in text(response)
    assert not Voice.objects.exists()


def test_too_many_words_are_met_kindly_and_the_text_is_kept(client, cast, settings):
    settings.ANSWERS_PER_LINK_PER_MINUTE = 1
    client.post(address(cast.greta), {"text": "En."})
    response = client.post(address(cast.greta), {"text": "To ord til."})
    assert response.status_code == 429
    assert "To ord til." in text(response)
    assert Voice.objects.count() == 1


def test_nobody_elses_word_is_seen(client, cast):
    client.post(address(cast.greta), {"text": "Bare til Marte."})
    assert "Bare til Marte." not in text(client.get(address(cast.ines)))


@pytest.mark.parametrize("others", [0, 30])
def test_few_queries_show_the_page_at_any_size(client, cast, others, django_assert_max_num_queries):
    for number in range(others):
        Voice.objects.create(guest=factories.make_guest(cast.event), text="Hei", said_at=cast.event.created_at)
        Voice.objects.create(guest=cast.greta, text=f"Ord {number}", said_at=cast.event.created_at)
    url = address(cast.greta)
    with django_assert_max_num_queries(10):
        client.get(url)


def test_what_was_typed_is_shown_with_whom_to_call_when_the_event_was_closed_meanwhile(client, cast):
    Event.objects.update(state="closed")
    response = client.post(address(cast.greta), {"text": "Mer."})
    assert response.status_code == 422
    assert "Mer." in text(response) and "Marte Lie" in text(response)
    assert not Voice.objects.exists()


def test_the_word_is_offered_once_on_the_page_after_answering_when_nothing_is_answered(client, cast):
    shown = client.get(page_of(cast.henrik) + "answered/?lang=en").content.decode()
    assert shown.count("A word to your host") == 1
