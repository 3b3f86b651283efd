"""The photos looked at: by keyboard and finger, with scripts and without, and on the big screen at the dinner."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from events.models import Gallery, Photo, PhotoMark, RemovalRequest
from events.reports import gallery
from tests import factories, photo_rows

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LINKS = "[data-section] [data-photos] a"


@pytest.fixture
def photos(cast):
    made = [photo_rows.make_photo(cast.event, size=size) for size in ((3000, 2000), (2000, 3000), (4000, 3000)) * 2]
    photo_rows.mark(made[4], cast.greta)
    return made


@pytest.fixture
def at(cast, photos):
    return factories.page_of(cast.greta) + "photos/?lang=en"


def faults(page):
    page.evaluate("document.getAnimations().forEach(each => each.finish())")  # colours as they stay
    found = [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(("scrolls sideways", ""))
    return found


def focused(page, locator):
    return locator.evaluate("node => node === document.activeElement")


def test_viewer_is_turned_by_keyboard_keeps_the_focus_and_gives_it_back(page, at, photos):
    page.goto(at)
    links, viewer = page.locator(LINKS), page.locator("dialog")
    links.nth(1).focus()
    page.keyboard.press("Enter")
    expect(viewer.locator("[data-counter]")).to_have_text("2 of 6")
    assert page.locator("[data-counter]").get_attribute("aria-live") == "polite"
    expect(viewer.locator("[data-picture]")).to_have_attribute("alt", f"Photo 2 of 6, taken {clock(photos[1])}")
    for key, told in (
        ("ArrowRight", 3),
        ("End", 6),
        ("ArrowRight", 6),
        ("Home", 1),
        ("ArrowLeft", 1),
        ("ArrowRight", 2),
    ):
        page.keyboard.press(key)
        expect(viewer.locator("[data-counter]")).to_have_text(f"{told} of 6")
    expect(viewer.get_by_role("button", name="That's me")).to_be_visible()
    for _press in range(12):  # around and around
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(viewer).not_to_be_visible()
    assert focused(page, links.nth(2))
    assert "#" not in page.url


def clock(photo):
    return f"{photo.ordered_at.astimezone(photo.event.zone):%H:%M}"


def test_back_closes_the_viewer_and_forward_history_is_that_of_the_album(page, at):
    page.goto(at)
    page.locator(LINKS).nth(3).click()
    expect(page.locator("dialog")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.go_back()
    expect(page.locator("dialog")).not_to_be_visible()
    assert "/photos/" in page.url
    page.locator(LINKS).nth(0).click()
    page.reload()
    expect(page.locator("dialog [data-counter]")).to_have_text("1 of 6")


def make_cover(event, photo):
    Gallery.objects.update_or_create(event=event, defaults={"cover": photo})


def test_cover_opens_the_viewer_at_its_place_and_gets_the_focus_back(page, at, cast, photos):
    make_cover(cast.event, photos[3])
    page.goto(at)
    cover, viewer = page.locator("a.cover"), page.locator("dialog")
    cover.click()
    expect(viewer.locator("[data-counter]")).to_have_text("4 of 6")
    page.keyboard.press("Escape")
    expect(viewer).not_to_be_visible()
    assert focused(page, cover)
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    expect(viewer.locator("[data-counter]")).to_have_text("5 of 6")
    page.go_back()
    expect(viewer).not_to_be_visible()
    assert focused(page, page.locator(LINKS).nth(4))


def test_cover_that_is_far_down_is_fetched_with_what_lies_before_it(page, at, cast, photos, monkeypatch):
    monkeypatch.setattr(gallery, "PER_PAGE", 2)
    make_cover(cast.event, photos[5])
    page.goto(at)
    page.locator("a.cover").click()
    expect(page.locator("dialog [data-counter]")).to_have_text("6 of 6")


def test_cover_leads_to_its_page_without_scripts(phone, at, cast, photos):
    make_cover(cast.event, photos[3])
    page = phone()
    page.goto(at)
    page.locator("a.cover").tap()
    expect(page).to_have_url(re.compile(f"/photos/{photos[3].key}/"))


def test_own_photos_are_turned_among_themselves(page, at):
    page.goto(at)
    page.locator(".own a").click()
    expect(page.locator("[data-counter]")).to_have_text("1 of 1")
    assert page.locator("[data-turn]:enabled").count() == 0


def test_guest_marks_in_the_viewer_and_asks_a_photo_away(page, at, cast, photos):
    page.goto(at)
    page.locator(LINKS).nth(0).click()
    page.get_by_role("button", name="That's me").click()
    expect(page.get_by_role("button", name="You are on this photo")).to_be_focused()
    assert PhotoMark.objects.filter(photo=photos[0], guest=cast.greta).exists()
    page.locator("dialog summary").click()
    page.locator("dialog textarea").fill("Jeg blunker")
    page.get_by_role("button", name="Hide it and ask").click()
    expect(page.locator("#asked")).to_contain_text("skjult for alle gjester")
    assert RemovalRequest.objects.get().note == "Jeg blunker"
    assert page.locator(LINKS).count() == 5


def test_album_grows_as_one_scrolls_and_the_viewer_goes_on_into_it(page, at, cast, photos):
    total = len(photos) + len(photo_rows.make_photos(cast.event, gallery.PER_PAGE))
    page.goto(at)
    page.locator(LINKS).nth(gallery.PER_PAGE - 1).scroll_into_view_if_needed()
    expect(page.locator(LINKS)).to_have_count(total)
    assert page.locator("[data-section]").count() == 1
    page.locator(LINKS).nth(gallery.PER_PAGE - 1).click()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-counter]")).to_have_text(f"{gallery.PER_PAGE + 1} of {total}")


def test_rest_of_the_album_stays_within_reach_when_the_server_cannot_give_it_now(page, at, cast, photos):
    total = len(photos) + len(photo_rows.make_photos(cast.event, gallery.PER_PAGE))
    page.route("**/photos/*page=2*", lambda route: route.fulfill(status=503, body="<p>Prøv igjen</p>"))
    page.goto(at)
    with page.expect_response(lambda answer: answer.status == 503):
        page.locator(LINKS).nth(gallery.PER_PAGE - 1).scroll_into_view_if_needed()
    page.locator(LINKS).nth(gallery.PER_PAGE - 1).click()
    with page.expect_response(lambda answer: answer.status == 503):
        page.keyboard.press("ArrowRight")
    page.unroute("**/photos/*page=2*")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-counter]")).to_have_text(f"{gallery.PER_PAGE + 1} of {total}")


def test_finger_turns_draws_away_and_comes_near(context, at):
    page = context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    page.goto(at)
    page.locator(LINKS).nth(0).tap()
    counter, stage = page.locator("[data-counter]"), page.locator("[data-stage]")
    swipe(page, (300, 400), (60, 410))
    expect(counter).to_have_text("2 of 6")
    swipe(page, (60, 400), (300, 410))
    expect(counter).to_have_text("1 of 6")
    swipe(page, (200, 400), (200, 402))
    expect(stage).to_have_class("stage large")
    swipe(page, (300, 400), (60, 410))  # one looks around
    expect(counter).to_have_text("1 of 6")
    swipe(page, (200, 400), (200, 402))
    swipe(page, (200, 300), (210, 600))
    expect(page.locator("dialog")).not_to_be_visible()


def swipe(page, start, end):
    page.evaluate(
        """([[x, y], [toX, toY]]) => {
          const stage = document.querySelector("[data-stage]");
          const told = (kind, clientX, clientY) =>
            stage.dispatchEvent(new PointerEvent(kind, { clientX, clientY, isPrimary: true, bubbles: true }));
          told("pointerdown", x, y); told("pointerup", toX, toY);
        }""",
        [start, end],
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_album_viewer_and_page(context, at, photos, scheme):
    page = context(viewport={"width": 320, "height": 640}, color_scheme=scheme, reduced_motion="reduce").new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    for address in (at, at + "&choose=1", at + "&only=mine", at.replace("?", f"{photos[0].key}/?")):
        page.goto(address)
        assert faults(page) == [], address
    page.goto(at)
    page.locator(LINKS).nth(0).click()
    page.locator("dialog summary").click()
    assert faults(page) == []
    assert said == []  # nothing the policy blocks


def test_everything_is_done_without_scripts(phone, at, cast, photos, tmp_path):
    page = phone()
    page.goto(at)
    page.locator(LINKS).nth(0).tap()
    page.locator('[rel="next"]').tap()
    expect(page.locator("nav span").nth(0)).to_have_text("2 av 6")
    with page.expect_navigation():
        page.locator("[data-me] button").tap()
    assert PhotoMark.objects.filter(photo=photos[1], guest=cast.greta).exists()
    with page.expect_download() as got:
        page.get_by_role("link", name="Last ned").tap()
    assert got.value.suggested_filename == "stoltzen-0002.jpg"
    page.locator("summary").tap()
    page.locator("details button").tap()
    expect(page.locator("#asked")).to_be_visible()
    with page.expect_download() as got:
        page.locator('form[action$="/take/"] button').first.tap()
    assert got.value.suggested_filename == "stoltzen.zip"


def test_slideshow_goes_on_takes_in_new_photos_and_lets_hidden_ones_go(page, live_server, cast, photos):
    client = Client()
    client.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([{**session, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/events/event/{cast.event.pk}/photos/slideshow/")
    shown = page.locator(".wall .now")
    expect(shown).to_have_attribute("data-key", photos[0].key)
    page.wait_for_load_state("networkidle")  # a key pressed before it has asked what there is turns nothing
    page.keyboard.press("ArrowRight")
    expect(shown).to_have_attribute("data-key", photos[1].key)
    assert page.locator(".hand").evaluate("node => getComputedStyle(node).opacity") == "0"
    Photo.objects.filter(pk=photos[1].pk).update(state="hidden")
    new = photo_rows.make_photo(cast.event)
    expect(shown).to_have_attribute("data-key", new.key, timeout=25_000)  # at once when we have asked again
    page.mouse.move(200, 200)
    expect(page.locator(".hand")).to_have_css("opacity", "1")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.wait_for_url("**/photos/")


def test_slideshow_goes_on_with_what_is_loaded_when_the_net_is_gone(context, live_server, cast, photos):
    client = Client()
    client.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page = context().new_page()
    page.context.add_cookies([{**session, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/events/event/{cast.event.pk}/photos/slideshow/")
    shown = page.locator(".wall .now")
    page.wait_for_load_state("networkidle")
    for at in 1, 2:
        page.keyboard.press("ArrowRight")
        expect(shown).to_have_attribute("data-key", photos[at].key)
    page.context.set_offline(True)
    met = []
    for _press in range(4):
        before = shown.get_attribute("data-key")
        page.keyboard.press("ArrowRight")
        expect(shown).not_to_have_attribute("data-key", before)
        met.append(shown.get_attribute("data-key"))
    assert met == [photos[at].key for at in (0, 1, 2, 0)]
    assert shown.evaluate("image => image.complete && image.naturalWidth > 0")


def test_slideshow_keeps_what_it_shows_when_somebody_is_quicker_than_the_net(page, live_server, cast, photos):
    client = Client()
    client.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([{**session, "url": live_server.url}])
    page.route("**/slideshow.json", lambda route: route.abort())
    page.goto(f"{live_server.url}/admin/events/event/{cast.event.pk}/photos/slideshow/")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    expect(page.locator(".wall .now")).to_have_attribute("data-key", photos[0].key)
    expect(page.locator("[data-none]")).to_be_hidden()
