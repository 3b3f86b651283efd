"""Times typed by keyboard, and without JavaScript; axe looks on, on the way of a file as well."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from events.models import Membership, Result, ResultFile
from tests import factories, racing
from tests.browser.login import log_in
from tests.browsing import DESK
from tests.result_files import plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
M, S = 60_000, 1000


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def race():
    """A race of five with bibs 1 to 5."""
    race = racing.make_race(factories.make_event())
    for number, name in enumerate(("Kari Nordås", "Ola Berge", "Åse Øvrebø", "Bjørn Li", "Liv Sæther"), 1):
        racing.make_runner(race, name, bib=number)
    return race


def enter(page, live_server, user):
    """Logs in, in English."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    values = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
    values[settings.LANGUAGE_COOKIE_NAME] = "en"
    page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in values.items()])
    return page


def there(race, path):
    return f"/{settings.ADMIN_PATH}events/event/{race.activity.event_id}/race/{path}"


def told():
    """{bib: (status, time)} of all results."""
    return {row.entry.bib: (row.status, row.time_ms) for row in Result.objects.select_related("entry")}


def focused(page):
    """The name of the line whose box has the focus, or of the search."""
    return page.evaluate("document.activeElement.closest('.line')?.dataset.name || document.activeElement.id")


def saved(page, count):
    page.locator(".line-saved, .line-warn").nth(count - 1).wait_for()


def test_a_starter_types_times_by_bib_and_line_by_line_without_the_mouse(page, live_server, race):
    starter = factories.make_organiser(race.activity.event, "stina", Membership.Role.STARTER)
    enter(page, live_server, starter).goto(there(race, "times/"))
    assert focused(page) == "searchbar"
    keys = page.keyboard
    for bib, text in (("3", "12:34"), ("005", "dnf")):
        keys.type(bib)
        keys.press("Enter")
        assert focused(page) == {"3": "Åse Øvrebø", "005": "Liv Sæther"}[bib]
        keys.type(text)
        keys.press("Enter")
        assert focused(page) == "searchbar"
    saved(page, 2)
    keys.type("kari")
    keys.press("Enter")
    page.keyboard.press("ArrowDown")
    keys.press("ArrowUp")
    assert focused(page) == "Kari Nordås"
    keys.type("13.45")
    page.evaluate("document.activeElement.blur()")  # as if one had come by Tab
    page.focus("#line-" + str(race.activity.entry_set.get(bib=1).guest_id) + " input[type=text]")
    keys.press("Enter")
    saved(page, 3)
    assert told() == {1: ("OK", 13 * M + 45 * S), 3: ("OK", 12 * M + 34 * S), 5: ("DNF", None)}
    assert "Saved: 13:45 – 13 min 45 s" in page.locator("main").inner_text()


def test_times_are_saved_again_when_one_has_logged_in_again_in_another_tab(page, live_server, race):
    otto = factories.make_organiser(race.activity.event)
    enter(page, live_server, otto).goto(there(race, "times/"))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    box = page.locator(".line input[type=text]").first
    box.fill("11:11")
    box.press("Enter")
    page.get_by_text("you are no longer logged in").first.wait_for()
    log_in(page.context.new_page(), otto)
    box.press("Enter")
    saved(page, 1)
    assert told() == {1: ("OK", 671_000)}


@pytest.mark.parametrize("answer", [[], ["Control+a", "1", "2", ":", "3", "4"]])
def test_it_goes_back_to_the_search_after_a_question_when_it_came_from_there(page, live_server, race, answer):
    """Else the next bib is written as the time of the next line."""
    enter(page, live_server, factories.make_organiser(race.activity.event)).goto(there(race, "times/"))
    keys = page.keyboard
    for typed in ("2", "99:99" if answer else "1414"):
        keys.type(typed)
        keys.press("Enter")
    page.wait_for_selector(".line-wrong input:focus" if answer else "[data-as]:focus")
    for key in [*answer, "Enter"]:
        keys.press(key)
    saved(page, 1)
    assert focused(page) == "searchbar"
    assert set(told()) == {2}


