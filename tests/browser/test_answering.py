"""Guests answering on a small phone without JavaScript, in their own languages."""

import icalendar
import pytest

from events.models import Activity, Answer
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = {
    "nb": ("Jeg kommer på alt", "Send svaret", "ventelisten"),
    "sv": ("Jag kommer på allt", "Skicka svaret", "väntelistan"),
    "fi": ("Tulen mukaan kaikkeen", "Lähetä vastaus", "jonotuslistalla"),
}


def make_guest(event, name, language):
    guest = factories.make_guest(event, name)
    guest.contact.language = language
    guest.contact.save()
    return guest


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def choose(page, slug, value):
    """As a thumb does: on the words, not on the small circle."""
    page.locator(f'label:has(input[name="answer-{slug}"][value="{value}"])').tap()


def send(page, language):
    page.get_by_role("button", name=WORDS[language][1], exact=True).tap()
    page.wait_for_url("**/answered/")


def test_six_guests_answer_in_three_languages_and_two_race_for_the_last_place(phone, clock):
    event = factories.make_event()
    Activity.objects.filter(event=event, slug="dinner").update(capacity=4)
    people = [("Kari", "nb"), ("Åsa", "sv"), ("Päivi", "fi"), ("Bjørn", "nb"), ("Göran", "sv"), ("Väinö", "fi")]
    guests = [make_guest(event, f"{name} Berg", language) for name, language in people]
    kari, asa, paivi, bjorn, goran, vaino = guests
    pages = [phone() for _ in guests]
    for page, guest, (name, language) in zip(pages, guests, people, strict=True):
        page.goto(factories.page_of(guest))
        assert page.locator("html").get_attribute("lang") == language
        assert name in page.locator("main").inner_text()

    for page, language in ((pages[0], "nb"), (pages[1], "sv"), (pages[2], "fi")):
        page.get_by_role("button", name=WORDS[language][0], exact=True).tap()
        page.wait_for_url("**/answered/")
    assert [states(guest)["dinner"] for guest in (kari, asa, paivi)] == ["coming"] * 3

    choose(pages[3], "race", "coming")
    choose(pages[3], "dinner", "not_coming")
    send(pages[3], "nb")
    assert states(bjorn) == {"gathering": "no_answer", "race": "coming", "dinner": "not_coming"}

    for page in (pages[4], pages[5]):  # both have the page open with one place left
        choose(page, "dinner", "coming")
    send(pages[4], "sv")
    send(pages[5], "fi")
    assert (states(goran)["dinner"], states(vaino)["dinner"]) == ("coming", "waiting")
    assert WORDS["fi"][2] in pages[5].locator("main").inner_text()


def test_the_calendar_file_can_be_taken_home(phone, clock):
    event = factories.make_event()
    guest = factories.make_guest(event, "Kari Nordås", answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    page = phone()
    page.goto(factories.page_of(guest) + "answered/")
    with page.expect_download() as download:
        page.locator("summary", has_text="kalender").tap()
        page.locator('a[href$="calendar/dinner.ics"]').tap()
    calendar = icalendar.Calendar.from_ical(download.value.path().read_bytes())
    (entry,) = calendar.walk("VEVENT")
    dinner = event.activity_set.get(slug="dinner")
    assert (entry.start, entry.end) == (dinner.starts_at, dinner.ends_at)


def test_an_answer_is_given_by_keyboard_alone(context, clock):
    guest = factories.make_guest(factories.make_event(), "Kari Nordås")
    page = context(viewport={"width": 320, "height": 700}, java_script_enabled=False).new_page()
    page.goto(factories.page_of(guest))
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.get_attribute("name") == "answer-dinner":
            break
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answered/")
    assert states(guest) == {"gathering": "no_answer", "race": "no_answer", "dinner": "coming"}
