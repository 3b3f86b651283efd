"""An organiser brings in a list: on a phone without JavaScript, and with axe looking on."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from events.models import Guest, GuestListUpload
from tests import factories
from tests.browsing import DESK
from tests.lists import LISTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def enter(page, live_server, user):
    """Logs in, in English."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    values = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    values[settings.LANGUAGE_COOKIE_NAME] = "en"
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in values.items()])
    return page


def start(page, event, file):
    page.goto(f"/{settings.ADMIN_PATH}events/event/{event.pk}/guests/import/")
    page.set_input_files("input[type=file]", str(LISTS / file))
    go(page, "button", "Look at the list")


def go(page, role, name):
    """Presses it and waits for the next page; axe on a page that is going away finds no document."""
    thing = page.get_by_role(role, name=name)
    with page.expect_navigation():
        thing.click()


def test_a_list_comes_in_on_a_small_phone_without_javascript(phone, live_server):
    event = factories.make_event()
    page = enter(phone(), live_server, factories.make_organiser(event))
    start(page, event, "selgerliste.xlsx")
    page.get_by_label("Kommentar").select_option(label="not read")
    go(page, "button", "Show what will happen")
    go(page, "link", "1 Refused")
    assert "This looks like a row of sums" in page.locator("main").inner_text()
    go(page, "button", "Apply: 24 new guests")
    assert "24 new guests" in page.locator("main h2").first.inner_text()
    assert set(Guest.objects.filter(event=event).values_list("note")) == {("",)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_way(context, live_server, scheme):
    event = factories.make_event()
    otto = factories.make_organiser(event)
    page = enter(context(**DESK, color_scheme=scheme).new_page(), live_server, otto)
    start(page, event, "crm-eksport.csv")
    go(page, "button", "Show what will happen")
    go(page, "button", "Apply: 40 new guests")
    start(page, event, "tom.csv")
    found = faults(page, "refused file")
    start(page, event, "felles-adresser.csv")
    found += faults(page, "columns")
    go(page, "button", "Show what will happen")
    for name in ("6 New", "1 Questions", "1 Twice in the list", "40 Not in this file"):
        go(page, "link", name)
        found += faults(page, name)
    go(page, "button", "Apply: 6 new guests")
    found += faults(page, "result")
    upload = GuestListUpload.objects.create(
        event=event, by=otto, file="x", file_name="l.csv", fields={"turn": 1, "mapping": {}}, uploaded_at=factories.NOW
    )
    page.goto(f"/{settings.ADMIN_PATH}events/event/{event.pk}/guests/import/{upload.pk}/")
    assert found + faults(page, "waiting") == []


def faults(page, what):
    """(page, rule) of every fault, whatever its weight, and of scrolling sideways."""
    found = [(what, fault["id"]) for fault in Axe().run(page).response["violations"]]
    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + ([(what, "scrolls sideways")] if is_wide else [])
