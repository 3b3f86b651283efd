"""The board watched while results arrive: on a desk with scripts, on a phone without, and on the wall at dinner."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from events.actions import boards, cheers
from events.domain.ranking import Status
from events.models import Event, Race, links
from events.reports import board as reports
from tests import racing
from tests.browser.walking import looker  # noqa: F401  fixture

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WALL = {"viewport": {"width": 1920, "height": 1080}}
SOON = 20_000  # milliseconds; the board asks every ten seconds or so


@pytest.fixture
def race(cast):
    reports._at_hand.clear()
    Event.objects.filter(pk=cast.event.pk).update(shows_guests=True)
    return racing.make_race(cast.event, is_live=True)


@pytest.fixture
def runners(race):
    """Åse, Bjørn and a nameless one, ten seconds apart; then a field that fills the wall."""
    names = ["Åse Vågen", "Bjørn Nordås", "Siri Hemmelig", *(f"Løper Nummer {number:02}" for number in range(20))]
    found = []
    for number, name in enumerate(names):
        at = race.starts_at + timedelta(seconds=10 * number)
        found.append(racing.make_runner(race, name, bib=number + 1, slot_at=at))
        if name != "Siri Hemmelig":
            racing.agree(found[-1])
    return found


def page_of(live_server, race, query=""):
    return f"{live_server.url}/live/{links.board_token(race)}/{query}"


def faults(page):
    page.evaluate("document.getAnimations().forEach(each => each.finish())")  # colours as they stay
    found = [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(page).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(("scrolls sideways", ""))
    return found


def tap(page, where, number=0):
    with page.expect_navigation():
        page.locator(where).nth(number).tap()


def first_names(page, count=3):
    return page.locator("[data-rows] .who").all_inner_texts()[:count]


def wait_for(page, text, where="[data-rows]"):
    page.wait_for_function(
        "([where, text]) => document.querySelector(where)?.textContent.includes(text)", arg=[where, text], timeout=SOON
    )


def test_times_arrive_by_themselves_on_a_desk(context, live_server, race, runners, cast):
    page = context(viewport={"width": 1280, "height": 900}, locale="nb-NO").new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    ase, bjorn, siri, *_others = runners
    page.goto(page_of(live_server, race, f"?me={ase.pk}"))
    assert first_names(page) == ["Åse Vågen", "Bjørn Nordås", "Startnummer 3"]
    racing.record(race, {bjorn: 12.5, siri: Status.DNF})
    wait_for(page, "12:30")
    assert first_names(page) == ["Bjørn Nordås", "Startnummer 3", "Åse Vågen"]
    assert "Bjørn Nordås 12:30" in page.locator("[data-announce]").text_content()
    assert page.locator("[data-rows] tr.new .who").all_inner_texts() == ["Bjørn Nordås"]
    assert page.locator("[data-count=in-goal]").inner_text() == "1"
    way = {"by": None, "channel": "web", "now": timezone.now()}
    cheers.say(ase.guest, race.activity, "Heia <i>Åse</i>!", host=cast.host, **way)
    racing.record(race, {ase: 11.75})
    wait_for(page, "11:45", "[data-mine]")
    assert first_names(page)[0] == "Åse Vågen"
    assert page.locator("[data-cheers] p").first.inner_text() == "Heia <i>Åse</i>!"
    assert faults(page) == []
    assert errors == []


def test_a_withdrawn_consent_takes_the_name_off_a_board_that_is_open(context, live_server, race, runners):
    page = context(locale="nb-NO").new_page()
    page.goto(page_of(live_server, race))
    runners[0].guest.consent_set.update(withdrawn_at=timezone.now())
    racing.record(race, {runners[1]: 14})
    page.wait_for_function("() => !document.body.textContent.includes('Åse Vågen')", timeout=SOON)


def test_times_appear_on_a_start_list_that_is_open_when_somebody_shows_them(context, live_server, race, runners):
    boards.switch(race.activity, False, by=None, channel="office", now=timezone.now())
    page = context(locale="nb-NO").new_page()
    page.goto(page_of(live_server, race))
    assert page.locator(".tabs").count() == 0
    racing.record(race, {runners[1]: 12.5})
    boards.switch(race.activity, True, by=None, channel="office", now=timezone.now())
    page.wait_for_selector(".tabs", timeout=SOON)
    assert "12:30" in page.locator("[data-rows]").inner_text()


def test_it_keeps_what_it_has_without_contact_and_goes_on_after(context, live_server, race, runners):
    browser = context(locale="nb-NO")
    page = browser.new_page()
    page.goto(page_of(live_server, race))
    before = page.locator("span[data-updated]").inner_text()
    browser.set_offline(True)
    page.evaluate("dispatchEvent(new Event('online'))")  # look now
    said = "document.querySelector('span[data-updated]').textContent"
    page.wait_for_function(f"(before) => !{said}.startsWith(before.split(' ')[0])", arg=before)
    assert first_names(page)[0] == "Åse Vågen"
    racing.record(race, {runners[1]: 12.5})
    browser.set_offline(False)  # the browser says so itself
    wait_for(page, "12:30")
    assert page.locator("span[data-updated]").inner_text().startswith(before.split(" ")[0])


def test_it_stops_asking_when_the_results_are_final(context, live_server, race, runners):
    racing.record(race, {runner: 12 + number for number, runner in enumerate(runners)})
    Race.objects.update(state="final", published_at=timezone.now())
    page = context().new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "board.json" in request.url else None)
    page.goto(page_of(live_server, race))
    page.wait_for_timeout(1_500)
    assert asked == []


@pytest.mark.parametrize("language", ["nb", "fi"])
def test_everything_can_be_done_on_a_phone_without_scripts(phone, live_server, race, runners, looker, language):  # noqa: F811
    page = phone()
    ase, bjorn, *_others = runners
    page.goto(page_of(live_server, race, f"?lang={language}"))
    looker.look(page, language)
    racing.record(race, {bjorn: 12.5})
    tap(page, ".fresh a")
    assert first_names(page, 2) == ["Bjørn Nordås", "Åse Vågen"]
    page.locator("[name=q]").fill("VAGEN")
    tap(page, ".look button")
    assert first_names(page) == ["Åse Vågen"]
    tap(page, "[data-rows] .pin a")
    assert page.locator("[data-mine] .who").inner_text() == "Åse Vågen"
    assert f"me={ase.pk}" in page.url and "sen" not in page.url.split("?")[1].replace("VAGEN", "")
    tap(page, ".tabs a", 2)
    assert page.locator("[data-mine] .who").inner_text() == "Åse Vågen"
    looker.look(page, language)


def test_the_wall_says_who_has_just_come_in_and_rolls(context, live_server, race, runners):
    page = context(**WALL, locale="nb-NO", color_scheme="dark").new_page()
    page.goto(page_of(live_server, race, "?screen=1"))
    assert faults(page) == []
    assert page.locator("main :is(a, button, input)").count() == 0
    size = page.locator("[data-rows] .who").first.evaluate("(each) => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 56  # 32 mm high capitals on a screen of 120 cm: read from ten metres
    racing.record(race, {runners[1]: 12.5})
    wait_for(page, "Bjørn Nordås", "[data-just-in]")
    assert "12:30" in page.locator("[data-just-in]").inner_text()
    assert faults(page) == []
    page.wait_for_function("() => document.querySelector('[data-roll]').scrollTop > 20", timeout=SOON)
    page.keyboard.press("Space")
    held = page.evaluate("document.querySelector('[data-roll]').scrollTop")
    page.wait_for_timeout(1_000)
    assert abs(page.evaluate("document.querySelector('[data-roll]').scrollTop") - held) <= 2


def test_the_wall_stands_still_for_who_wants_less_motion_and_turns_its_page(context, live_server, race, runners):
    page = context(**WALL, reduced_motion="reduce").new_page()
    page.goto(page_of(live_server, race, "?screen=1"))
    first = page.locator("[data-rows] tr").first
    first.wait_for()
    place = first.bounding_box()
    page.wait_for_timeout(2_000)
    assert first.bounding_box() == place
    page.wait_for_function("() => document.querySelector('[data-roll]').scrollTop > 300", timeout=SOON)
