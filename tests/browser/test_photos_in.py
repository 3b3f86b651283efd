"""Thirty files chosen in a real browser, some no photos, some lost on the way: the count equals those chosen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import expect

from events.models import Event, Gallery, Guest, Photo, PhotoUpload, links
from tests import factories
from tests.browser.login import log_in
from tests.browsing import DESK
from tests.photo_files import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HTML, TWIN, LARGE = 3, 4, 5  # of the thirty: a page called .jpg, one that is there twice, one that is too large
LIMIT = 200_000


@pytest.fixture(autouse=True)
def small_limits(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PHOTO_MAX_BYTES = LIMIT


@pytest.fixture
def thirty(tmp_path):
    """The paths of thirty files."""
    paths = []
    for number in range(30):
        data = {HTML: b"<!doctype html><script>1</script>", TWIN: jpeg() + bytes([0]), LARGE: jpeg() + b"x" * LIMIT}
        path = tmp_path / f"IMG_{number:04}.jpg"
        path.write_bytes(data.get(number) or jpeg() + bytes([number]))
        paths.append(str(path))
    return paths


@pytest.fixture
def otto(cast, page, live_server):
    return enter(page, live_server, cast.otto)


def enter(page, live_server, user):
    """Logs in, in English."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    values = {site.SESSION_COOKIE_NAME: client.cookies[site.SESSION_COOKIE_NAME].value}
    values[site.LANGUAGE_COOKIE_NAME] = "en"
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in values.items()])
    return page


def office(event):
    return f"/{site.ADMIN_PATH}events/event/{event.pk}/photos/add/"


def losing(page, *, every, times):
    """Cuts the connection of every so-manieth request with a file, so many times."""
    met = {"files": 0, "lost": 0}

    def handle(route):
        body = route.request.post_data_buffer or b""
        if route.request.method == "POST" and b'name="files"' in body:
            met["files"] += 1
            if met["files"] % every == 0 and met["lost"] < times:
                met["lost"] += 1
                return route.abort("connectionreset")
        return route.continue_()

    page.route("**/photos/add/**", handle)
    return met


def total(page):
    return page.locator("[data-total]")


def test_thirty_files_are_all_accounted_for_when_some_are_lost_on_the_way(otto, cast, thirty):
    met = losing(otto, every=4, times=5)
    otto.goto(office(cast.event))
    otto.set_input_files("input[type=file]", thirty)
    otto.get_by_role("button", name="Send 30 photos").click()
    expect(total(otto)).to_have_text("30 chosen: 27 added, 1 here already, 2 not taken", timeout=40_000)
    assert met["lost"] == 5
    expect(otto.locator(".albums-of-go")).to_have_count(0)  # more files would not go to another album
    upload = PhotoUpload.objects.get()
    assert (upload.chosen, upload.added, upload.duplicates, len(upload.refused)) == (30, 27, 1, 2)
    assert Photo.objects.count() == 27
    refused = otto.locator("li.is-refused")
    assert sorted(refused.locator(".file-name").all_inner_texts()) == [f"IMG_{n:04}.jpg" for n in (HTML, LARGE)]
    assert "web page" in refused.filter(has_text=f"IMG_{HTML:04}").inner_text()
    assert "195" in refused.filter(has_text=f"IMG_{LARGE:04}").inner_text()  # the limit, in kB
    assert otto.locator("[role=status][data-status]").inner_text() == total(otto).inner_text()
    expect(otto.get_by_text("0 of 27 photos are ready.")).to_be_visible()
    assert faults(otto) == []


def test_what_is_dropped_beside_the_form_is_taken_instead_of_opened(otto, cast, thirty):
    otto.goto(office(cast.event))
    wire = otto.context.new_cdp_session(otto)
    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [], "files": thirty[:3], "dragOperationsMask": 1}
        wire.send("Input.dispatchDragEvent", {"type": kind, "x": 1200, "y": 850, "data": data})
    expect(total(otto)).to_have_text("3 chosen")
    expect(otto.get_by_role("button", name="Send 3 photos")).to_be_visible()


