"""The back office in a real browser: axe, keyboard, focus, 320 px, dark, and nothing the policy blocks."""

import pytest

from events.models import Course, EarlierTime
from tests import factories, racing
from tests.browser.test_crawl import chromium, crawl_office  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_office_is_accessible(cast, live_server, chromium):  # noqa: F811
    """From the overview and a guest's page wherever links lead, one page of each shape."""
    overview = f"/admin/events/event/{cast.event.pk}/overview/"
    message = factories.make_message(cast.greta, state="failed")
    starts = ["/admin/", overview, f"/admin/events/guest/{cast.greta.pk}/change/"]
    starts += [f"/admin/events/message/{message.pk}/change/", overview.replace("overview", "send/invitation")]
    crawl_office(
        live_server.url, chromium, *(f"--admin-start={start}" for start in starts),
        "--admin-max=24", "--per-pattern=1", "--focus-checks=4", "--fail-on=moderate",
    )  # fmt: skip


def test_link_is_copied_by_one_press(cast, context, live_server):
    page = context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto("/admin/login/")
    page.fill("#id_username", "otto")
    page.fill("#id_password", factories.PASSWORD)
    page.click("button.main")
    page.goto(f"/admin/events/guest/{cast.greta.pk}/change/")
    page.click("[data-copy]")
    assert page.evaluate("navigator.clipboard.readText()").endswith(factories.page_of(cast.greta))


def test_the_speakers_sheet_is_a_table_on_paper_as_on_a_desk(cast, context, live_server):
    """A4 between its margins is as narrow as a phone is wide."""
    race = racing.make_race(cast.event)
    racing.record(race, {racing.make_runner(race, "Kari Nordås"): 12})
    page = context(viewport={"width": 700, "height": 1000}).new_page()
    page.goto("/admin/login/")
    page.fill("#id_username", "otto")
    page.fill("#id_password", factories.PASSWORD)
    page.click("button.main")
    page.goto(f"/admin/events/event/{cast.event.pk}/speaker/")
    row = page.locator(".stories tbody tr").first
    assert row.evaluate("(row) => getComputedStyle(row).display") == "flex"
    page.emulate_media(media="print")
    assert row.evaluate("(row) => getComputedStyle(row).display") == "table-row"
    assert page.locator(".phone-bar, .side, .speaker-top .buttons").filter(visible=True).count() == 0


def test_the_contests_of_a_large_race_are_read_by_keyboard(cast, live_server, chromium):  # noqa: F811
    """A list too long for its card rolls, also without a link in it to stop at."""
    race = racing.make_race(cast.event, course=Course.objects.create(name="Stoltzen", created_at=cast.event.created_at))
    year = cast.event.held_on.year
    runners = [racing.make_runner(race, f"Løper {number:02}") for number in range(12)]
    EarlierTime.objects.bulk_create(
        EarlierTime(
            guest=each.guest,
            course=race.course,
            year=year - 1,
            time_ms=800_000,
            is_told=False,
            told_at=cast.event.created_at,
        )
        for each in runners
    )
    racing.record(race, dict.fromkeys(runners, 12))
    crawl_office(
        live_server.url, chromium, "--no-follow", "--focus-checks=4",
        f"--admin-start=/admin/events/event/{cast.event.pk}/race/{race.activity_id}/contests/", "--profiles=narrow",
    )  # fmt: skip


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_list_is_cut_off_when_somebody_has_a_very_long_name(cast, context, live_server, width):
    factories.make_guest(cast.event, "Maximiliana " + "Lang" * 12, email=f"{'lang' * 10}@kunde.example")
    page = context(viewport={"width": width, "height": 800}).new_page()
    page.goto("/admin/login/")
    page.fill("#id_username", "otto")
    page.fill("#id_password", factories.PASSWORD)
    page.click("button.main")
    lists = [f"event/{cast.event.pk}/{section}" for section in ("guests", "programme", "answers", "outbox")]
    cut = {}
    for name in [*lists, "contact", "company", "host", "history"]:
        page.goto(f"/admin/events/{name}/")
        cut[name] = page.evaluate(
            "[...document.querySelectorAll('.results')].filter(e => e.scrollWidth > e.clientWidth).length"
        )
    assert cut == dict.fromkeys(cut, 0)
