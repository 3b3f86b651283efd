"""Photos gone through by keyboard alone: shown, hidden, chosen, and who is on them written without the mouse."""

from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from events.models import Photo, PhotoMark
from tests import photo_rows
from tests.admin.test_photo_pages import say_no
from tests.browser.login import fill_login
from tests.browser.test_typing_times import enter
from tests.browsing import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(cast, context, live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    for number in range(4):
        photo_rows.make_photo(cast.event, state="waiting" if number == 1 else "shown", is_real_size=False)
    page = enter(context(**DESK).new_page(), live_server, cast.otto)
    page.goto(live_server.url + reverse("admin:event_photos", args=[cast.event.pk]))
    return page


def sees_nothing_wrong(page):
    found = [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(page).response["violations"]]
    assert found == []


def focused(page):
    return page.evaluate("document.activeElement.closest('.tile')?.id")


def states():
    return list(Photo.objects.order_by("pk").values_list("state", flat=True))


def test_photos_are_shown_hidden_and_chosen_without_the_mouse(desk):
    sees_nothing_wrong(desk)
    ids = [f"p{pk}" for pk in Photo.objects.order_by("pk").values_list("pk", flat=True)]
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    assert focused(desk) == ids[1]
    desk.keyboard.press("s")
    desk.wait_for_selector(f"#{ids[1]}:not(.is-waiting)")
    assert (states(), focused(desk)) == (["shown"] * 4, ids[1])
    desk.keyboard.press("Space")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Shift+Space")
    assert desk.locator(".tile input:checked").count() == 3
    desk.keyboard.press("h")
    desk.wait_for_selector(f"#{ids[3]}.is-hidden")
    assert states() == ["shown", "hidden", "hidden", "hidden"]
    desk.keyboard.press("?")
    assert desk.locator("#keys[open]").count() == 1


def test_one_comes_back_to_the_photos_when_the_login_had_ended_at_a_key(desk, cast):
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("h")
    fill_login(desk, cast.otto)
    expect(desk.locator(".tile")).to_have_count(4)
    assert "hidden" not in states()


def test_a_turned_photo_takes_its_place_by_itself_and_keeps_the_focus_and_the_tick(desk):
    first = Photo.objects.in_order().first()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("r")
    desk.wait_for_selector(f"#p{first.pk}.is-making")
    desk.keyboard.press("Space")
    made = photo_rows.sizes_of(2000, 3000)
    Photo.objects.filter(pk=first.pk).update(work=Photo.Work.MADE, sizes=made)
    tall = desk.locator(f"#p{first.pk}:not(.is-making) img")
    tall.wait_for(timeout=6000)
    assert tall.get_attribute("height") > tall.get_attribute("width")
    assert (focused(desk), desk.locator(".tile input:checked").count()) == (f"p{first.pk}", 1)
    desk.goto(desk.url.split("?")[0] + f"{first.pk}/")
    desk.locator("button[value=turn]").click()
    desk.wait_for_selector("#picture.is-making")
    Photo.objects.filter(pk=first.pk).update(work=Photo.Work.MADE)
    desk.wait_for_selector("#picture:not(.is-making) img", timeout=6000)
    assert desk.locator("#one-form button[value=turn]").count() == 1


def test_the_photos_stay_when_one_is_logged_out_while_a_page_looks_by_itself(desk, settings):
    first, kinds = Photo.objects.in_order().first(), desk.locator("nav.kinds").count()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("r")
    desk.wait_for_selector(f"#p{first.pk}.is-making")
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    with desk.expect_response(lambda answer: "login" in answer.url):
        pass  # looked up by itself
    assert desk.locator(".tile").count() == 4
    assert desk.locator("nav.kinds").count() == kinds


def test_who_is_on_a_photo_is_written_and_the_next_one_comes(desk, cast):
    first, second, *_rest = Photo.objects.in_order()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("t")
    desk.wait_for_selector("#who:focus")
    sees_nothing_wrong(desk)
    desk.keyboard.type("gre")
    desk.wait_for_selector("#people-found li[aria-selected=true]")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/photos/{second.pk}/**")
    assert list(PhotoMark.objects.values_list("photo", "guest")) == [(first.pk, cast.greta.pk)]
    desk.wait_for_selector("#who:focus")
    desk.keyboard.press("ArrowLeft")
    desk.wait_for_url(f"**/photos/{first.pk}/**")
    assert "Greta Åsen" in desk.locator(".marks").inner_text()


def test_count_says_how_many_are_meant_when_all_are_ticked(desk):
    desk.locator("input[name=all]").check()
    assert desk.locator("#chosen-count").inner_text() == "4 chosen"
    desk.locator("input[name=all]").uncheck()
    assert desk.locator("#chosen-count").inner_text() == "Choose photos"


@contextmanager
def new_page(desk):
    """Until another document has come and is loaded. Playwright's own way may miss one whose address is the same."""
    desk.evaluate("document.documentElement.dataset.isOld = true")
    yield
    desk.wait_for_selector("html:not([data-is-old])")
    desk.wait_for_load_state("load")


def at_who(desk):
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("t")
    desk.wait_for_selector("#who:focus")
    desk.wait_for_load_state("load")  # the browser goes to the field before the script listens to it


def test_several_are_written_with_commas_and_the_last_one_taken_from_the_list(desk):
    at_who(desk)
    desk.keyboard.type("henrik, gre")
    desk.wait_for_selector("#people-found li[aria-selected=true]:has-text('Greta')")
    with new_page(desk):
        desk.keyboard.press("Enter")
    names = PhotoMark.objects.values_list("guest__contact__name", flat=True)
    assert sorted(names) == ["Greta Åsen", "Henrik Sørli"]


def test_whoever_types_faster_than_the_list_comes_is_taken_at_their_word(desk):
    desk.route("**/people/?q=*h*", lambda route: None)  # the answer to the longer word never comes
    at_who(desk)
    desk.keyboard.type("i")
    desk.wait_for_selector("#people-found li[aria-selected=true]:has-text('Ines')")
    desk.keyboard.press("Backspace")
    desk.keyboard.type("henrik")
    with new_page(desk):
        desk.keyboard.press("Enter")
    assert list(PhotoMark.objects.values_list("guest__contact__name", flat=True)) == ["Henrik Sørli"]


def test_escape_leaves_the_field_for_the_keys_and_what_was_said_is_in_sight(desk, cast, now):
    say_no(cast.ines, now)
    at_who(desk)
    desk.keyboard.type("ines")
    desk.wait_for_selector("#people-found li[aria-selected=true]")
    assert not desk.locator(".notice").count()
    desk.keyboard.press("Shift+Enter")
    box = desk.wait_for_selector(".notice").bounding_box()
    assert box["y"] >= 0 and desk.locator("#who").bounding_box()["y"] < desk.viewport_size["height"]
    desk.wait_for_selector("#who:focus")
    desk.keyboard.press("Escape")
    with new_page(desk):
        desk.keyboard.press("h")
    assert Photo.objects.in_order().first().state == "hidden"
    desk.keyboard.press("Escape")
    with new_page(desk):
        desk.keyboard.press("Escape")
    assert "/photos/?" in desk.url or desk.url.partition("#")[0].endswith("/photos/")


def test_shift_enter_stays_on_the_photo_also_before_anybody_is_listed(desk, cast):
    desk.route("**/photos/people/**", lambda route: route.abort())
    at_who(desk)
    here = desk.url.partition("#")[0]
    desk.keyboard.type("ines")
    assert not desk.locator("form[action*='/untag/']").count()
    desk.keyboard.press("Shift+Enter")
    desk.wait_for_selector("form[action*='/untag/']")
    assert desk.url.partition("#")[0].partition("?")[0] == here.partition("?")[0]
    assert Photo.objects.in_order().first().photomark_set.get().guest == cast.ines


def test_what_was_said_stays_in_sight_on_a_phone(desk, cast, now):
    say_no(cast.ines, now)
    desk.set_viewport_size({"width": 390, "height": 700})
    at_who(desk)
    desk.keyboard.type("ines")
    desk.wait_for_selector("#people-found li[aria-selected=true]")
    with new_page(desk):
        desk.keyboard.press("Enter")
    desk.wait_for_selector("#who:focus")
    said = desk.locator(".messagelist .warning").bounding_box()
    assert said["y"] >= 0 and said["y"] + said["height"] < desk.locator("#who").bounding_box()["y"] < 700
