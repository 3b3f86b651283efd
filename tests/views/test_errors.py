"""What is refused before any page is asked."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories import page_of, token_of

TO_ORGANISERS = ["Det du nettopp gjorde", "What you just did", "Det du just gjorde", "Viimeisin toimesi"]
TO_GUESTS = ["Svaret ditt", "Your reply", "Ditt svar", "Vastaustasi"]
TYPE = "multipart/form-data; boundary=x"


@pytest.mark.parametrize("address", ["/", "/admin/login/", "/admin/nowhere/", "/i18n/setlang/", "/i/wrong/", "{greta}"])
def test_what_is_far_too_large_is_refused_unread_and_in_words(client, cast, address):
    def send(size):
        path = address.format(greta=page_of(cast.greta))
        return client.generic("POST", path, b"", content_type=TYPE, CONTENT_LENGTH=str(size))

    limit = settings.GUEST_LIST_MAX_BYTES
    refused = send(2 * limit + 1)
    assert refused.status_code == 413
    assert refused.headers["Content-Security-Policy"]
    assert "10,0" in refused.content.decode()
    assert refused.wsgi_request._read_started is False


@pytest.mark.parametrize(("address", "said"), [("/admin/login/", TO_ORGANISERS), ("/", TO_GUESTS)])
def test_failure_is_told_to_organisers_in_the_back_office_and_to_guests_elsewhere(client, monkeypatch, address, said):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("django.middleware.csrf.CsrfViewMiddleware.process_view", fail)
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == 500
    assert [words for words in TO_ORGANISERS + TO_GUESTS if words in response.content.decode()] == said


LANGUAGES = {
    "nb": "ingen side å åpne", "en": "no page to open", "sv": "ingen sida att öppna", "fi": "ei ole avattavaa sivua",
}  # fmt: skip


@pytest.mark.parametrize(("language", "said"), LANGUAGES.items())
def test_address_that_only_takes_a_post_says_so_when_a_browser_opens_it(client, language, said):
    response = client.get(reverse("set_language"), {"lang": language}, headers={"accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response["Allow"]) == (405, "POST")
    page = response.content.decode()
    assert said in page
    assert 'class="btn" href="/"' in page


def test_way_on_is_the_guests_own_page_when_the_link_is_genuine(client, cast):
    def asked(token):
        address = reverse("photos_take", args=[token])
        return client.get(address, headers={"accept": "text/html"}).content.decode()

    assert f'class="btn" href="{page_of(cast.greta)}"' in asked(token_of(cast.greta))
    wrong = asked("Bqrand")
    assert 'class="btn" href="/"' in wrong
    assert "Bqrand" not in wrong


def test_way_on_is_the_back_office_when_it_was_there(client, cast):
    client.force_login(cast.otto)
    address = reverse("admin:event_sending_stop", args=[cast.greta.event_id, 1])
    response = client.get(address, headers={"accept": "text/html"})
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert f'class="btn" href="{reverse("admin:index")}"' in response.content.decode()


@pytest.mark.parametrize("accept", ["", "*/*", "application/json"])
def test_refusal_stays_bare_when_no_browser_asks(client, accept):
    response = client.get(reverse("set_language"), headers={"accept": accept})
    assert (response.status_code, response["Allow"], response.content) == (405, "POST", b"")
    head = client.head(reverse("set_language"), headers={"accept": "text/html"})
    assert (head.status_code, head["Allow"], head.content) == (405, "POST", b"")
