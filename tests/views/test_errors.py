"""What is refused before any page is asked."""

import pytest
from django.conf import settings

from tests.factories import page_of

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
