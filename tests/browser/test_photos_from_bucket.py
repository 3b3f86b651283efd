"""Photos that a real browser fetches at the bucket, under the policy of our pages, and keeps."""

import pytest
from django.utils import timezone

from tests import factories, photo_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def guest(bucket, settings, s3_server):
    """A guest with one photo in the bucket, where the bucket sends files."""
    settings.STORAGE_SENDS_FILES = True
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "img-src": ["'self'", settings.BUCKET.origin]}}
    event = factories.make_event(held_on=timezone.localdate())
    photo_rows.make_photo(event, is_real_size=True)
    return factories.make_guest(event, "Greta Åsen")


def test_browser_shows_a_photo_of_the_bucket_and_fetches_it_once(guest, page, s3_server):
    asked, refused = [], []
    page.on("console", lambda message: refused.append(message.text))
    page.on("requestfinished", lambda request: asked.append((request.url, request.sizes()["responseBodySize"])))
    for _time in range(2):
        page.goto(f"{factories.page_of(guest)}photos/")
        width = page.locator("img").first.evaluate("async image => { await image.decode(); return image.naturalWidth }")
        assert width > 100
    assert refused == []
    sizes = [size for url, size in asked if url.startswith(s3_server.address)]
    assert sizes and sizes[0] > 0 and not any(sizes[1:])