def test_the_rest_is_sent_when_the_page_is_loaded_again_and_the_same_files_are_chosen(otto, cast, thirty):
    otto.route(
        "**/photos/add/**", lambda route: route.abort() if _has_file(route, "IMG_001", "IMG_002") else route.continue_()
    )
    otto.goto(office(cast.event))
    otto.set_input_files("input[type=file]", thirty)
    otto.get_by_role("button", name="Send 30 photos").click()
    expect(otto.locator("li.is-added")).to_have_count(7, timeout=20_000)
    otto.on("dialog", lambda dialog: dialog.accept())
    otto.reload()
    otto.unroute_all()
    expect(total(otto)).to_contain_text("20 not arrived yet")
    met = losing(otto, every=1, times=0)
    otto.set_input_files("input[type=file]", thirty)
    otto.get_by_role("button", name="Send 22 photos").click()
    expect(total(otto)).to_have_text("30 chosen: 27 added, 1 here already, 2 not taken", timeout=20_000)
    assert met["files"] == 21  # the twenty, and once more the page called .jpg
    assert (PhotoUpload.objects.count(), Photo.objects.count()) == (1, 27)


def _has_file(route, *names):
    body = route.request.post_data_buffer or b""
    return any(f'filename="{name}'.encode() in body for name in names)


def test_what_does_not_get_through_has_a_button_that_sends_it_by_keyboard(otto, cast, thirty):
    otto.clock.install()
    otto.route("**/photos/add/**", lambda route: route.abort() if _has_file(route, "IMG_") else route.continue_())
    otto.goto(office(cast.event))
    otto.set_input_files("input[type=file]", thirty[:2])
    otto.get_by_role("button", name="Send 2 photos").click()
    for _try in range(6):
        otto.wait_for_timeout(300)
        otto.clock.run_for(20_000)
    expect(otto.get_by_text("did not get through").first).to_be_visible()
    otto.unroute_all()
    otto.get_by_role("button", name="Try again: IMG_0000.jpg").press("Enter")
    expect(total(otto)).to_have_text("2 chosen: 1 added, 1 not arrived yet")
    otto.get_by_role("button", name="Try again: IMG_0001.jpg").press("Enter")
    expect(total(otto)).to_have_text("2 chosen: 2 added")


@pytest.mark.parametrize("when", ["before the first", "in between"])
def test_the_same_page_goes_on_when_one_has_logged_in_again_in_another_tab(otto, cast, thirty, when):
    otto.goto(office(cast.event))
    if when == "in between":
        otto.set_input_files("input[type=file]", thirty[:1])
        otto.get_by_role("button", name="Send 1 photo").click()
        expect(total(otto)).to_have_text("1 chosen: 1 added")
    otto.context.clear_cookies(name=site.SESSION_COOKIE_NAME)
    otto.set_input_files("input[type=file]", thirty[1:3])
    otto.get_by_role("button", name="Send 2 photos").click()
    expect(otto.get_by_text("You are no longer logged in").first).to_be_visible()
    log_in(otto.context.new_page(), cast.otto)
    otto.get_by_role("button", name="Try all of them again").click()
    expect(total(otto)).to_have_text("3 chosen: 3 added" if when == "in between" else "2 chosen: 2 added")


def test_a_proxy_that_takes_less_is_told_as_such(otto, cast, thirty):
    otto.route(
        "**/photos/add/**",
        lambda route: route.fulfill(status=413) if _has_file(route, "IMG_0001") else route.continue_(),
    )
    otto.goto(office(cast.event))
    otto.set_input_files("input[type=file]", thirty[:2])
    otto.get_by_role("button", name="Send 2 photos").click()
    expect(otto.locator("li.is-refused")).to_contain_text("too large for the network between us")
    expect(total(otto)).to_have_text("2 chosen: 1 added, 1 not taken")


