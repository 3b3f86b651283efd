"""Choosing whom to write to, and watching it go, in a real browser."""

import pytest

from events.actions import campaigns, delivery
from events.domain.audiences import Wish
from events.models import Campaign, Message
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def otto(cast, context):
    """otto(**options) is a page of a browser that Otto has logged in with."""

    def enter(**options):
        page = context(**options).new_page()
        page.goto("/admin/login/")
        page.fill("#id_username", "otto")
        page.fill("#id_password", factories.PASSWORD)
        page.click("button.main")
        return page

    return enter


def send_page(event):
    return f"/admin/events/event/{event.pk}/send/invitation/"


def test_the_list_is_counted_anew_with_each_choice_and_pressed_as_seen(cast, otto):
    page = otto()
    page.goto(send_page(cast.event))
    assert page.locator("#goes-heading").inner_text() == "Dette går til 3 personer"
    page.select_option("#id_to", "coming")
    page.locator("#goes-heading", has_text="1 person").wait_for()
    assert page.locator("#id_to option[value=coming]").inner_text().endswith("(1)")
    page.click("summary:has-text('Utelat noen')")
    page.select_option("#id_not_host", str(cast.host.pk))
    page.locator("#goes-heading", has_text="0 personer").wait_for()
    page.select_option("#id_not_host", "")
    page.locator("#goes-heading", has_text="1 person").wait_for()
    page.click("#goes button.main")
    assert page.url.endswith(f"/admin/events/campaign/{Campaign.objects.get().pk}/change/")
    assert [row.guest for row in Message.objects.all()] == [cast.greta]


def test_everything_works_without_scripts(cast, otto):
    page = otto(java_script_enabled=False)
    page.goto(send_page(cast.event))
    page.select_option("#id_to", "declined")
    page.click("#whom button")
    page.click("summary:has-text('Se hvem')")
    page.click("#goes button.main")
    assert [row.guest for row in Message.objects.all()] == [cast.ines]
    page.click("button.danger")
    assert Message.objects.get().state == "stopped"
    page.click("#progress button.main")
    assert Message.objects.get().state == "queued"


def test_whoever_is_ticked_is_left_out(cast, otto):
    page = otto()
    page.goto(send_page(cast.event))
    page.click("summary:has-text('Se hvem')")
    page.locator("#goes li", has_text="Greta").locator("input").check()
    page.click("text=Utelat de avkryssede")
    assert page.locator("#goes-heading").inner_text() == "Dette går til 2 personer"
    page.click("#goes button.main")
    assert cast.greta not in [row.guest for row in Message.objects.all()]


def test_progress_is_seen_without_loading_the_page_again(cast, otto, sink):
    campaign = campaigns.press(
        cast.event, Wish(), letter="invitation", by=None, channel="office", now=factories.NOW
    )  # fmt: skip
    page = otto()
    page.goto(f"/admin/events/campaign/{campaign.pk}/change/")
    page.evaluate("window.isTheSamePage = true")
    assert "3 e-poster er på vei" in page.locator("#progress .big").inner_text().replace("\n", " ")
    delivery.deliver()
    page.locator("[data-busy]").wait_for(state="detached", timeout=15_000)
    assert "3 sendt" in page.locator("#progress").inner_text()
    assert page.evaluate("window.isTheSamePage")