def test_enter_goes_on_at_once_and_back_to_what_is_asked(page, live_server, race):
    enter(page, live_server, factories.make_organiser(race.activity.event)).goto(there(race, "times/"))
    boxes, keys = page.locator(".line input[type=text]"), page.keyboard
    boxes.first.focus()
    for text in ("11:11", "12:12", "13:13"):  # as fast as fingers can
        keys.type(text)
        keys.press("Enter")
    assert focused(page) == "Bjørn Li"
    saved(page, 3)
    assert told() == {1: ("OK", 671_000), 2: ("OK", 732_000), 3: ("OK", 793_000)}
    keys.type("1414")
    keys.press("Enter")
    page.wait_for_selector(".line-ask")
    page.wait_for_selector("[data-as]:focus")
    keys.press("Enter")  # the likelier one
    saved(page, 4)
    assert focused(page) == "Liv Sæther"
    assert told()[4] == ("OK", 854_000)
    keys.type("99:99")
    keys.press("Enter")
    page.wait_for_selector(".line-wrong")
    assert 5 not in told()
    keys.press("Control+a")
    keys.type("4:00")
    keys.press("Enter")
    page.wait_for_selector(".line-warn")
    assert told()[5] == ("OK", 240_000)
    assert "That is an unusual time" in page.locator(".line-warn").inner_text()


def test_a_line_that_was_not_saved_says_so_and_keeps_what_was_typed(page, live_server, race):
    enter(page, live_server, factories.make_organiser(race.activity.event)).goto(there(race, "times/"))
    page.route("**/race/times/*/", lambda route: route.abort())
    box = page.locator(".line input[type=text]").first
    box.fill("12:34")
    box.press("Enter")
    page.wait_for_selector(".line-wrong")
    assert "Not saved: no answer from the server" in page.locator(".line-wrong").inner_text()
    page.unroute("**/race/times/*/")
    box.press("Enter")
    saved(page, 1)
    assert told() == {1: ("OK", 754_000)}


def test_all_lines_are_saved_on_a_phone_without_javascript(phone, live_server, race):
    page = enter(phone(), live_server, factories.make_organiser(race.activity.event))
    page.goto(there(race, "times/"))
    boxes = page.locator(".line input[type=text]")
    boxes.nth(0).fill("12:34")
    boxes.nth(1).fill("DNS")
    boxes.nth(2).fill("1313")
    with page.expect_navigation():
        page.get_by_role("button", name="Save all lines").tap()
    assert "1 line waits for you" in page.locator("main").inner_text()
    with page.expect_navigation():
        page.get_by_role("button", name="13:13 – 13 min 13 s").tap()
    assert told() == {1: ("OK", 754_000), 2: ("DNS", None), 3: ("OK", 793_000)}


def go(page, role, name):
    thing = page.get_by_role(role, name=name).first
    with page.expect_navigation():
        thing.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(context, live_server, race, scheme):
    event = race.activity.event
    page = enter(context(**DESK, color_scheme=scheme).new_page(), live_server, factories.make_organiser(event))
    page.goto(there(race, "times/"))
    for at, text in enumerate(("12:34", "1313", "99:99", "2:00", "dnf")):
        line = page.locator(".line").nth(at)
        line.locator("input[type=text]").first.fill(text)
        line.locator("input[type=text]").first.press("Enter")
        page.locator(":is(.line-saved, .line-warn, .line-ask, .line-wrong)").nth(at).wait_for()  # it may take the focus
    page.wait_for_selector(".line-wrong")
    saved(page, 3)
    found = faults(page, "times")
    page.goto(there(race, "files/"))
    found += faults(page, "files")
    rows = [["Startnr", "Navn", "Bruttotid", "Nettotid", "Status"], [1, "Kari Nordås", "12:40", "12:34", ""]]
    rows += [[2, "Ola Berge", "", "", ""], [3, "Åse Øvrebø", "5O:12", "", ""], [3, "Åse Øvrebø", "15:12", "15:00", ""]]
    rows += [
        [4, "Bjørn Li", "14:00", "13:00", ""],
        [77, "Fremmed", "9:00", "8:59", ""],
        [4, "Bjørn Li", "3:00", "2:59", ""],
    ]
    file = {"name": "r.csv", "mimeType": "text/csv", "buffer": plain(rows)}
    page.set_input_files("input[type=file]", [file])
    go(page, "button", "Look at the file")
    found += faults(page, "columns")
    go(page, "button", "Show what will happen")
    found += faults(page, "asked")
    go(page, "button", "Read it like this")
    for name in (
        "Ours",
        "Whose is it?",
        "Unclear",
        "Worth a look",
        "Not readable",
        "Not in this file",
        "Nobody of ours",
    ):
        if page.locator(".fates").get_by_role("link", name=name).count():
            go(page, "link", name)
            found += faults(page, name)
    go(page, "button", "Apply")
    assert ResultFile.objects.get().state == "applied"
    found += faults(page, "said")
    assert found == []


def faults(page, what):
    """(page, rule) of every fault, whatever its weight, and of scrolling sideways."""
    found = [(what, fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(page).response["violations"]]
    is_wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return found + ([(what, "scrolls sideways", "")] if is_wide else [])
