"""The start list by hand: a runner is dragged to another place, and moved by keyboard."""

from datetime import timedelta

import pytest

from events.models import Entry
from tests import factories

pytestmark = pytest.mark.browser


@pytest.fixture
def start_list(cast, now, page):
    """The page of Otto's event with four who start ten seconds apart."""
    race = cast.activity("race")
    for number, name in enumerate(("Anna Aa", "Bo Bang", "Cia Carlsen", "Dina Dahl")):
        guest = factories.make_guest(cast.event, name, answers={"race": "coming"})
        at = race.starts_at + timedelta(seconds=10 * number)
        Entry.objects.create(guest=guest, activity=race, bib=11 + number, slot_at=at, changed_at=now)
    page.goto("/admin/login/")
    page.fill("#id_username", "otto")
    page.fill("#id_password", factories.PASSWORD)
    page.click("button.main")
    page.goto(f"/admin/events/event/{cast.event.pk}/race/starts/")
    return page


def order():
    return "".join(row.guest.name[0] for row in Entry.objects.order_by("slot_at").select_related("guest__contact"))


def row(page, name):
    return page.locator("tr[data-place]", has_text=name)


def test_a_runner_is_dragged_behind_another(start_list):
    box = row(start_list, "Cia").bounding_box()
    with start_list.expect_navigation():
        row(start_list, "Anna").drag_to(
            row(start_list, "Cia"), target_position={"x": 200, "y": box["height"] - 6}
        )  # fmt: skip
    assert order() == "BCAD"
    assert [text[0] for text in start_list.locator("tr[data-place] th a").all_inner_texts()] == list("BCAD")


def test_a_runner_is_dragged_before_another(start_list):
    with start_list.expect_navigation():
        row(start_list, "Dina").drag_to(row(start_list, "Bo"), target_position={"x": 200, "y": 6})
    assert order() == "ADBC"


def test_a_runner_moves_by_keyboard(start_list):
    button = row(start_list, "Bo").get_by_role("button").nth(0)
    button.focus()
    with start_list.expect_navigation():
        start_list.keyboard.press("Enter")
    assert order() == "BACD"
