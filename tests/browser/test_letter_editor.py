"""The letter editor in a real browser: the preview follows the typing, with and without scripts, and is accessible."""

import re

import pytest
from playwright.sync_api import expect

from events.models import Invitation, Letter, Message
from tests import factories
from tests.browser.test_crawl import chromium, crawl_office  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def editor(cast, context, settings, live_server):
    """editor(**options of the context) opens the invitation as Otto; `complaints` are the browser's own."""
    settings.SITE_URL = live_server.url

    def enter(end="invitation/nb/", **options):
        page = context(**{"viewport": {"width": 1280, "height": 900}, **options}).new_page()
        page.complaints = []
        page.on("console", lambda said: said.type in ("error", "warning") and page.complaints.append(said.text))
        page.on("pageerror", lambda fault: page.complaints.append(str(fault)))
        page.goto("/admin/login/")
        page.fill("#id_username", "otto")
        page.fill("#id_password", factories.PASSWORD)
        page.click("button.main")
        page.goto(f"/admin/events/event/{cast.event.pk}/letters/{end}")
        return page

    return enter


def letter_in(page):
    """What stands in the frame that is shown."""
    return page.frame_locator(".stage iframe:not(.arriving)").locator("body")


def test_the_preview_follows_the_typing_and_nothing_is_stored(editor, cast):
    page = editor()
    before = page.evaluate("history.length")
    expect(letter_in(page)).to_contain_text("Hei Henrik!")
    for typed, shown in (("Kjære venn", "Kjære venn"), ("Kjære {name}, **kom**", "Kjære Henrik Sørli, kom")):
        page.fill("#id_body", typed)
        expect(letter_in(page)).to_contain_text(shown)
    page.fill("#id_subject", "Til {first_name}")
    expect(letter_in(page).locator(".tried-subject")).to_have_text("Til Henrik")
    expect(page.locator(".count")).to_contain_text("10")
    assert page.evaluate("history.length") == before
    assert page.locator(".stage iframe").count() == 1
    assert (Letter.objects.count(), Message.objects.count(), page.complaints) == (0, 0, [])


def test_the_guest_is_found_by_name_and_the_dictionary_speaks_of_that_guest(editor, cast):
    Invitation.objects.filter(guest=cast.ines).update(personal_line="Din stol står klar")
    page = editor()
    page.fill("#id_as_whom", "ines")
    page.press("#id_as_whom", "Enter")
    expect(letter_in(page)).to_contain_text("Hei Ines!")
    expect(letter_in(page)).to_contain_text("Din stol står klar")
    page.check("#beside-words", force=True)
    expect(page.locator("[data-example-of=personal_line]")).to_have_text("Din stol står klar")
    assert "ines" not in page.url.lower()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_day_and_night_are_shown_whatever_the_screen_is_set_to(editor, scheme):
    page = editor(color_scheme=scheme)
    card = letter_in(page).locator("td.card")
    for chosen, ground in (("dark", "rgb(24, 36, 35)"), ("light", "rgb(255, 255, 255)"), ("dark", "rgb(24, 36, 35)")):
        page.check(f"[name=scheme][value={chosen}]", force=True)
        expect(card).to_have_css("background-color", ground)


def test_the_letter_is_as_wide_as_what_it_is_shown_on(editor):
    page = editor()
    width = lambda: letter_in(page).evaluate("body => body.ownerDocument.documentElement.clientWidth")  # noqa: E731
    expect(letter_in(page)).to_contain_text("Hei Henrik!")
    assert width() == 360
    page.check("[name=shape][value=desk]", force=True)
    expect(page.locator(".stage iframe")).to_have_count(1)
    assert width() >= 700
    page.check("[name=shape][value=text]", force=True)
    expect(letter_in(page).locator("pre")).to_contain_text("Hei Henrik!\n")


def test_a_placeholder_comes_where_one_writes_and_can_be_undone(editor):
    page = editor()
    page.fill("#id_body", "Hei !")
    page.evaluate("document.getElementById('id_body').setSelectionRange(4, 4)")
    page.check("#beside-words", force=True)
    page.click("button.insert >> text='{first_name}'")
    assert page.input_value("#id_body") == "Hei {first_name}!"
    page.press("#id_body", "Control+z")
    assert page.input_value("#id_body") == "Hei !"
    page.press("#id_body", "End")
    page.click("button.insert >> text='{programme}'")
    assert page.input_value("#id_body") == "Hei !\n\n{programme}"
    page.focus("#id_subject")
    page.fill("#id_subject", "Til ")
    page.click("button.insert >> text='{name}'")
    assert page.input_value("#id_subject") == "Til {name}"


def test_an_unknown_placeholder_is_marked_where_it_stands(editor):
    page = editor()
    page.fill("#id_body", "Hei!\n\nKom, {firstname}, da!")
    page.click("button.main")
    expect(page.locator("#errors")).to_be_visible()
    marked = "(() => { const e = document.activeElement; return e.value.slice(e.selectionStart, e.selectionEnd); })()"
    assert page.evaluate(marked) == "{firstname}"
    expect(letter_in(page)).to_contain_text("Kom, {firstname}, da!")  # what was typed, not what is stored


def test_unsaved_text_is_not_lost_by_a_wrong_press(editor):
    page = editor()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.fill("#id_body", "Hei!")
    page.locator(".way-back a").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.input_value("#id_body") == "Hei!"
    page.click("button.main")
    page.wait_for_url(re.compile(r"guest=\d+"))
    assert asked == ["beforeunload"]
    assert Letter.objects.get().body == "Hei!"


def test_the_preview_shows_what_is_typed_without_scripts(editor):
    page = editor(java_script_enabled=False)
    frame = page.frame_locator("iframe[name=preview]").locator("body")
    expect(frame).to_contain_text("Hei Henrik!")
    page.fill("#id_body", "Kjære {name}")
    page.check("[name=scheme][value=dark]", force=True)
    page.click("[data-show]")
    expect(frame).to_contain_text("Kjære Henrik Sørli")
    assert page.input_value("#id_body") == "Kjære {name}"
    assert not Letter.objects.exists()


def test_the_picture_is_shown_in_the_frame(editor, cast, now, settings, tmp_path):
    from events.actions import letter_pictures
    from tests.domain.test_pictures import file_of, plain

    settings.MEDIA_ROOT = tmp_path
    letter_pictures.put(cast.event, file_of(plain()), by=cast.otto, channel="office", now=now)
    page = editor()
    picture = letter_in(page).locator("td.picture img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 1160
    assert page.complaints == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_off_sideways(editor, width):
    for end in ("", "invitation/nb/", "picture/"):
        page = editor(end, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_editor_is_accessible(cast, live_server, chromium):  # noqa: F811
    Letter.objects.create(event=cast.event, kind="invitation", language="fi", subject="Hei", body="Hei {first_name}")
    starts = ["", "invitation/nb/", "invitation/fi/", "invitation/fi/ours/", "picture/", "picture/remove/"]
    crawl_office(
        live_server.url, chromium,
        *(f"--admin-start=/admin/events/event/{cast.event.pk}/letters/{end}" for end in starts),
        f"--admin-max={len(starts)}", "--per-pattern=9", "--focus-checks=3", "--fail-on=moderate",
    )  # fmt: skip
