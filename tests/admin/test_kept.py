"""What somebody wrote in the office is not lost when the session ends meanwhile."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from events.models import Event, Letter
from tests import factories

ORIGIN = {"origin": "http://testserver"}
LOGIN = {"username": "otto", "password": factories.PASSWORD}
LETTER = {"subject": "Kom & løp", "preheader": "", "body": "Hei {first_name}!\n\nEn «lang» hilsen.\n\n{link}"}


@pytest.fixture
def letter(cast):
    return reverse("admin:event_letter", args=[cast.event.pk, "invitation", "nb"])


def hidden(response):
    """What the page's first form would send, as a browser reads it."""
    form = re.search(r"<form action.*?</form>", response.content.decode(), re.DOTALL)[0]
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescaped(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def unescaped(text):
    for sign, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(sign, plain)
    return text


def test_long_letter_is_saved_by_one_press_when_the_session_ended_meanwhile(client, cast, letter):
    asked = client.post(letter, LETTER, headers=ORIGIN)
    assert asked.status_code == 401
    wrong = client.post(reverse("admin:login"), {**hidden(asked), **LOGIN, "password": "wrong"})
    again = client.post(reverse("admin:login"), {**hidden(wrong), **LOGIN})
    assert again.status_code == 200
    assert not Letter.objects.filter(event=cast.event).exists()  # nothing is sent by itself
    assert hidden(again) == LETTER
    assert f'action="{letter}"' in again.content.decode()
    client.post(letter, hidden(again), headers=ORIGIN)
    assert Letter.objects.get(event=cast.event).body.replace("\r\n", "\n") == LETTER["body"]


def test_words_and_their_address_stay_when_the_language_is_changed_on_the_way_in(client, cast, letter):
    asked = client.post(letter, LETTER, headers=ORIGIN)
    switch = re.search(r'<form method="post" action="([^"]+)" class="languages".*?</form>', text_of(asked), re.DOTALL)
    assert switch[1] == reverse("admin:login")
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', switch[0]))
    sent = {name: unescaped(value) for name, value in fields.items() if name != "csrfmiddlewaretoken"}
    finnish = client.post(switch[1], {**sent, "language": "fi"})
    assert finnish.status_code == 200
    assert '<html lang="fi"' in text_of(finnish)
    assert finnish.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fi"
    wrong = client.post(reverse("admin:login"), {**hidden(finnish), **LOGIN, "password": "wrong"})
    assert '<html lang="fi"' in text_of(wrong)
    again = client.post(reverse("admin:login"), {**hidden(wrong), **LOGIN})
    assert hidden(again) == LETTER
    assert f'action="{letter}"' in text_of(again)


def test_the_switch_leads_nowhere_else_and_knows_no_other_languages(client, cast):
    sent = {"kept": '{"a": ["b"]}', "next": "https://elsewhere.example/"}
    shown = client.post(reverse("admin:login"), {**sent, "language": "fi"})
    after = client.post(reverse("admin:login"), {**hidden(shown), **LOGIN})
    assert "elsewhere" not in after.headers.get("Location", "") + text_of(after)
    client.logout()
    unknown = client.post(reverse("admin:login"), {**sent, "language": "xx"})
    assert settings.LANGUAGE_COOKIE_NAME not in unknown.cookies


def text_of(response):
    return response.content.decode()


def test_form_is_offered_again_when_somebody_logged_in_beside_it(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("admin:events_event_change", args=[cast.event.pk])
    typed = {"contact_name": "Anna", "csrfmiddlewaretoken": "of another login"}
    again = client.post(page, typed, headers=ORIGIN)
    assert again.status_code == 403
    assert hidden(again) == {"contact_name": "Anna"}
    assert Event.objects.get(pk=cast.event.pk).contact_name == cast.event.contact_name


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}])
def test_words_of_another_site_are_not_kept(client, cast, letter, headers):
    assert client.post(letter, LETTER, headers=headers).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    response = strict.post(letter, LETTER, headers=headers)
    assert response.status_code == 403
    assert "En «lang» hilsen" not in response.content.decode()


def test_scripts_files_and_passwords_are_sent_to_the_login_without_their_words(client, cast, letter, tmp_path):
    script = client.post(letter, LETTER, headers={**ORIGIN, "sec-fetch-mode": "cors"})
    password = client.post(reverse("admin:password_change"), {"old_password": "secret"}, headers=ORIGIN)
    nothing = client.post(letter, {}, headers=ORIGIN)
    assert [each.status_code for each in (script, password, nothing)] == [302, 302, 302]


@pytest.mark.parametrize("kept", ["no json", "[]", '{"a": 1}', "7", "", "[" * 100_000])
def test_made_up_words_break_nothing(client, cast, kept):
    response = client.post(reverse("admin:login"), {**LOGIN, "kept": kept, "next": "https://elsewhere.example/"})
    assert response.status_code in (200, 302)
    assert "elsewhere" not in response.headers.get("Location", "") + response.content.decode()
