"""What a browser fetches when a guest opens the link for the first time (rules/performance.md)."""

from urllib.parse import urljoin, urlsplit

import pytest

from tests.factories import page_of

MOST_REQUESTS = 3

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_browser_asks_for_three_things_of_ours_when_a_guest_opens_the_link(phone, live_server, invited):
    page, asked = phone(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_of(invited), wait_until="networkidle")
    icon = page.locator('link[rel="icon"]').get_attribute("href")
    found = {*asked, urljoin(live_server.url, icon)}  # a browser without a window asks for no icon
    assert len(found) <= MOST_REQUESTS
    assert {urlsplit(url).netloc for url in found} == {urlsplit(live_server.url).netloc}
