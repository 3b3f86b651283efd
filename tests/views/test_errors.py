"""What is refused before any page is asked."""

import pytest
from django.conf import settings

from tests.factories import page_of

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