def test_too_many_in_a_minute_go_on_by_themselves(page, cast, thirty, gallery, settings):
    settings.PHOTOS_PER_LINK_PER_MINUTE = 3
    page.clock.install()
    page.goto(factories.page_of(cast.greta) + "photos/add/")
    page.get_by_label("I took these photos").check()
    page.set_input_files("input[type=file]", thirty[:3])
    page.get_by_role("button", name="Send 3 photos").click()
    expect(page.get_by_text("Many are sending just now").first).to_be_visible()
    settings.PHOTOS_PER_LINK_PER_MINUTE = 90
    page.clock.run_for(25_000)
    expect(total(page)).to_have_text("3 chosen: 3 added")


@pytest.fixture
def gallery(cast):
    Event.objects.filter(pk=cast.event.pk).update(held_on=factories.NOW.date())
    Guest.objects.filter(pk=cast.greta.pk).update(language="en")
    return Gallery.objects.create(event=cast.event, takes_guest_photos=True, takes_table_photos=True)


def test_a_guest_hears_what_is_missing_then_sends_and_takes_one_back(page, cast, gallery, thirty):
    page.goto(factories.page_of(cast.greta) + "photos/add/")
    page.set_input_files("input[type=file]", thirty[:2])
    page.get_by_role("button", name="Send 2 photos").click()
    expect(page.get_by_text("Tick that you may share the photos")).to_be_visible()
    expect(page.get_by_label("I took these photos")).to_be_focused()
    page.get_by_label("I took these photos").check()
    page.get_by_role("button", name="Send 2 photos").click()
    expect(total(page)).to_have_text("2 chosen: 2 added")
    expect(page.get_by_text("waits until an organiser shows it")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Take it back.*IMG_0000")).click()
    page.wait_for_load_state()
    expect(page.get_by_text("waits until an organiser shows it")).to_have_count(1)
    assert list(Photo.objects.values_list("file_name", "sent_by")) == [("IMG_0001.jpg", cast.greta.pk)]


@pytest.mark.parametrize("at", ["guest", "table"])
def test_photos_come_in_on_a_small_phone_without_javascript(phone, cast, gallery, thirty, at):
    page = phone(locale="en-GB")
    page.goto(f"/p/{links.tables_token(gallery)}/" if at == "table" else
              factories.page_of(cast.greta) + "photos/add/")  # fmt: skip
    if at == "table":
        page.get_by_label("Your name").fill("Kari, table 4")
    page.get_by_label("I took these photos").check()
    page.set_input_files("input[type=file]", thirty[:5])
    page.get_by_role("button", name="Send the photos").click()
    page.wait_for_load_state()
    main = page.locator("main").inner_text()
    assert "3 added" in main or "3 lagt til" in main
    assert page.locator("li[data-outcome]").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Photo.objects.count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_photos_come_in(context, cast, gallery, thirty, live_server, scheme):
    for at in (
        factories.page_of(cast.greta) + "photos/add/",
        "/p/" + links.tables_token(gallery) + "/?lang=en",
    ):
        page = context(**DESK, color_scheme=scheme).new_page()
        page.goto(at)
        assert faults(page) == []
        if page.get_by_label("Your name").count():
            page.get_by_label("Your name").fill("Kari")
        page.get_by_label("I took these photos").check()
        page.set_input_files("input[type=file]", thirty[:4])
        page.get_by_role("button", name="Send 4 photos").click()
        expect(total(page)).to_contain_text("4 chosen: ")
        expect(total(page)).to_contain_text("1 not taken")
        assert faults(page) == []
    page = enter(context(**DESK, color_scheme=scheme).new_page(), live_server, cast.otto)
    for at in (office(cast.event), f"/{site.ADMIN_PATH}events/event/{cast.event.pk}/gallery/"):
        page.goto(at)
        assert faults(page) == []


def faults(page):
    """The rules that axe finds broken, and scrolling sideways."""
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + (["scrolls sideways"] if is_wide else [])


def test_the_button_is_there_for_the_keyboard_and_says_what_is_missing_when_nothing_is_chosen(otto, cast):
    otto.goto(office(cast.event))
    otto.get_by_role("button", name="Send the photos").press("Enter")
    expect(otto.get_by_text("Choose at least one photo.").first).to_be_visible()
    assert PhotoUpload.objects.count() == 0
